package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeLimitsIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final Duration SHORT = Duration.ofMillis(400);

    private static TestProxy proxy(int backend, ExchangeLimits limits) {
        return new TestProxy(backend, Duration.ofSeconds(10), TestProxy.FORWARDING.within(limits));
    }

    private static ExchangeLimits body(int bytes) {
        return new ExchangeLimits(Optional.of(bytes), Optional.empty(), Optional.empty());
    }

    private static ExchangeLimits time() {
        return new ExchangeLimits(Optional.empty(), Optional.empty(), Optional.of(SHORT));
    }

    @Test
    void lengthThatIsTooLargeReachesNobody() throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = proxy(backend.port(), body(10));
                var client = Wire.to(proxy.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 413");
            assertThat(backend.connections()).isZero();
        }
    }

    @Test
    void lengthThatJustFitsPasses() throws Exception {
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    assertThat(wire.bytes(10)).isEqualTo("0123456789");
                    wire.send(OK);
                });
                var proxy = proxy(backend.port(), body(10));
                var client = Wire.to(proxy.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123456789");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 200", "5, 6, 413", "11, 0, 413"})
    void chunksAreCounted(int first, int second, int status) throws Exception {
        var rest = new String[1];
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    if (status == 200) {
                        wire.until("0\r\n\r\n");
                        wire.send(OK);
                        return;
                    }
                    rest[0] = wire.rest();
                });
                var proxy = proxy(backend.port(), body(10));
                var client = Wire.to(proxy.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(first));
            if (second > 0) {
                client.send(chunk(second));
            }
            if (status == 200) {
                client.send("0\r\n\r\n");
            }
            assertThat(client.answer()).startsWith("HTTP/1.1 " + status);
            if (status == 413) {
                assertThat(backend.end()).isEqualTo("done"); // its request is given up
                assertThat(rest[0]).doesNotContain("0\r\n\r\n");
            }
        }
    }

    private static String chunk(int bytes) {
        return Integer.toHexString(bytes) + "\r\n" + "x".repeat(bytes) + "\r\n";
    }

    @Test
    void endOfABodyThatIsTooLargeNeverReachesTheBackend() throws Exception {
        var rest = new String[1];
        try (var backend = new RawBackend(wire -> rest[0] = wire.rest());
                var proxy = proxy(backend.port(), body(10));
                var client = Wire.to(proxy.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(6) + chunk(5)
                    + "0\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 413");
            assertThat(backend.end()).isEqualTo("done");
            assertThat(rest[0]).doesNotContain("0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"400, 200", "600, 400"})
    void headersTogether(int bytes, int status) throws Exception {
        var limits = new ExchangeLimits(Optional.empty(), Optional.of(512), Optional.empty());
        try (var backend = RawBackend.answering(OK);
                var proxy = proxy(backend.port(), limits);
                var client = Wire.to(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nX-A: " + "a".repeat(bytes / 2) + "\r\nX-B: "
                    + "b".repeat(bytes / 2) + "\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 " + status);
            assertThat(backend.requestsLeft()).isEqualTo(status == 200 ? 1 : 0);
        }
    }

    @Test
    void timeBeforeTheAnswer() throws Exception {
        var asked = new CountDownLatch(1);
        try (var backend = RawBackend.silent(asked);
                var proxy = proxy(backend.port(), time());
                var client = Wire.to(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(client.answer()).startsWith("HTTP/1.1 504");
            assertThat(backend.end()).isEqualTo("done"); // the request there is given up
        }
    }

    @Test
    void timeWithinAnAnswerThatMovesOn() throws Exception {
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    while (true) {
                        wire.send("1\r\na\r\n");
                        Thread.sleep(20); // this backend is slow, but never still: that is what is tested
                    }
                });
                var proxy = proxy(backend.port(), time());
                var client = Wire.to(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.rest()).contains("a").doesNotContain("0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void timeThatIsEnough(String method) throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = proxy(
                        backend.port(),
                        new ExchangeLimits(Optional.of(0), Optional.of(65536), Optional.of(Duration.ofHours(1))));
                var client = Wire.to(proxy.port())) {
            for (int i = 0; i < 3; i++) {
                client.send(method + " / HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void timeIsNotForWebSockets() throws Exception {
        try (var backend = new RawBackend(wire -> {
                    if (!wire.head().contains("websocket")) {
                        wire.until("never");
                    }
                    wire.send(Wire.SWITCHED);
                    wire.send(wire.bytes(4));
                });
                var proxy = proxy(backend.port(), time());
                var client = Wire.to(proxy.port());
                var clock = Wire.to(proxy.port())) {
            client.send(Wire.head(
                    "GET /chat HTTP/1.1",
                    "Host: h",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
            assertThat(client.head()).startsWith("HTTP/1.1 101");
            clock.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(clock.head()).startsWith("HTTP/1.1 504"); // a request that began later is over
            assertThat(client.send("ping").bytes(4)).isEqualTo("ping");
        }
    }
}
