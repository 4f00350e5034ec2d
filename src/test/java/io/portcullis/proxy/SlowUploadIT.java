package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bodies of clients that take their time, with the 500 bytes a second that are asked of them by default. */
class SlowUploadIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** In pieces. */
    private record Upload(int length, int piece, int pauseMillis) {}

    /** Not even one that never stands still is waited for: it would hold the connection to the backend for days. */
    @Test
    void oneThatTricklesIsGivenUp() throws Exception {
        try (var backend = new RawBackend(Wire::rest);
                var proxy = proxy(backend, Duration.ofMillis(400));
                var client = Wire.to(proxy.port())) {
            assertThat(send(client, new Upload(1_000_000, 1, 20))).isLessThan(1_000_000);
            assertThat(backend.end()).isEqualTo("done");
        }
    }

    @Test
    void oneThatMovesFastEnoughMayTakeLongerThanTheTimeout() throws Exception {
        answered(Duration.ofSeconds(2), new Upload(10_000, 1000, 250), 0);
    }

    /** What its client took for the body is not taken off the backend's time to answer. */
    @Test
    void aBackendHasAllItsTimeOnceTheBodyIsThere() throws Exception {
        answered(Duration.ofSeconds(3), new Upload(20, 10, 2_000), 2_000);
    }

    private static void answered(Duration timeout, Upload upload, int thinkMillis) throws Exception {
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.bytes(upload.length());
                    Thread.sleep(thinkMillis); // this backend thinks: that is what is tested
                    wire.send(OK);
                });
                var proxy = proxy(backend, timeout);
                var client = Wire.to(proxy.port())) {
            assertThat(send(client, upload)).isEqualTo(upload.length());
            assertThat(client.head()).startsWith("HTTP/1.1 200");
        }
    }

    private static TestProxy proxy(RawBackend backend, Duration timeout) {
        return new TestProxy(backend.port(), timeout, TestProxy.FORWARDING);
    }

    /** Returns how many bytes of the body could be sent. */
    private static int send(Wire client, Upload upload) throws Exception {
        client.send("POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: " + upload.length() + "\r\n\r\n");
        int sent = 0;
        try {
            while (true) {
                client.send("x".repeat(upload.piece()));
                sent += upload.piece();
                if (sent >= upload.length()) {
                    return sent;
                }
                Thread.sleep(upload.pauseMillis()); // this client is slow: that is what is tested
            }
        } catch (IOException closed) {
            return sent;
        }
    }
}
