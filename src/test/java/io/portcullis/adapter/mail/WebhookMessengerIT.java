package io.portcullis.adapter.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.portcullis.adapter.mail.MailSettings.Webhook;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.notice.Brand;
import io.portcullis.domain.notice.Message;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.PrivateCa;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookMessengerIT {
    private record Received(String method, String contentType, String key, JsonObject body) {}

    private static final Vertx VERTX = Vertx.vertx();

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private Optional<HttpServer> server = Optional.empty();
    private volatile int status = 202;
    private volatile boolean frozen;

    @AfterAll
    static void closeVertx() throws Exception {
        VERTX.close().await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        closing.countDown();
        server.ifPresent(one -> one.stop(0));
    }

    private String start(HttpServer fresh, String scheme) {
        server = Optional.of(fresh);
        fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        fresh.createContext("/", this::handle);
        fresh.start();
        return scheme + "://localhost:" + fresh.getAddress().getPort() + "/messages?a=b";
    }

    private String plain() throws IOException {
        return start(HttpServer.create(anyPort(), 0), "http");
    }

    private String encrypted() throws IOException {
        var fresh = HttpsServer.create(anyPort(), 0);
        fresh.setHttpsConfigurator(new HttpsConfigurator(PrivateCa.shared().server()));
        return start(fresh, "https");
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        received.add(new Received(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                headers.getFirst("Content-Type"),
                headers.getFirst("X-Key"),
                new JsonObject(body)));
        if (frozen) {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static Channel messenger(String url, Duration timeout, Optional<String> ca, JsonObject body) {
        var webhook = new Webhook(URI.create(url), Map.of("X-Key", "k1"), body, timeout);
        return Channel.open(VERTX, new MailSettings(webhook, ca, new Brand("Acme", "#0b7285")));
    }

    private static Channel messenger(String url) {
        return messenger(url, Duration.ofSeconds(5), Optional.empty(), JsonObject.of("text", "{{text}}"));
    }

    private static void assertUnavailable(Channel messenger) {
        assertThatThrownBy(() -> messenger.send(Messages.code("alice@example.com")))
                .hasMessage("MAIL_UNAVAILABLE");
    }

    @Test
    void aCodeFillsEveryGap() throws IOException {
        var template = new JsonObject()
                .put("to", "{{to}}")
                .put("account", new JsonObject().put("id", "{{realm}}/{{ subject }}"))
                .put("list", JsonArray.of("{{code}}", "{{minutes}} min", "{{kind}}", "{{brand}}", 7, true))
                .put("text", "{{text}}");
        messenger(plain(), Duration.ofSeconds(5), Optional.empty(), template).send(Messages.code("alice@example.com"));
        assertThat(received)
                .containsExactly(new Received(
                        "POST /messages?a=b",
                        "application/json",
                        "k1",
                        new JsonObject()
                                .put("to", "alice@example.com")
                                .put("account", JsonObject.of("id", "admin/17"))
                                .put("list", JsonArray.of("493817", "10 min", "CODE", "Acme", 7, true))
                                .put(
                                        "text",
                                        "Acme: your verification code is 493817."
                                                + " It can be used once, within 10 minutes. Give it to nobody.")));
    }

    @Test
    void aNoticeHasAKindAndNoCode() throws IOException {
        var template = JsonObject.of("kind", "{{kind}}", "code", "{{code}}{{minutes}}", "text", "{{text}}");
        messenger(plain(), Duration.ofSeconds(5), Optional.empty(), template)
                .send(Messages.notice(Message.Kind.MFA_RESET, Locale.FRENCH, ""));
        var body = received.getFirst().body();
        assertThat(body.getString("kind")).isEqualTo("MFA_RESET");
        assertThat(body.getString("code")).isEmpty();
        assertThat(body.getString("text")).startsWith("Un administrateur a réinitialisé");
    }

    @Test
    void nothingThatIsFilledInLeavesItsText() throws IOException {
        var evil = "\", \"to\": \"eve\\\n\u0000{{code}}</script>é😀";
        var message = new Message.Code(
                new Account("admin", evil),
                evil,
                "493817",
                Duration.ofMinutes(10),
                Locale.ENGLISH,
                Messages.code("").at(),
                "",
                "");
        var template = JsonObject.of("id", "<{{subject}}>", "to", "{{to}}", "code", "{{code}}");
        messenger(plain(), Duration.ofSeconds(5), Optional.empty(), template).send(message);
        assertThat(received.getFirst().body())
                .isEqualTo(JsonObject.of("id", "<" + evil + ">", "to", evil, "code", "493817"));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 404, 500, 503})
    void anyAnswerButASuccessIsNone(int answer) throws IOException {
        status = answer;
        try (var log = LogCapture.start()) {
            assertUnavailable(messenger(plain()));
            assertThat(log.text()).contains("answered " + answer).doesNotContain("alice", "493817", "k1", "/messages");
        }
        assertThat(received).hasSize(1);
    }

    @Test
    void aServerThatDoesNotAnswerInTime() throws IOException {
        frozen = true;
        var messenger = messenger(plain(), Duration.ofMillis(300), Optional.empty(), JsonObject.of("text", "{{text}}"));
        assertUnavailable(messenger);
        assertThat(received).hasSize(1);
        frozen = false;
        messenger.send(Messages.code("alice@example.com"));
        assertThat(received).hasSize(2);
    }

    @Test
    void aServerThatIsDown() throws IOException {
        var messenger = messenger(plain());
        messenger.send(Messages.code("alice@example.com"));
        server.orElseThrow().stop(0);
        assertUnavailable(messenger);
    }

    @Test
    void aServerOfATrustedAuthority() throws IOException {
        var ca = Files.readString(PrivateCa.shared().pem());
        messenger(encrypted(), Duration.ofSeconds(5), Optional.of(ca), JsonObject.of("text", "{{text}}"))
                .send(Messages.code("alice@example.com"));
        assertThat(received).hasSize(1);
    }

    @Test
    void aServerOfAnUnknownAuthorityOrWithAnotherNameIsToldNothing() throws IOException {
        var url = encrypted();
        var ca = Files.readString(PrivateCa.shared().pem());
        assertUnavailable(messenger(url));
        assertUnavailable(messenger(
                url.replace("localhost", "127.0.0.2"),
                Duration.ofSeconds(5),
                Optional.of(ca),
                JsonObject.of("text", "{{text}}")));
        assertThat(received).isEmpty();
    }
}
