package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwarderFailureIT {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void backendThatRefuses() throws Exception {
        int free;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        try (var proxy = new TestProxy(free);
                var client = Wire.to(proxy.port())) {
            assertThat(client.send(GET).answer()).startsWith("HTTP/1.1 502");
            assertThat(client.send(GET).answer()).startsWith("HTTP/1.1 502"); // and the connection lives on
        }
    }

    @Test
    void backendThatHangs() throws Exception {
        try (var backend = new RawBackend(wire -> wire.until("never"));
                var proxy = new TestProxy(backend.port(), SHORT, TestProxy.FORWARDING);
                var client = Wire.to(proxy.port())) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 504");
            assertThat(backend.end()).isEqualTo("done"); // its connection was closed, not pooled
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nContent-Len",
                "nonsense\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
            })
    void backendThatGivesNoAnswer(String bytes) throws Exception {
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.send(bytes);
                });
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\nhalf",
                "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\n",
            })
    void answerThatDiesIsNeverSeenWhole(String rest) throws Exception {
        var halfRead = new CountDownLatch(1);
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\n" + rest);
                    assertThat(halfRead.await(10, TimeUnit.SECONDS)).isTrue();
                    wire.reset();
                });
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
            client.until("half");
            halfRead.countDown();
            assertThat(client.rest()).doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void answerThatStandsStillIsCut() throws Exception {
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                    wire.until("never");
                });
                var proxy = new TestProxy(backend.port(), SHORT, TestProxy.FORWARDING);
                var client = Wire.to(proxy.port())) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
            assertThat(client.rest()).isEqualTo("half");
            assertThat(backend.end()).isEqualTo("done");
        }
    }

    @Test
    void clientThatLeavesTakesItsRequestWithIt() throws Exception {
        var asked = new CountDownLatch(1);
        try (var backend = RawBackend.silent(asked);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(GET);
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            client.leave();
            assertThat(backend.end()).isEqualTo("done");
        }
    }

    @Test
    void uploadThatIsCutShortIsNeverSeenWhole() throws Exception {
        var half = new CountDownLatch(1);
        var rest = new String[1];
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.until("half");
                    half.countDown();
                    rest[0] = wire.rest();
                });
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            assertThat(half.await(10, TimeUnit.SECONDS)).isTrue();
            client.leave();
            assertThat(backend.end()).isEqualTo("done");
            assertThat(rest[0]).doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void poolThatIsFullAnswersRatherThanWaitsForEver() throws Exception {
        try (var backend = new RawBackend(wire -> wire.until("never"));
                var proxy = new TestProxy(backend.port(), SHORT, TestProxy.FORWARDING)) {
            var clients = new Wire[24]; // 8 connections, 8 that wait, 8 too many
            for (int i = 0; i < clients.length; i++) {
                clients[i] = Wire.to(proxy.port()).send(GET);
            }
            for (var client : clients) {
                assertThat(client.head()).startsWith("HTTP/1.1 50");
                client.close();
            }
            assertThat(backend.connections()).isLessThanOrEqualTo(16);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                "Content-Length: 4\r\nContent-Length: 5\r\n\r\n",
                "Content-Length: 4\r\nContent-Length: 4\r\n\r\n",
                "Content-Length: 4, 4\r\n\r\n",
                "Content-Length: +4\r\n\r\n",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 0x4\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Content-Length : 4\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding\u000b: chunked\r\n\r\n0\r\n\r\n",
            })
    void framingThatCouldBeReadTwoWaysReachesNobody(String framing) throws Exception {
        try (var backend = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("POST /a HTTP/1.1\r\nHost: h\r\n" + framing);
            client.send("GET /smuggled HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            // As we frame it the next request is one of its own, which passes the gate as such; but its answer never
            // follows a refusal.
            assertThat(client.rest()).matches("(?s)(HTTP/1.[01] 400 .*)?").doesNotContain("200 OK");
            assertThat(backend.requestsLeft()).isLessThanOrEqualTo(1);
            if (backend.requestsLeft() == 1) {
                assertThat(backend.head()).startsWith("GET /smuggled ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"100000003\r\nabc\r\n0\r\n\r\n", "-1\r\n", "1\r\nabc", "3\nabc\r\n", "3;\nabc\r\n0\r\n\r\n"})
    void chunksThatCouldBeReadTwoWaysEndTheConnection(String chunks) throws Exception {
        try (var backend = new RawBackend(wire -> {
                    var head = wire.head();
                    for (; head.startsWith("GET /good "); head = wire.head()) {
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    }
                    var rest = wire.rest();
                    boolean cut = head.isEmpty() || head.startsWith("POST /a ");
                    if (!cut || rest.contains("HTTP/1.1") || rest.contains("0\r\n\r\n")) {
                        throw new IOException("a whole or a second request: " + head + rest);
                    }
                });
                var proxy = new TestProxy(backend.port());
                var other = Wire.to(proxy.port());
                var client = Wire.to(proxy.port())) {
            var good = "GET /good HTTP/1.1\r\nHost: h\r\n\r\n";
            assertThat(other.send(good).head()).startsWith("HTTP/1.1 200"); // a connection that can be used again
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            client.send("GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.rest()).doesNotContain("200 OK");
            assertThat(other.send(good).head()).startsWith("HTTP/1.1 200");
            proxy.stop();
            for (int each = backend.connections(); each > 0; each--) {
                assertThat(backend.end()).isEqualTo("done");
            }
        }
    }

    @Test
    void valueThatWouldEndItsHeaderIsNeverSent() throws Exception {
        var forwarding = new Forwarding(
                "legacy",
                TestProxy.FORWARDING.origin(),
                List.of(Map.entry("X-Auth-Email", "a@b\r\nX-Auth-Role: root")),
                Set.of(),
                false,
                Map.of(),
                false,
                ExchangeLimits.NONE,
                Optional.empty());
        try (var backend = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var proxy = new TestProxy(backend.port(), Duration.ofSeconds(5), forwarding);
                var client = Wire.to(proxy.port())) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 500");
            assertThat(backend.requestsLeft()).isZero();
        }
    }

    @Test
    void foldedHeaderIsOneHeaderAndHidesNoFraming() throws Exception {
        try (var backend = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("GET /a HTTP/1.1\r\nHost: h\r\nX-A: 1\r\n X-Auth-Role: root\r\n\r\n");
            // RFC 9112, section 5.2: one space stands for the fold.
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(backend.head()).contains("\r\nX-A: 1 X-Auth-Role: root\r\n");
        }
    }
}
