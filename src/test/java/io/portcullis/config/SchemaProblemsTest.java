package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and values that are wrong by themselves. The line under test is the sixth. */
class SchemaProblemsTest {
    @TempDir
    Path folder;

    private List<String> problems(String yaml) {
        return Configs.problems(folder, yaml, Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // unknown keys
                "mfaa: {} | 6:1: /mfaa: unknown key, did you mean \"mfa\"?",
                "session: { cookie: { same_site: Lax } } | 6:22: /session/cookie/same_site: unknown key, did you mean \"sameSite\"?",
                "session: { cookie: { path: / } } | 6:22: /session/cookie/path: unknown key; known here: name, secure, sameSite",
                "mfa: { a/b~c: 1 } | 6:8: /mfa/a~1b~0c: unknown key; known here: issuer, methods, mandatoryRoles, totp, email, recovery, setup, tempToken, enrollment, freshProof, rememberDevice, trustedNetworks, lockout",
                // wrong types and forms
                "session: 7d | 6:10: /session: must be a mapping of keys to values",
                "session: | 6:9: /session: has no value; give one, or leave the key out",
                "session: { ttl: 30 } | 6:17: /session/ttl: must be a duration such as 500ms, 30s, 10m, 12h or 7d",
                "session: { ttl: [7d] } | 6:17: /session/ttl: must be a duration such as 500ms, 30s, 10m, 12h or 7d",
                "session: { cookie: { secure: yes } } | 6:30: /session/cookie/secure: must be true or false",
                "session: { cookie: { sameSite: lax } } | 6:32: /session/cookie/sameSite: must be one of Strict, Lax, None; did you mean \"Lax\"?",
                "management: { port: 80.5 } | 6:21: /management/port: must be a whole number",
                "management: { port: \"9090\" } | 6:21: /management/port: must be a whole number",
                "mfa: { issuer: 7 } | 6:16: /mfa/issuer: must be a text; put it in quotes",
                "mfa: { issuer: \"\" } | 6:16: /mfa/issuer: must be a text that is not empty",
                "mfa: { methods: totp } | 6:17: /mfa/methods: must be a list, each item one of totp, email",
                "mfa: { methods: [] } | 6:17: /mfa/methods: is empty; give at least one item, or leave the key out",
                "stripHeaders: [X-Foo, \"X Bar\"] | 6:23: /stripHeaders/1: must be a header name",
                "redis: { url: http://h } | 6:15: /redis/url: must be redis://:PASSWORD@HOST:PORT, or rediss:// for TLS, special characters of the password percent-encoded",
                "identity: [jwt] | 6:12: /identity/0: must be a mapping with a type, one of jwt, capture, introspection, accounts, directory, oidc",
                "identity: [{ name: a }] | 6:12: /identity/0/type: is missing; must be one of jwt, capture, introspection, accounts, directory, oidc",
                "identity: [{ type: saml }] | 6:20: /identity/0/type: must be one of jwt, capture, introspection, accounts, directory, oidc",
                // not supported yet
                "mfa: { methods: [totp, webauthn] } | 6:24: /mfa/methods/1: \"webauthn\" is not supported yet; must be one of totp, email",
                "limits: { login: { failures: often } } | 6:30: /limits/login/failures: must be a rate such as 5/1h",
            })
    void aFaultIsNamedWhereItStands(String line, String problem) {
        assertThat(problems(Configs.LEAST + line + "\n")).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "admin | must be a path such as /admin/**: plain segments, * for one segment, ** only at the end",
                "/a/**/b | must be a path such as /admin/**: plain segments, * for one segment, ** only at the end",
                "/a/b* | must be a path such as /admin/**: plain segments, * for one segment, ** only at the end",
                "/a/../b | must be a path such as /admin/**: plain segments, * for one segment, ** only at the end",
                "/a//b | must be a path such as /admin/**: plain segments, * for one segment, ** only at the end",
                "/a%2fb | must be a path such as /admin/**: plain segments, * for one segment, ** only at the end",
                "/a;b | must be a path such as /admin/**: plain segments, * for one segment, ** only at the end",
            })
    void aPathOfARuleIsPlain(String path, String message) {
        assertThat(problems(Configs.LEAST.replace("path: /**", "path: \"" + path + '"')))
                .containsExactly("5:13: /rules/0/path: " + message);
    }

    @Test
    void aValueDoesNotEndInALineBreakUnseen() {
        assertThat(problems(Configs.LEAST + "session:\n  ttl: |\n    7d\n"))
                .containsExactly("7:8: /session/ttl: must be a duration such as 500ms, 30s, 10m, 12h or 7d");
    }

    @Test
    void requiredKeysAreAskedFor() {
        assertThat(problems("server: {}\nupstreams: {}\nrules: []\n"))
                .containsExactly(
                        "1:9: /server/publicUrl: is missing; must be an origin such as https://admin.example.com: lower"
                                + " case, no path, no default port",
                        "2:12: /upstreams: is empty; give at least one",
                        "3:8: /rules: is empty; give at least one item, or leave the key out");
    }

    @ParameterizedTest
    @CsvSource({
        "https://admin.example.com/",
        "https://admin.example.com/app",
        "https://Admin.example.com",
        "https://admin.example.com:443",
        "http://admin.example.com:80",
        "ftp://admin.example.com",
        "https://user@admin.example.com"
    })
    void thePublicUrlIsAnOrigin(String url) {
        assertThat(problems(Configs.LEAST.replace("https://admin.example.com", url)))
                .containsExactly(
                        "1:22: /server/publicUrl: must be an origin such as https://admin.example.com: lower case, no"
                                + " path, no default port");
    }

    @Test
    void anUpstreamSpeaksHttp() {
        assertThat(problems(Configs.LEAST.replace("http://127", "https://127"))).isEmpty();
        assertThat(problems(Configs.LEAST.replace(":9000", ":9000/app")))
                .containsExactly(
                        "3:18: /upstreams/legacy/url: must be http://HOST:PORT or https://HOST:PORT, without a path");
    }

    @Test
    void everyProblemIsToldAtOnceByPlace() {
        var yaml = """
                server: { publicUrl: admin, prot: 1, port: 70000 }
                rules:
                  - { path: admin, access: open, upstream: other }
                mfa: { totp: { digits: 9, window: 7, period: 1h }, recovery: { count: 1 } }
                sesion: {}
                """;
        assertThat(problems(yaml))
                .extracting(problem -> problem.replaceAll("^([0-9:]+ [^ ]+:).*", "$1"))
                .containsExactly(
                        "1:1: /upstreams:",
                        "1:22: /server/publicUrl:",
                        "1:29: /server/prot:",
                        "3:13: /rules/0/path:",
                        "3:28: /rules/0/access:",
                        "4:24: /mfa/totp/digits:",
                        "4:35: /mfa/totp/window:",
                        "4:46: /mfa/totp/period:",
                        "4:71: /mfa/recovery/count:",
                        "5:1: /sesion:");
    }
}
