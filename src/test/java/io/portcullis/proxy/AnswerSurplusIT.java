package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend that sends more than an answer has: nobody else ever gets the rest. */
class AnswerSurplusIT {
    private static final String CLEAN = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nclean";
    private static final String POISON =
            "HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nContent-Length: 0\r\n\r\n";

    private final AtomicInteger requests = new AtomicInteger();

    /** Answers the first request of all with this, and the others as they should be. */
    private RawBackend backend(RawBackend.Script first) throws Exception {
        return new RawBackend(wire -> {
            while (!wire.head().isEmpty()) {
                if (requests.incrementAndGet() == 1) {
                    first.run(wire);
                } else {
                    wire.send(CLEAN);
                }
            }
        });
    }

    private static TestProxy overOneConnection(int port) {
        return new TestProxy(
                new UpstreamSettings(
                        "legacy",
                        List.of(new UpstreamSettings.Target("127.0.0.1", port, 1)),
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        500,
                        Duration.ofSeconds(2),
                        1,
                        true,
                        1,
                        HealthSettings.DEFAULTS),
                TestProxy.FORWARDING);
    }

    private static String asked(TestProxy proxy, String method, String path) throws Exception {
        try (var client = Wire.to(proxy.port())) {
            return client.send(Wire.head(method + " " + path + " HTTP/1.1", "Host: h", "Connection: close"))
                    .rest();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 200 OK, 2, ok",
        "HEAD, 200 OK, 2, ''",
        "GET, 204 No Content, '', ''",
        "GET, 304 Not Modified, 2, ''",
    })
    void behindAnAnswer(String method, String status, String length, String body) throws Exception {
        var head =
                "HTTP/1.1 " + status + "\r\n" + (length.isEmpty() ? "" : "Content-Length: " + length + "\r\n") + "\r\n";
        for (var surplus :
                List.of("hello", POISON, "HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nX-Rest: ")) {
            requests.set(0);
            try (var backend = backend(wire -> wire.send(head + body + surplus));
                    var proxy = overOneConnection(backend.port())) {
                assertThat(asked(proxy, method, "/first"))
                        .startsWith("HTTP/1.1 " + status)
                        .endsWith("\r\n\r\n" + body);
                assertThat(asked(proxy, "GET", "/second"))
                        .startsWith("HTTP/1.1 200 OK")
                        .endsWith("clean");
                assertThat(backend.connections()).isEqualTo(2);
            }
        }
    }

    /** Later than the answer, as of a backend that writes head and body one after the other. */
    @ParameterizedTest
    @CsvSource({"HEAD, 200 OK", "GET, 304 Not Modified", "GET, 204 No Content"})
    void aBodyThatMustNotBeThereMeetsNobody(String method, String status) throws Exception {
        try (var backend = backend(wire -> wire.send("HTTP/1.1 " + status + "\r\nContent-Length: 76\r\n\r\n"));
                var proxy = overOneConnection(backend.port())) {
            assertThat(asked(proxy, method, "/first")).startsWith("HTTP/1.1 " + status);
            assertThat(asked(proxy, "GET", "/second")).endsWith("clean");
            assertThat(backend.connections()).isEqualTo(2);
        }
    }

    /** POST is never sent twice. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void whoWaitsForTheConnectionGetsAnAnswerOfItsOwn(String method) throws Exception {
        var first = new CountDownLatch(1);
        var queued = new CountDownLatch(1);
        try (var backend = backend(wire -> {
                    first.countDown();
                    queued.await(10, TimeUnit.SECONDS);
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + POISON);
                });
                var proxy = overOneConnection(backend.port());
                var holder = Wire.to(proxy.port());
                var waiting = Wire.to(proxy.port())) {
            holder.send(Wire.head("GET /first HTTP/1.1", "Host: h"));
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            waiting.send(Wire.head(method + " /second HTTP/1.1", "Host: h", "Content-Length: 0"));
            asked(proxy, "BAD/METHOD", "/"); // answered by the same event loop, after it has read the one before
            queued.countDown();
            assertThat(holder.answer()).startsWith("HTTP/1.1 200 OK");
            assertThat(waiting.head()).startsWith("HTTP/1.1 200 OK").doesNotContain("evil");
            assertThat(waiting.bytes(5)).isEqualTo("clean");
        }
    }

    @Test
    void whatComesWhenNothingWasAskedEndsTheConnection() throws Exception {
        try (var backend = backend(wire -> {
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    wire.send("HTTP/1.1 302 Found\r\nX-Rest: ");
                    assertThat(wire.closed()).isTrue();
                });
                var proxy = overOneConnection(backend.port())) {
            assertThat(asked(proxy, "GET", "/first")).endsWith("ok");
            assertThat(backend.end()).isEqualTo("done");
            assertThat(asked(proxy, "GET", "/second")).endsWith("clean");
        }
    }
}
