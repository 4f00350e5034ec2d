package io.portcullis.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyBackendIT {
    private static final String SHA256_OF_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private static LegacyBackend backend;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        backend = LegacyBackend.start("127.0.0.1", 0);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        backend.close();
    }

    @Test
    void theTokenOfALoginOpensTheMetrics() throws Exception {
        var login = login(LegacyAccounts.ALICE.email(), LegacyAccounts.ALICE.password());
        assertThat(login.statusCode()).isEqualTo(200);
        assertThat(login.headers().allValues("set-cookie")).containsExactly("legacy_seen=1; Path=/");
        var answer = new JsonObject(login.body());
        assertThat(answer.getJsonObject("user"))
                .isEqualTo(JsonObject.of("id", 1, "email", "alice@example.com", "role", "superAdmin"));

        var metrics = send(request("/admin/metrics").header("Authorization", "Bearer " + answer.getString("token")));
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(metrics.body()).getJsonObject("seen").getString("email"))
                .isEqualTo("alice@example.com");
    }

    @Test
    void aWrongPasswordAndAnUnknownAccountAreAnsweredAlike() throws Exception {
        var wrong = login(LegacyAccounts.BOB.email(), "guess");
        var unknown = login("nobody@example.com", "guess");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[]", "{}", "{\"email\":7,\"password\":\"x\"}", "{\"ttl\":\"long\"}"})
    void aLoginThatIsNoFormIsABadRequest(String body) throws Exception {
        assertThat(post("/admin/login", body).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YTpi", "Bearer", "Bearer x.y.z", "Bearer eyJhbGciOiJub25lIn0.e30."})
    void theMetricsNeedAToken(String authorization) throws Exception {
        var request = request("/admin/metrics");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        assertThat(send(request).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenMayBeAskedToLiveShorter() throws Exception {
        var body = JsonObject.of(
                "email", LegacyAccounts.BOB.email(), "password", LegacyAccounts.BOB.password(), "ttl", -1);
        var token = new JsonObject(post("/admin/login", body.encode()).body()).getString("token");
        assertThat(send(request("/admin/metrics").header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anUploadIsAnsweredWithItsDigest() throws Exception {
        var answer = send(request("/admin/upload").PUT(BodyPublishers.ofString("hello")));
        assertThat(new JsonObject(answer.body())).isEqualTo(JsonObject.of("bytes", 5, "sha256", SHA256_OF_HELLO));
    }

    @Test
    void aRequestCanBeInspectedAsItArrived() throws Exception {
        var answer = send(request("/admin/inspect?a=%2F&b")
                .header("X-Twice", "one")
                .header("X-Twice", "two")
                .method("PATCH", BodyPublishers.ofString("hello")));
        var seen = new JsonObject(answer.body());
        assertThat(seen.getString("method")).isEqualTo("PATCH");
        assertThat(seen.getString("uri")).isEqualTo("/admin/inspect?a=%2F&b");
        assertThat(seen.getJsonArray("headers"))
                .contains(JsonArray.of("X-Twice", "one"), JsonArray.of("X-Twice", "two"));
        assertThat(seen.getString("bodySha256")).isEqualTo(SHA256_OF_HELLO);
        assertThat(seen.getInteger("bodyBytes")).isEqualTo(5);
    }

    @Test
    void linesAreStreamed() throws Exception {
        var answer = send(request("/admin/stream?chunks=3&everyMs=1"));
        assertThat(answer.body()).isEqualTo("line 1\nline 2\nline 3\n");
        assertThat(answer.headers().firstValue("transfer-encoding")).contains("chunked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/admin", "/users/hello", "/admin/slow?ms=1"})
    void openPagesAreOpen(String path) throws Exception {
        assertThat(send(request(path)).statusCode()).isEqualTo(200);
    }

    @Test
    void aLogoutHasNoContentAndAnUnknownPageIsNotThere() throws Exception {
        assertThat(post("/admin/logout", "").statusCode()).isEqualTo(204);
        assertThat(send(request("/nothing")).statusCode()).isEqualTo(404);
        assertThat(send(request("/admin").DELETE()).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1000"})
    void aDyingAnswerIsCutShort(String after) {
        assertThatThrownBy(() -> send(request("/admin/die?after=" + after))).isInstanceOf(IOException.class);
    }

    @Test
    void aHangingRequestIsNeverAnswered() {
        assertThatThrownBy(() -> send(request("/admin/hang").timeout(Duration.ofMillis(200))))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void aWebSocketEchoes() throws Exception {
        var heard = new CompletableFuture<String>();
        var listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                heard.complete(text.toString());
                return CompletableFuture.completedFuture(null);
            }
        };
        var socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + backend.port() + "/admin/echo"), listener)
                .get(5, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(5, TimeUnit.SECONDS);
        assertThat(heard.get(5, TimeUnit.SECONDS)).isEqualTo("hello");
        socket.abort();
        assertThat(send(request("/admin/echo")).statusCode()).isEqualTo(426);
    }

    @Test
    void closingFreesThePort() {
        var second = LegacyBackend.start("127.0.0.1", 0);
        second.close();
        var gone = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + second.port() + "/"))
                .build();
        assertThatThrownBy(() -> client.send(gone, BodyHandlers.ofString())).isInstanceOf(ConnectException.class);
    }

    private static HttpResponse<String> login(String email, String password) throws Exception {
        return post(
                "/admin/login",
                JsonObject.of("email", email, "password", password).encode());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + backend.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
