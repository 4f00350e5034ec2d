package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent once more, and what never is. */
class UpstreamRetryIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String UPGRADE = Wire.head(
            "GET /chat HTTP/1.1",
            "Host: h",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

    private final AtomicInteger seen = new AtomicInteger();

    /** Counts the requests that it sees; does so with the first ones, and answers from then on. */
    private RawBackend backend(int failing, RawBackend.Script failure) throws IOException {
        return new RawBackend(wire -> {
            for (var head = wire.head(); !head.isEmpty(); head = wire.head()) {
                if (seen.incrementAndGet() <= failing) {
                    failure.run(wire);
                    return;
                }
                wire.send(OK);
            }
        });
    }

    private static TestProxy proxy(int retries, int... ports) {
        var targets = IntStream.of(ports)
                .mapToObj(port -> new UpstreamSettings.Target("127.0.0.1", port, 1))
                .toList();
        return proxy(retries, targets, Duration.ofSeconds(10));
    }

    private static TestProxy proxy(int retries, List<UpstreamSettings.Target> targets, Duration timeout) {
        return new TestProxy(
                new UpstreamSettings(
                        "legacy",
                        targets,
                        Optional.empty(),
                        timeout,
                        500,
                        Duration.ofSeconds(2),
                        8,
                        true,
                        retries,
                        HealthSettings.DEFAULTS),
                TestProxy.FORWARDING);
    }

    private static String status(Wire client) throws IOException {
        return client.head().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '', 200, 2",
        "HEAD, '', 200, 2",
        "OPTIONS, '', 200, 2",
        "POST, '', 502, 1",
        "PUT, '', 502, 1",
        "PATCH, '', 502, 1",
        "DELETE, '', 502, 1",
        "PROPFIND, '', 502, 1",
        "get, '', 502, 1",
        "GET, hi, 502, 1",
        "POST, hi, 502, 1",
    })
    void closedInPlaceOfAnAnswer(String method, String body, String status, int requests) throws Exception {
        try (var backend = backend(1, wire -> wire.bytes(body.length()));
                var proxy = proxy(1, backend.port());
                var client = Wire.to(proxy.port())) {
            var length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
            client.send(method + " /x HTTP/1.1\r\nHost: h\r\n" + length + "\r\n" + body);
            assertThat(status(client)).isEqualTo(status);
            assertThat(seen).hasValue(requests);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 502, 1", "1, 2, 502, 2", "2, 2, 200, 3", "3, 9, 502, 4"})
    void noMoreOftenThanTheConfigSays(int retries, int failing, String status, int requests) throws Exception {
        try (var backend = backend(failing, wire -> {});
                var proxy = proxy(retries, backend.port());
                var client = Wire.to(proxy.port())) {
            assertThat(status(client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n")))
                    .isEqualTo(status);
            assertThat(seen).hasValue(requests);
        }
    }

    @Test
    void connectionOfThePoolThatClosesAsItIsUsed() throws Exception {
        var second = new AtomicInteger();
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.send(OK);
                    wire.head(); // the next one finds it closed
                    second.incrementAndGet();
                });
                var proxy = proxy(1, backend.port());
                var client = Wire.to(proxy.port())) {
            assertThat(status(client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")))
                    .isEqualTo("200");
            assertThat(status(client.send("GET /b HTTP/1.1\r\nHost: h\r\n\r\n")))
                    .isEqualTo("200");
            assertThat(status(client.send("POST /c HTTP/1.1\r\nHost: h\r\n\r\n")))
                    .isEqualTo("502");
            assertThat(second).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
                "nonsense\r\n\r\n",
            })
    void neverAfterAnAnswerBegan(String answer) throws Exception {
        try (var backend = backend(9, wire -> wire.send(answer));
                var proxy = proxy(3, backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                    .rest();
            assertThat(seen).hasValue(1);
        }
    }

    @Test
    void neverAfterTheTimeIsOver() throws Exception {
        try (var backend = backend(9, wire -> wire.until("never"));
                var proxy = proxy(
                        3,
                        List.of(new UpstreamSettings.Target("127.0.0.1", backend.port(), 1)),
                        Duration.ofMillis(300));
                var client = Wire.to(proxy.port())) {
            assertThat(status(client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n")))
                    .isEqualTo("504");
            assertThat(seen).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "GET"})
    void whatWasNotSentGoesToAnotherTarget(String method) throws Exception {
        try (var backend = backend(0, wire -> {});
                var proxy = proxy(1, TestProxy.NOBODY, backend.port());
                var client = Wire.to(proxy.port())) {
            for (int i = 1; i <= 8; i++) {
                client.send(method + " /x HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(status(client)).isEqualTo("200");
                assertThat(seen).hasValue(i);
            }
        }
    }

    @Test
    void bodyThatWasNotSentGoesWholeToAnotherTarget() throws Exception {
        var body = new String[1];
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    body[0] = wire.until("0\r\n\r\n");
                    wire.send(OK);
                });
                var proxy = proxy(1, TestProxy.NOBODY, backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            client.send("3\r\nend\r\n0\r\n\r\n");
            assertThat(status(client)).isEqualTo("200");
            assertThat(body[0].replaceAll("(?m)^\\d+\r\n|\r\n", "")).isEqualTo("halfend");
        }
    }

    @Test
    void webSocketGoesElsewhereOnlyBeforeItIsAsked() throws Exception {
        try (var closing = backend(9, wire -> {});
                var proxy = proxy(3, TestProxy.NOBODY, closing.port());
                var client = Wire.to(proxy.port())) {
            assertThat(status(client.send(UPGRADE))).isEqualTo("502");
            assertThat(seen).hasValue(1);
        }
    }
}
