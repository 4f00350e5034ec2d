package io.portcullis.scenario;

import static io.portcullis.testing.RawHttp2.END_STREAM;
import static io.portcullis.testing.RawHttp2.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.RawHttp2;
import io.portcullis.testing.RawHttp2.Stream;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.portcullis.testing.TlsPair;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The gate over TLS. */
@ExtendWith(TestGateways.class)
class Http2GateIT {
    private static TestGateway plain;
    private static TestGateway gateway;

    /** The second one is about the people of the first. */
    @BeforeAll
    static void start(TestGateway shared) {
        plain = shared;
        var values = new HashMap<>(TlsPair.shared().environment());
        values.put("REALM", shared.realm());
        gateway = TestGateway.by(List.of("listener-tls.yaml", "listener.yaml"), values);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Stream ask(String... lines) throws Exception {
        try (var client = RawHttp2.to(gateway.port(), TlsPair.shared())) {
            return client.ask(1, lines).stream(1);
        }
    }

    private static String code(Stream answer) {
        return new JsonObject(answer.body()).getJsonObject("error").getString("code");
    }

    private static String admin() {
        return gateway.token(700_001, "admin", Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void theSameTokenIsRefusedBeforeItsSecondFactorAndProxiedAfter(Version version) throws Exception {
        var alice = plain.loggedIn();
        var token = plain.token(Integer.parseInt(alice.subject()), "admin", Duration.ofMinutes(5));
        try (var client = HttpClient.newBuilder()
                .sslContext(TlsPair.trusting(TlsPair.shared()))
                .version(version)
                .build()) {
            assertThat(get(client, token, version).body()).contains("2FA_MANDATORY");
            alice.holding(token).enrolled();
            assertThat(get(client, token, version).statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(HttpClient client, String token, Version version) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + "/admin/metrics"))
                .header("Authorization", "Bearer " + token)
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(version);
        return answer;
    }

    @Test
    void aTokenInOneOfManyCookieLinesIsJudged() throws Exception {
        var answer =
                ask(head("GET", "/admin/metrics", "cookie: a=1", "cookie: access_token=" + admin(), "cookie: b=2"));
        assertThat(code(answer)).isEqualTo("2FA_MANDATORY");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, admin/metrics, 400",
        "GET, *, 400",
        "OPTIONS, *, 400",
        "GET, '/admin metrics', 400",
        "GET, https://other.example/admin, 400",
        "GET, /x#y, 400",
        "GET, /x%zz, 400",
        "GET, //admin/metrics, 400",
        "GET, /x/..%2fadmin/metrics, 400",
        "GET, /ADMIN/metrics, 401",
        "TRACE, /, 405",
    })
    void anOddPathIsRefused(String method, String path, int status) throws Exception {
        assertThat(ask(head(method, path)).status()).isEqualTo(status);
    }

    @Test
    void aLineEndInAPathIsNoRequestAtAll() throws Exception {
        assertThat(ask(head("GET", "/x\r\nX-Auth-Subject: 1")).reset()).isTrue();
    }

    @Test
    void connectIsRefusedAndItsExtensionNotOffered() throws Exception {
        assertThat(ask(":method: CONNECT", ":authority: localhost:443").status())
                .isEqualTo(405);
        assertThat(ask(head("CONNECT", "/socket", ":protocol: websocket")).reset())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, 401",
        "localhost, LOCALHOST, 401",
        "localhost, , 401",
        ", localhost, 401",
        "localhost, evil.example, 400",
        "evil.example, localhost, 400",
        "evil.example, , 421",
        ", evil.example, 421",
        ", , 421",
    })
    void theAuthorityIsTheHost(String authority, String host, int status) throws Exception {
        var lines = new java.util.ArrayList<>(List.of(":method: GET", ":scheme: https", ":path: /admin/metrics"));
        if (authority != null) {
            lines.add(":authority: " + authority);
        }
        if (host != null) {
            lines.add("host: " + host);
        }
        assertThat(ask(lines.toArray(String[]::new)).status()).isEqualTo(status);
    }

    @Test
    void anAnswerOfOursHasItsHeadersAndThoseForAnAllowedOrigin() throws Exception {
        var head = ask(head("GET", "/admin/metrics", "origin: " + TestGateway.CONSOLE))
                .head();
        assertThat(head.get("x-portcullis").toString()).isEqualTo("answered");
        assertThat(head.get("cache-control").toString()).isEqualTo("no-store");
        assertThat(head.get("access-control-allow-origin").toString()).isEqualTo(TestGateway.CONSOLE);
        assertThat(head.contains("connection")).isFalse();
        var preflight = ask(head(
                "OPTIONS", "/admin/metrics", "origin: " + TestGateway.CONSOLE, "access-control-request-method: PUT"));
        assertThat(preflight.status()).isEqualTo(204);
    }

    @Test
    void aBodyWithoutALengthIsABodyForTheGuardOfTheLogin() throws Exception {
        try (var client = RawHttp2.to(gateway.port(), TlsPair.shared())) {
            client.open(1, head("PUT", "/admin/login", "content-type: application/json"))
                    .body(1, END_STREAM, "{\"email\":\"a\"}");
            assertThat(client.stream(1).status()).isEqualTo(405);
            client.open(3, head("GET", "/admin/login")).body(3, END_STREAM, "{\"email\":\"a\"}");
            assertThat(client.stream(3).status()).isEqualTo(405);
        }
    }

    @Test
    void ourOwnRoutesReadABodyWithoutALengthAndOnlySoMuch() throws Exception {
        try (var client = RawHttp2.to(gateway.port(), TlsPair.shared())) {
            var bearer = "authorization: Bearer " + admin();
            client.open(1, head("POST", "/auth/mfa/setup/start", bearer, "content-type: application/json"))
                    .body(1, END_STREAM, "{\"method\":\"totp\"}");
            assertThat(client.stream(1).body()).contains("otpauthUrl");
            client.open(3, head("POST", "/auth/mfa/setup/start", bearer, "content-type: application/json"));
            client.body(3, 0, "{\"method\":\"" + "x".repeat(16_000));
            for (int more = 0; more < 3; more++) {
                client.body(3, 0, "x".repeat(16_000));
            }
            client.ask(5, head("GET", "/auth/mfa/status", bearer)); // the stream beside it is not held up
            assertThat(client.stream(5).status()).isEqualTo(200);
            client.body(3, 0, "x".repeat(1_000)).body(3, 0, "x".repeat(10_000));
            var answer = client.stream(3);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(code(answer)).isEqualTo("BODY_TOO_LARGE");
        }
    }
}
