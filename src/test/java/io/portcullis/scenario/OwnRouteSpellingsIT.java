package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.AnsweringServer;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend with routes of its own at the paths of ours: under rules that open everything, none of them is reached past us. */
class OwnRouteSpellingsIT {
    private static AnsweringServer backend;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        backend = new AnsweringServer();
        gateway = TestGateway.by("open.yaml", Map.of("LEGACY_URL", backend.url()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        backend.close();
    }

    private int before;

    @BeforeEach
    void backendAnswers() {
        backend.answers(200, "the backend's");
        before = backend.requests().size();
    }

    private List<String> arrived() {
        return backend.requests().stream()
                .skip(before)
                .map(HttpServerRequest::uri)
                .toList();
    }

    private static Answer ask(String method, String target) throws IOException {
        try (var raw = RawHttp.to(gateway.port())) {
            return raw.send(RawHttp.request(method, target, "")).answer();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/login",
                "/auth/mfa/disable",
                "/auth/ui/login",
                "/auth/ui/recovery-codes",
                "/.well-known/portcullis/jwks.json",
                "/api/v1/better-auth/mfa/disable",
                "/api/admin/auth/2fa/verify-code",
                "/api/v1/auth/login",
                "/api/v1/auth/disable-mfa",
                "/api/2fa/disable",
                "/api/2fa/backup-codes/regenerate",
            })
    void noSpellingOfARouteOfOursReachesTheBackend(String path) throws Exception {
        for (var method : List.of("GET", "POST", "DELETE")) {
            for (var folded : List.of(
                    path.toUpperCase(Locale.ROOT), firstLetter(path, letter -> letter.toUpperCase(Locale.ROOT)))) {
                assertThat(ask(method, folded).code()).as(folded).isEqualTo("NO_ROUTE");
            }
            for (var spelling : otherSpellings(path)) {
                var answer = ask(method, spelling);
                assertThat(answer.status()).as(spelling).isEqualTo(400);
                assertThat(answer.code()).as(spelling).isEqualTo("AMBIGUOUS_PATH");
            }
        }
        assertThat(ask("PATCH", path).code()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(arrived()).isEmpty();
    }

    /** Some of them are values that we take: then it is a route of ours, and no backend's either. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/auth/sessions/some", "/auth/operator/accounts/admin/7/reset", "/auth/oidc/google/callback"})
    void norDoesOneWithAValueInIt(String path) throws Exception {
        for (var method : List.of("GET", "POST", "DELETE")) {
            for (var spelling : otherSpellings(path)) {
                assertThat(ask(method, spelling).code()).as(spelling).matches("[A-Z]+_[A-Z_]+");
            }
            assertThat(ask(method, path.replace("/auth", "/AUTH")).code()).isEqualTo("NO_ROUTE");
        }
        assertThat(ask("DELETE", "/auth/sessions/a@b").code()).isEqualTo("NO_ROUTE");
        assertThat(arrived()).isEmpty();
    }

    private static List<String> otherSpellings(String path) {
        int last = path.lastIndexOf('/');
        var directory = path.substring(0, last);
        var name = path.substring(last + 1);
        return List.of(
                path + "/",
                path + ";x",
                path + "%00",
                path + "%20",
                path + ".",
                "/" + path,
                "//localhost" + path,
                "/x/.." + path,
                "/x/%2e%2e" + path,
                directory + "//" + name,
                directory + "/./" + name,
                directory + ";x/" + name,
                directory + "%2f" + name,
                directory + "\\" + name,
                firstLetter(path, letter -> "%" + HexFormat.of().toHexDigits((byte) letter.charAt(0))),
                firstLetter(path, letter -> "%25" + HexFormat.of().toHexDigits((byte) letter.charAt(0)))
                        .toUpperCase(Locale.ROOT));
    }

    private static String firstLetter(String path, UnaryOperator<String> change) {
        return Pattern.compile("[a-z]").matcher(path).replaceFirst(letter -> change.apply(letter.group()));
    }

    @Test
    void aWebSocketDoesNotEither() throws Exception {
        var upgrade = RawHttp.request(
                        "GET",
                        "/api/2fa/status/",
                        "",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                .replace("Connection: close", "Connection: Upgrade, close");
        try (var raw = RawHttp.to(gateway.port())) {
            assertThat(raw.send(upgrade).until("AMBIGUOUS_PATH")).startsWith("HTTP/1.1 400");
        }
        assertThat(arrived()).isEmpty();
    }

    @Test
    void whatMerelyBeginsLikeARouteOfOursIsForTheRules() throws Exception {
        var paths = List.of(
                "/api/2fa",
                "/api/2fa/",
                "/API/2fa/other",
                "/api/2fa//other",
                "/api/2fa/disable/x",
                "/api/2fa/disabled",
                "/api/v1/auth/login.html",
                "/auth/legacy/login",
                "/search?next=/api//2fa/disable");
        for (var path : paths) {
            assertThat(ask("POST", path).text()).as(path).isEqualTo("the backend's");
        }
        assertThat(arrived()).isEqualTo(paths);
    }
}
