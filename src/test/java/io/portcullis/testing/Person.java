package io.portcullis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Somebody with an HTTP client, an authenticator app, and maybe a token. Sends the token as a bearer. */
public final class Person {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final int port;
    private final Optional<String> token;
    private final String subject;
    private final List<String> headers;
    private final Pocket pocket;

    /** What a person keeps, whichever instance they talk to. */
    private static final class Pocket {
        private final TestClock clock;
        private Optional<App> app = Optional.empty();
        private List<String> recoveryCodes = List.of();

        private Pocket(TestClock clock) {
            this.clock = clock;
        }
    }

    private Person(int port, Optional<String> token, String subject, List<String> headers, Pocket pocket) {
        this.port = port;
        this.token = token;
        this.subject = subject;
        this.headers = List.copyOf(headers);
        this.pocket = pocket;
    }

    /** Somebody at a port, without a token. */
    public static Person at(int port, TestClock clock) {
        return new Person(port, Optional.empty(), "", List.of(), new Pocket(clock));
    }

    /** The same person with a token. */
    public Person holding(String credential, String ofSubject) {
        return new Person(port, Optional.of(credential), ofSubject, headers, pocket);
    }

    /** The same person with another token of theirs. */
    public Person holding(String credential) {
        return holding(credential, subject);
    }

    public Person withoutToken() {
        return new Person(port, Optional.empty(), subject, headers, pocket);
    }

    /** The same person, sending one header more. */
    public Person with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new Person(port, token, subject, more, pocket);
    }

    /** The same person at another instance. */
    public Person at(int otherPort) {
        return new Person(otherPort, token, subject, headers, pocket);
    }

    public int port() {
        return port;
    }

    public boolean hasToken() {
        return token.isPresent();
    }

    public String token() {
        return token.orElseThrow();
    }

    public String subject() {
        return subject;
    }

    public App app() {
        return pocket.app.orElseThrow();
    }

    public List<String> recoveryCodes() {
        return pocket.recoveryCodes;
    }

    public Answer get(String path) {
        return send(request(path));
    }

    public Answer post(String path) {
        return send(request(path).method("POST", BodyPublishers.noBody()));
    }

    public Answer post(String path, JsonObject body) {
        return post(path, "application/json", body.encode());
    }

    public Answer post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    public Answer send(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    public Answer send(String method, String path, JsonObject body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.encode())));
    }

    /** {@code POST /auth/mfa/setup/start}; a secret in the answer goes into the app. */
    public Answer startSetup(String method) {
        var answer = post("/auth/mfa/setup/start", JsonObject.of("method", method));
        if (answer.status() == 200 && method.equals("totp")) {
            pocket.app = Optional.of(new App(answer.string("/secret"), pocket.clock));
        }
        return answer;
    }

    public Answer confirmSetup(String code) {
        return confirmSetup(JsonObject.of("code", code));
    }

    /** Keeps the recovery codes that the answer brings. */
    public Answer confirmSetup(JsonObject proof) {
        var answer = post("/auth/mfa/setup/confirm", proof);
        if (answer.status() == 200) {
            var codes = (JsonArray) answer.json("/recoveryCodes");
            if (!codes.isEmpty()) { // none come with a second method
                pocket.recoveryCodes = codes.stream().map(String.class::cast).toList();
            }
        }
        return answer;
    }

    public Answer verify(String code) {
        return post("/auth/mfa/verify", JsonObject.of("code", code));
    }

    /** {@code method}: {@code totp}, {@code email} or {@code recovery}. */
    public Answer verify(String code, String method) {
        return post("/auth/mfa/verify", JsonObject.of("code", code, "method", method));
    }

    public Answer sendCode() {
        return post("/auth/mfa/send-code");
    }

    public Answer sendCode(String tempToken) {
        return post("/auth/mfa/send-code", JsonObject.of("mfaTempToken", tempToken));
    }

    public Answer verifyLogin(String tempToken, String code) {
        return post("/auth/mfa/verify", JsonObject.of("mfaTempToken", tempToken, "code", code));
    }

    public Answer disable(String code) {
        return post("/auth/mfa/disable", JsonObject.of("code", code));
    }

    public Answer logout() {
        return post("/auth/logout");
    }

    public String state() {
        return get("/auth/mfa/status").string("/state");
    }

    /** The whole set-up; two-factor from here on. */
    public Person enrolled() {
        assertThat(startSetup("totp").status()).isEqualTo(200);
        assertThat(confirmSetup(app().code()).status()).isEqualTo(200);
        return this;
    }

    /** Opens a WebSocket; the future fails when the upgrade is refused. */
    public CompletableFuture<WebSocket> open(String path, WebSocket.Listener listener) {
        var builder = HTTP.newWebSocketBuilder();
        token.ifPresent(credential -> builder.header("Authorization", "Bearer " + credential));
        for (int i = 0; i < headers.size(); i += 2) {
            builder.header(headers.get(i), headers.get(i + 1));
        }
        return builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), listener);
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        token.ifPresent(credential -> request.header("Authorization", "Bearer " + credential));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return request;
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            return Answer.of(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
