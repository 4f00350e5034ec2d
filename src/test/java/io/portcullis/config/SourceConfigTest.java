package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.identity.IntrospectionSettings;
import io.portcullis.adapter.identity.JwtSettings;
import io.portcullis.testing.PrivateCa;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that ask others. The line under test is the sixth. */
class SourceConfigTest {
    private static final String FOR_US = "issuer: sso, audience: admin-api";

    @TempDir
    Path folder;

    private List<String> problems(String source) {
        return Configs.problems(folder, yaml(source), Map.of());
    }

    private static String yaml(String source) {
        return Configs.LEAST + "identity: [{ name: a, " + source + " }]\n";
    }

    private <T> T valid(String source, Class<T> kind) {
        return kind.cast(
                Configs.valid(folder, yaml(source), Map.of()).identity().getFirst());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sso.example.com/jwks.json",
                "http://localhost:8080/jwks",
                "http://keycloak:8080/realms/admin/certs",
                "http://127.0.0.1:8080/jwks",
                "http://10.1.2.3/jwks",
                "http://172.16.0.1/jwks",
                "http://192.168.1.1/jwks",
                "http://[::1]:8080/jwks",
                "http://[fd00::1]/jwks",
            })
    void aJwksUrl(String url) {
        var settings = valid("type: jwt, algorithm: EdDSA, jwks: \"" + url + "\", " + FOR_US, JwtSettings.class);
        assertThat(settings.key()).isEqualTo(new JwtSettings.Published(URI.create(url), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sso.example.com/jwks.json",
                "http://8.8.8.8/jwks",
                "http://172.32.0.1/jwks",
                "http://[2001:db8::1]/jwks",
            })
    void aJwksUrlThatAnybodyOnTheWayCanAnswer(String url) {
        assertThat(problems("type: jwt, algorithm: EdDSA, jwks: \"" + url + "\", " + FOR_US))
                .containsExactly(
                        "6:58: /identity/0/jwks: must be https; http is only for this machine, a private address"
                                + " or a name without dots");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "algorithm: EdDSA, jwks: https://h/k, audience: a | 6:12: /identity/0: issuer is missing; who publishes keys signs for many, so say whose tokens count",
                "algorithm: EdDSA, jwks: https://h/k, issuer: a | 6:12: /identity/0: audience is missing; who publishes keys signs for many, so say for whom",
                "algorithm: EdDSA, jwks: ftp://h/k, issuer: a, audience: a | 6:58: /identity/0/jwks: must be a URL such as https://internal.example.com/path",
                "algorithm: EdDSA, jwks: https://u:p@h/k, issuer: a, audience: a | 6:58: /identity/0/jwks: must be a URL with a host, without user, password or #",
                "algorithm: EdDSA, jwks: https://h/k, key: '{\"kty\":1}', issuer: a, audience: a | 6:76: /identity/0/key: is not used by jwks; leave it out",
                "algorithm: EdDSA, jwks: https://h/k, ca: gone.pem, issuer: a, audience: a | 6:75: /identity/0/ca: must be the path of a readable PEM file with certificates",
                "algorithm: HS256, secret: 0123456789abcdef0123456789abcdef, jwks: https://h/k | 6:100: /identity/0/jwks: is not used by HS256; leave it out",
                "algorithm: EdDSA | 6:12: /identity/0/key: is missing; EdDSA needs it",
                "algorithm: HS256, secret: 0123456789abcdef0123456789abcdef, claims: { realm: r } | 6:12: /identity/0/realms: is missing; name the realms that claims.realm may name",
                "algorithm: HS256, secret: 0123456789abcdef0123456789abcdef, realms: [b] | 6:102: /identity/0/realms: is not used without claims.realm; leave it out",
            })
    void whatATokenSourceNeeds(String keys, String problem) {
        assertThat(problems("type: jwt, " + keys)).containsExactly(problem);
    }

    @Test
    void whatTokensNameBesides() {
        var settings = valid(
                "type: jwt, algorithm: EdDSA, jwks: https://h/k, ca: \""
                        + PrivateCa.shared().pem()
                        + "\", " + FOR_US + ", claims: { session: sid, realm: /r }, realms: [b, c]",
                JwtSettings.class);
        assertThat(settings.claims().session()).contains("sid");
        assertThat(settings.claims().realm()).contains("/r");
        assertThat(settings.realms()).containsExactlyInAnyOrder("b", "c");
        assertThat(((JwtSettings.Published) settings.key()).ca()).isPresent();
    }

    @Test
    void anIntrospection() {
        assertThat(valid("type: introspection, url: http://legacy.internal/me", IntrospectionSettings.class))
                .isEqualTo(new IntrospectionSettings(
                        "a",
                        "a",
                        URI.create("http://legacy.internal/me"),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        new IntrospectionSettings.Claims("/id", "/email", "/role")));
        var other = valid(
                "type: introspection, realm: b, url: https://h/me, cookie: SESS, cache: 0s, timeout: 1s,"
                        + " claims: { subject: sub, email: mail, role: /r }",
                IntrospectionSettings.class);
        assertThat(other.realm()).isEqualTo("b");
        assertThat(other.cookie()).contains("SESS");
        assertThat(other.cache()).isZero();
        assertThat(other.claims()).isEqualTo(new IntrospectionSettings.Claims("sub", "mail", "/r"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cache: 31s | 6:74: /identity/0/cache: is from 0s to 30s",
                "timeout: 11s | 6:76: /identity/0/timeout: is from 100ms to 10s",
                "timeout: 0s | 6:76: /identity/0/timeout: is from 100ms to 10s",
                "cookie: 'a b' | 6:75: /identity/0/cookie: must be the name of a cookie",
            })
    void boundsOfAnIntrospection(String key, String problem) {
        assertThat(problems("type: introspection, url: http://legacy/me, " + key))
                .containsExactly(problem);
    }
}
