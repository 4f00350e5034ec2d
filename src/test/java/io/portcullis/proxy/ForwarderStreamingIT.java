package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies pass as they come, both ways, and whoever is slow holds the other back. */
class ForwarderStreamingIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void eventArrivesWhenItIsSent() throws Exception {
        var read = new CountDownLatch(1);
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.send(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                    assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
                    wire.send("9\r\ndata: 1\n\n\r\n");
                    wire.head();
                });
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head()).contains("text/event-stream");
            read.countDown();
            assertThat(client.until("\n\n\r\n")).isEqualTo("9\r\ndata: 1\n\n\r\n");
        }
    }

    @Test
    void slowReaderHoldsTheBackendBack() throws Exception {
        long size = 200L << 20;
        var written = new AtomicLong();
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
                    var block = new byte[1 << 16];
                    while (written.get() < size) {
                        wire.socket().getOutputStream().write(block);
                        written.addAndGet(block.length);
                    }
                });
                var proxy = new TestProxy(backend.port(), Duration.ofSeconds(2), TestProxy.FORWARDING);
                var client = Wire.to(proxy.port())) {
            client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
            client.head();
            // A client that reads nothing is given up after the time-out; until then the backend could write what fits
            // in the sockets.
            assertThat(backend.end()).isInstanceOf(IOException.class);
            assertThat(written.get()).isLessThan(50L << 20);
        }
    }

    @Test
    void slowBackendHoldsTheClientBack() throws Exception {
        long size = 200L << 20;
        var written = new AtomicLong();
        var held = new CountDownLatch(1);
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
                });
                var proxy = new TestProxy(backend.port(), Duration.ofSeconds(2), TestProxy.FORWARDING);
                var client = Wire.to(proxy.port())) {
            client.send("POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: " + size + "\r\n\r\n");
            Thread.ofVirtual().start(() -> {
                try {
                    var block = new byte[1 << 16];
                    while (written.get() < size) {
                        client.socket().getOutputStream().write(block);
                        written.addAndGet(block.length);
                    }
                } catch (IOException closed) {
                    held.countDown();
                }
            });
            assertThat(client.head()).startsWith("HTTP/1.1 504");
            assertThat(written.get()).isBetween(1L << 16, 50L << 20);
            held.countDown();
        }
    }

    @Test
    void backendIsAskedBeforeABodyThatWaitsForIt() throws Exception {
        try (var backend = RawBackend.continuing("hello", OK);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 100");
            assertThat(backend.head()).containsIgnoringCase("Expect: 100-continue");
            client.send("hello");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(backend.end()).isEqualTo("done");
        }
    }

    @Test
    void earlyAnswerReachesAClientThatStillWrites() throws Exception {
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
                    wire.until("never");
                });
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nsome");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 413 Too Large\r\n")
                    .containsIgnoringCase("connection: close");
            assertThat(client.bytes(3)).isEqualTo("big");
            backend.end(); // its connection holds half a request: it is closed, not used again
            assertThat(client.closed()).isTrue();
        }
    }
}
