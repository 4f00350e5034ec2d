package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.dialect.Dialect;
import io.portcullis.yaml.ConfigReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dialects}, and what they have in common with the rest of the file. */
class DialectConfigTest {
    private static final String CAPTURE = """
            identity:
              - name: legacy
                type: capture
                realm: staff
                login: { method: POST, path: /api/login, email: /email, success: { token: /token, user: /user } }
                refresh: { method: POST, path: /api/refresh, success: { token: /token, user: /user } }
                reset: { method: POST, path: /api/reset/Now, success: { token: /token, user: /user } }
                logout: { method: GET, path: /api/logout }
            """;

    @TempDir
    Path folder;

    private List<String> problems(String yaml) {
        return Configs.problems(folder, Configs.LEAST + yaml, Map.of());
    }

    private void dialect(String name, String base, String... routes) {
        file(name, "name: " + name + "\nbase: " + base + "\nroutes:\n  - " + String.join("\n  - ", routes) + "\n");
    }

    private void file(String name, String yaml) {
        try {
            Files.createDirectories(folder.resolve("dialects"));
            Files.writeString(folder.resolve("dialects/" + name + ".yaml"), yaml);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private Path path(String name) {
        return folder.toAbsolutePath().resolve("dialects").resolve(name + ".yaml");
    }

    @Test
    void thoseOfTheJarAndOnesOwnStandSideBySide() {
        dialect("own", "/own", "{ method: GET, path: /me, operation: me }");
        var settings = Configs.valid(folder, Configs.LEAST + "dialects: [two-factor, own, better-auth]\n", Map.of());
        assertThat(settings.dialects()).extracting(Dialect::name).containsExactly("two-factor", "own", "better-auth");
        assertThat(Configs.valid(folder, Configs.LEAST, Map.of()).dialects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[beter-auth] | 6:12: /dialects/0: there is no such dialect; did you mean better-auth?",
                "[mine] | 6:12: /dialects/0: there is no such dialect; the jar has better-auth, admin-email, three-state, two-factor, and a file of your own would be dialects/mine.yaml beside this file",
                "[two-factor, two-factor] | 6:24: /dialects/1: is named twice; keep one",
                "[portcullis] | 6:12: /dialects/0: is the gateway's own, and always served; leave it out",
                "[well-known] | 6:12: /dialects/0: is the gateway's own, and always served; leave it out",
                "[../own] | 6:12: /dialects/0: must be the name of a dialect, lower-case letters, digits and -",
                "[own.yaml] | 6:12: /dialects/0: must be the name of a dialect, lower-case letters, digits and -",
                "own | 6:11: /dialects: must be a list, each item the name of a dialect, lower-case letters, digits and -",
            })
    void namesThatCannotBeMeant(String dialects, String problem) {
        assertThat(problems("dialects: " + dialects + "\n")).containsExactly(problem);
    }

    @Test
    void aFileThatHasTheNameOfOneOfTheJar() {
        dialect("two-factor", "/own", "{ method: GET, path: /me, operation: me }");
        assertThat(problems("dialects: [two-factor]\n"))
                .containsExactly(
                        "6:12: /dialects/0: is a dialect of the jar, and there is dialects/two-factor.yaml beside"
                                + " this file too; give that file another name");
    }

    @Test
    void problemsOfADialectFileAreToldWithItsPathAndSortedAfterThoseOfTheConfigFile() {
        dialect("second", "/b", "{ method: GET, path: /x, operation: nonsensical }", "{ method: GET, path: /y }");
        dialect("first", "/a", "{ method: GET, path: /x }");
        var loaded = (ConfigFile.Invalid) Configs.load(
                folder, Configs.LEAST + "mfa: { issuer: \"a:b\" }\ndialects: [second, first, nobody]\n", Map.of());
        assertThat(ConfigReport.print(loaded.problems()).lines().map(line -> line.split(": ", 3)[0]))
                .containsExactly(
                        folder.resolve("portcullis.yaml") + ":6:16",
                        folder.resolve("portcullis.yaml") + ":7:27",
                        path("first") + ":4:5",
                        path("second") + ":4:41",
                        path("second") + ":5:5");
        assertThat(ConfigReport.print(loaded.problems()))
                .contains(path("first") + ":4:5: /routes/0: needs an operation, or cases");
    }

    @Test
    void twoDialectsOnOneRoute() {
        dialect("own", "/api/2fa", "{ method: GET, path: /status, operation: status }");
        dialect(
                "other",
                "/api",
                "{ method: GET, path: /2fa/status, operation: me }",
                "{ method: GET, path: /b, operation: me }");
        assertThat(problems("dialects: [own, other]\n"))
                .containsExactly("6:17: /dialects/1: GET /api/2fa/status of " + path("other")
                        + " (line 4) is for the same requests as GET /api/2fa/status of " + path("own")
                        + " (line 4); drop one of both, or give one dialect another base");
        assertThat(problems("dialects: [own, two-factor]\n"))
                .singleElement()
                .asString()
                .startsWith("6:17: /dialects/1: GET /api/2fa/status of two-factor (line ")
                .contains(" is for the same requests as GET /api/2fa/status of " + path("own") + " (line 4)");
    }

    @Test
    void aRouteOfTheGatewaysOwn() {
        dialect("own", "/auth", "{ method: POST, path: /login, operation: logout }");
        assertThat(problems("dialects: [own]\n"))
                .singleElement()
                .asString()
                .startsWith("6:12: /dialects/0: POST /auth/login of " + path("own")
                        + " (line 4) is for the same requests as POST /auth/login of portcullis (line ");
    }

    @Test
    void theRouteForProxiesThatAsk() {
        dialect("own", "/auth", "{ method: GET, path: /forward, operation: status }");
        assertThat(problems("dialects: [own]\n"))
                .containsExactly("6:12: /dialects/0: GET /auth/forward of " + path("own")
                        + " (line 4) is the gateway's own for proxies that ask it; give it another path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"portcullis", "portcullis-login", "portcullis-device", "portcullis-oidc", "Portcullis-Login"})
    void theGatewaysOwnCookiesAreSetAndReadByNobodyElse(String name) {
        dialect(
                "own",
                "/own",
                "{ method: GET, path: /me, operation: me, answers: { me: { cookies: { " + name
                        + ": { value: $user.id } } } } }",
                "{ method: POST, path: /send, operation: sendCode, arguments: { mfaTempToken: [/token, cookie:" + name
                        + "] } }",
                "{ method: POST, path: /two, cases: [{ when: cookie:" + name + ", operation: logout }] }");
        assertThat(problems("dialects: [own]\n"))
                .containsExactly(
                        "6:12: /dialects/0: GET /own/me of " + path("own") + " (line 4) sets the cookie " + name
                                + ", which is the gateway's own; name another",
                        "6:12: /dialects/0: POST /own/send of " + path("own") + " (line 5) reads the cookie " + name
                                + ", which is the gateway's own and is handed to nobody; name another",
                        "6:12: /dialects/0: POST /own/two of " + path("own") + " (line 6) reads the cookie " + name
                                + ", which is the gateway's own and is handed to nobody; name another");
        assertThat(problems("session: { cookie: { name: gate } }\ndialects: [own]\n"))
                .isEmpty();
    }

    /** A script that could read it, or a weaker copy of it, would undo what the backend promised of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "type: jwt, algorithm: HS256, secret: a-secret-of-the-backend-that-is-long, issuer: legacy, audience: admin, from: [bearer, \"cookie:LEGACY\"], claims: { subject: sub }",
                "type: introspection, url: \"http://127.0.0.1:9000/me\", cookie: LEGACY, claims: { subject: /id }"
            })
    void aCredentialOfTheBackendIsNoCookieOfADialect(String source) {
        dialect(
                "own",
                "/own",
                "{ method: GET, path: /me, operation: me, answers: { me: { cookies: { legacy: { value: $user.id } } } } }",
                "{ method: POST, path: /send, operation: sendCode, arguments: { mfaTempToken: cookie:LEGACY } }");
        assertThat(problems("dialects: [own]\n")).isEmpty();
        assertThat(problems("identity:\n  - { name: staff, " + source + " }\ndialects: [own]\n"))
                .containsExactly(
                        "8:12: /dialects/0: GET /own/me of " + path("own")
                                + " (line 4) reads or sets the cookie legacy, which is a credential by identity; that is the backend's alone, so name another",
                        "8:12: /dialects/0: POST /own/send of " + path("own")
                                + " (line 5) reads or sets the cookie LEGACY, which is a credential by identity; that is the backend's alone, so name another");
    }

    @Test
    void aCookieThatBrowsersWouldDrop() {
        dialect(
                "own",
                "/own",
                "{ method: GET, path: /me, operation: me, answers: { me: { cookies: { __Host-id: { value: $user.id } } } } }");
        assertThat(problems("dialects: [own]\n")).isEmpty();
        assertThat(problems("session: { cookie: { secure: false } }\ndialects: [own]\n"))
                .containsExactly(
                        "7:12: /dialects/0: GET /own/me of " + path("own")
                                + " (line 4) sets the cookie __Host-id, which browsers drop while session.cookie.secure is false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/login | 10:34: /identity/0/login/path | login",
                "/API/Login | 10:34: /identity/0/login/path | login",
                "/api/refresh | 11:36: /identity/0/refresh/path | refresh",
                "/api/reset/now | 12:34: /identity/0/reset/path | reset",
                "/api/logout | 13:34: /identity/0/logout/path | logout",
            })
    void aLegacyRouteThatADialectWouldHide(String path, String place, String occasion) {
        dialect("own", "\"\"", "{ method: DELETE, path: " + path + ", operation: logout }");
        assertThat(problems(CAPTURE + "dialects: [own]\n"))
                .containsExactly(place + ": would be hidden by DELETE " + path + " of " + path("own")
                        + " (line 4): no legacy " + occasion
                        + " would come to the backend; leave that dialect out, or give it another base");
        assertThat(problems(CAPTURE)).isEmpty();
    }

    @Test
    void aTemplateHidesWhatItMatches() {
        dialect(
                "own",
                "/api",
                "{ method: DELETE, path: \"/{id}\", operation: revokeSession, arguments: { id: \"path:id\" } }");
        assertThat(problems(CAPTURE + "dialects: [own]\n"))
                .hasSize(3)
                .allSatisfy(problem ->
                        assertThat(problem).contains("would be hidden by DELETE /api/{id} of " + path("own")));
    }

    @Test
    void theGatewaysOwnRoutesHideLegacyOnesToo() {
        assertThat(problems(CAPTURE.replace("/api/login", "/auth/login")))
                .singleElement()
                .asString()
                .startsWith("10:34: /identity/0/login/path: would be hidden by POST /auth/login of portcullis (line ");
    }
}
