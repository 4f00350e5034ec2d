package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to our own routes that are not in the form we ask for. */
@ExtendWith(TestGateways.class)
class BadInputIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "[]",
                "[{\"code\":\"123456\"}]",
                "\"123456\"",
                "123456",
                "null",
                "{\"code\":",
                "{}{}",
                "{/* a comment */\"code\":\"123456\"}",
                "{\"code\":\"123456\",\"code\":\"654321\"}"
            })
    void aBodyThatIsNoJsonObject(String body, TestGateway gateway) {
        var answer = gateway.loggedIn().post("/auth/mfa/setup/confirm", "application/json", body);
        assertThat(fields(answer)).containsOnlyKeys("body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":123456}",
                "{\"code\":null}",
                "{\"code\":true}",
                "{\"code\":[\"123456\"]}",
                "{\"code\":{}}"
            })
    void aCodeOfTheWrongType(String body, TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        assertThat(fields(alice.post("/auth/mfa/setup/confirm", "application/json", body)))
                .containsOnlyKeys("code");
        assertThat(alice.confirmSetup(alice.app().wrongCode()).error("remainingAttempts"))
                .isEqualTo(4); // it cost no attempt
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "12345", "123456789", "12345a", "１２３４５６", "-12345", "AAAAAA-AAAAA", "AAAAAA-AAAAA1"})
    void aCodeOfTheWrongForm(String code, TestGateway gateway) {
        assertThat(fields(gateway.loggedIn().verify(code))).containsOnlyKeys("code");
    }

    @Test
    void everythingThatIsMissingIsToldAtOnce(TestGateway gateway) {
        assertThat(fields(gateway.nobody().post("/auth/login"))).containsOnlyKeys("email", "password");
        assertThat(fields(gateway.nobody().post("/auth/login", JsonObject.of("email", 7, "password", ""))))
                .containsOnlyKeys("email", "password");
        assertThat(fields(gateway.loggedIn().post("/auth/mfa/verify"))).containsOnlyKeys("code");
        assertThat(fields(gateway.loggedIn().post("/auth/mfa/setup/confirm"))).containsOnlyKeys("code");
        assertThat(fields(gateway.loggedIn().startSetup("carrier pigeon"))).containsOnlyKeys("method");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/jsonp"
            })
    void aBodyOfAnotherType(String type, TestGateway gateway) {
        assertThat(fields(gateway.loggedIn().post("/auth/mfa/verify", type, "{\"code\":\"123456\"}")))
                .containsOnlyKeys("Content-Type");
    }

    @Test
    void aBodyOfMoreThan64KiB(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        var most = "{\"code\":\"1\"" + " ".repeat(64 * 1024 - 12) + "}";
        assertThat(fields(alice.post("/auth/mfa/verify", "application/json", most)))
                .containsOnlyKeys("code");
        var tooLarge = alice.post("/auth/mfa/verify", "application/json", most + " ");
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.code()).isEqualTo("BODY_TOO_LARGE");
        assertThat(tooLarge.error("action")).isEqualTo("FIX_REQUEST");

        var announced = RawHttp.request(
                "POST", "/auth/login", "", "Content-Type: application/json", "Transfer-Encoding: chunked");
        try (var raw = RawHttp.to(gateway.port())) {
            var chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
            assertThat(raw.send(announced + chunk + chunk + chunk + "0\r\n\r\n")
                            .answer()
                            .code())
                    .isEqualTo("BODY_TOO_LARGE");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /auth/login, POST",
        "PUT, /auth/mfa/verify, POST",
        "POST, /auth/me, GET",
        "DELETE, /auth/mfa/status, GET",
        "GET, /auth/logout, POST",
        "HEAD, /auth/mfa/disable, POST",
        "OPTIONS, /auth/mfa/setup/start, POST"
    })
    void aMethodThatTheRouteDoesNotTake(String method, String path, String allowed, TestGateway gateway) {
        var answer = gateway.loggedIn().send(method, path);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains(allowed);
        if (!method.equals("HEAD")) {
            assertThat(answer.code()).isEqualTo("METHOD_NOT_ALLOWED");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/auth/", "/auth/unknown", "/auth/mfa", "/auth/mfa/verify/", "/auth/login/x", "/AUTH/unknown"})
    void aRouteThatDoesNotExist(String path, TestGateway gateway) {
        var answer = gateway.loggedIn().get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("NO_ROUTE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/me", "/auth/mfa/status"})
    void ownRoutesWantACredential(String path, TestGateway gateway) {
        assertThat(gateway.nobody().get(path).code()).isEqualTo("AUTH_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/mfa/setup/start", "/auth/logout", "/auth/mfa/disable"})
    void ownChangesWantACredential(String path, TestGateway gateway) {
        assertThat(gateway.nobody().post(path).code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void aHostThatIsNotServedHere(TestGateway gateway) throws Exception {
        try (var raw = RawHttp.to(gateway.port())) {
            var answer = raw.send("GET /admin HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                    .answer();
            assertThat(answer.status()).isEqualTo(421);
            assertThat(answer.code()).isEqualTo("MISDIRECTED_REQUEST");
        }
    }

    /** The fields of an {@code INVALID_REQUEST}, and what is said of each. */
    private static Map<String, String> fields(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.error("action")).isEqualTo("FIX_REQUEST");
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("io.portcullis");
        return ((JsonArray) answer.error("fields"))
                .stream()
                        .map(JsonObject.class::cast)
                        .collect(Collectors.toMap(
                                field -> field.getString("field"), field -> field.getString("message")));
    }
}
