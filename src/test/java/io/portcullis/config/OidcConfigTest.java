package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.oidc.OidcSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcConfigTest {
    @TempDir
    Path folder;

    private List<String> problems(String yaml) {
        return Configs.problems(folder, Configs.LEAST + yaml + "\n", Map.of());
    }

    private static String source(String name, String keys) {
        return "{ name: " + name + ", type: oidc, clientId: us, clientSecret: s, " + keys + " }";
    }

    @Test
    void aSourceAsItStandsInTheFile() {
        var keys = "realm: admin, issuer: https://idp.example.com/x, scopes: [email, groups],"
                + " roles: { claim: hd, default: guest, map: { b.example: editor, a.example: admin } }";
        var settings = Configs.valid(folder, Configs.LEAST + "identity: [" + source("google", keys) + "]\n", Map.of());
        var source = settings.identity(OidcSettings.class).getFirst();
        assertThat(source.name()).isEqualTo("google");
        assertThat(source.realm()).isEqualTo("admin");
        assertThat(source.issuer()).isEqualTo(URI.create("https://idp.example.com/x"));
        assertThat(source.clientSecret()).isEqualTo("s");
        assertThat(source.scopes()).containsExactly("email", "groups");
        var roles = source.roles().orElseThrow();
        assertThat(roles.claim()).isEqualTo("hd");
        assertThat(roles.byDefault()).contains("guest");
        assertThat(roles.map()).containsExactly(Map.entry("b.example", "editor"), Map.entry("a.example", "admin"));
    }

    @Test
    void theDefaults() {
        var settings = Configs.valid(
                folder,
                Configs.LEAST + "identity: [" + source("sso", "issuer: https://idp.example.com") + "]\n",
                Map.of());
        var source = settings.identity(OidcSettings.class).getFirst();
        assertThat(source.realm()).isEqualTo("sso");
        assertThat(source.scopes()).containsExactly("email", "profile");
        assertThat(source.roles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://idp.example.com, is an https URL without query or fragment; http only for one on this machine",
        "https://user@idp.example.com, is an https URL without query or fragment; http only for one on this machine",
        "https://idp.example.com?a=b, must be an issuer such as https://accounts.google.com",
        "idp.example.com, must be an issuer such as https://accounts.google.com",
        "https://idp_one.example.com, is an https URL without query or fragment; http only for one on this machine",
        "https://{tenant}/v2.0, must be an issuer such as https://accounts.google.com",
    })
    void anIssuerThatCannotBeOne(String issuer, String problem) {
        assertThat(problems("identity: [" + source("sso", "issuer: '" + issuer + "'") + "]"))
                .singleElement()
                .asString()
                .endsWith("/identity/0/issuer: " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9000/realms/x", "http://localhost:9000", "https://accounts.google.com/"})
    void anIssuerThatCan(String issuer) {
        assertThat(problems("identity: [" + source("sso", "issuer: '" + issuer + "'") + "]"))
                .isEmpty();
    }

    @Test
    void twoProvidersNeedTwoRealms() {
        var issuer = "issuer: https://idp.example.com";
        assertThat(problems("identity: [" + source("a", issuer + ", realm: admin") + ", "
                        + source("b", issuer + ", realm: admin") + ", " + source("c", issuer) + "]"))
                .singleElement()
                .asString()
                .endsWith("/identity/1/realm: is the realm of an earlier oidc source too; give each provider its own");
    }

    @Test
    void aStrictCookieWouldNotComeBackFromTheProvider() {
        assertThat(problems("identity: [" + source("a", "issuer: https://idp.example.com")
                        + "]\nsession: { cookie: { sameSite: Strict } }"))
                .singleElement()
                .asString()
                .contains("/session/cookie/sameSite: must be Lax");
    }
}
