package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.Scrape;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TlsPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Clients that take more than is theirs. */
class ListenerLimitsIT {
    private static TestGateway plain(Map<String, String> overrides) {
        return TestGateway.by(List.of("listener-plain.yaml", "listener.yaml"), overrides);
    }

    static TestGateway overTls(Map<String, String> overrides) {
        var values = new HashMap<>(overrides);
        values.putAll(TlsPair.shared().environment());
        return TestGateway.by(List.of("listener-tls.yaml", "listener.yaml"), values);
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Sends a byte at a time, for ever, until the other side has closed. */
    private static void trickle(Socket socket, String text) throws Exception {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int[] next = new int[1];
        Await.until("the connection is closed", () -> {
            try {
                socket.getOutputStream().write(bytes[next[0]++ % bytes.length]);
                return false;
            } catch (IOException closed) {
                return true;
            }
        });
    }

    /** How many connections were closed for this reason. */
    static double closed(TestGateway gateway, String reason) {
        return Scrape.of(gateway).sum("portcullis_listener_closed_total", "reason", reason);
    }

    @Test
    void aHeadThatComesByteByByteIsCutOffAndCounted() throws Exception {
        try (var gateway = plain(Map.of("HEAD_TIME", "300ms"));
                var socket = connect(gateway.port())) {
            trickle(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n" + "X-Slow: 1\r\n".repeat(100));
            assertThat(closed(gateway, "late")).isEqualTo(1);
        }
    }

    @Test
    void soIsTheSecondHeadOfAConnectionButABodyMayTakeItsTime() throws Exception {
        try (var gateway = plain(Map.of("HEAD_TIME", "300ms"));
                var slow = RawHttp.to(gateway.port());
                var socket = connect(gateway.port())) {
            slow.send("POST /public/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4\r\n\r\nb");
            slow.send("o");
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            trickle(socket, "GET / HTTP/1.1\r\n" + "X-Slow: 1\r\n".repeat(100));
            slow.send("dy");
            assertThat(slow.answer().status()).isPositive();
        }
    }

    /** What is not taken from it fills the buffers of both sides at last. */
    @Test
    void whoReadsNoAnswersIsReadNoFurtherAndClosed() throws Exception {
        try (var gateway = plain(Map.of("IDLE", "1s", "TIMEOUT", "1s"));
                var socket = connect(gateway.port())) {
            var requests = "GET /admin/x HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .repeat(1000)
                    .getBytes(StandardCharsets.US_ASCII);
            var sent = new AtomicLong();
            var closed = Thread.ofVirtual().start(() -> {
                try {
                    while (sent.get() < 200_000_000) {
                        socket.getOutputStream().write(requests);
                        sent.addAndGet(requests.length);
                    }
                } catch (IOException end) {
                    // that is how it ends
                }
            });
            closed.join();
            assertThat(sent.get()).isLessThan(50_000_000);
            assertThat(RawHttp.get(gateway.port(), "/public/x").status()).isPositive();
        }
    }

    /** Behind a head that cannot be read its bytes are no request, and no body either. */
    @Test
    void whoReadsNoAnswersIsClosedWhateverItSends() throws Exception {
        try (var backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var gateway = TestGateway.inFrontOf(
                        backend.getLocalPort(),
                        Map.of("IDLE", "1s", "TIMEOUT", "1s"),
                        "listener-plain.yaml",
                        "listener.yaml");
                var socket = connect(gateway.port())) {
            Thread.ofVirtual().start(() -> answerForEver(backend));
            socket.getOutputStream()
                    .write("GET /big HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nno header\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            trickle(socket, "x");
        }
    }

    private static void answerForEver(ServerSocket backend) {
        try (var connection = backend.accept()) {
            var out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[1 << 16]);
            }
        } catch (IOException end) {
            // that is how it ends
        }
    }

    @Test
    void aHandshakeThatStandsStillIsCutOff() throws Exception {
        try (var gateway = overTls(Map.of("HEAD_TIME", "300ms"));
                var silent = connect(gateway.port());
                var halfWay = connect(gateway.port())) {
            halfWay.getOutputStream().write(new byte[] {22, 3, 1});
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(halfWay.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAtOnceAndCounted() throws Exception {
        try (var gateway = plain(Map.of("CONNECTIONS", "3"))) {
            var open = new ArrayList<Socket>();
            for (int each = 0; each < 3; each++) {
                open.add(connect(gateway.port()));
            }
            try (var refused = connect(gateway.port())) {
                assertThat(ended(refused)).isTrue();
            }
            assertThat(closed(gateway, "limit")).isEqualTo(1);
            for (var socket : open) {
                socket.close();
            }
            Await.until("they are gone", () -> Scrape.of(gateway).sum("portcullis_listener_connections") == 0);
            assertThat(RawHttp.get(gateway.port(), "/public/x").status()).isPositive();
        }
    }

    @Test
    void anAddressHasAShareOfItsOwn() throws Exception {
        try (var gateway = plain(Map.of("CONNECTIONS_PER_ADDRESS", "1"));
                var first = connect(gateway.port())) {
            assertThat(first.isConnected()).isTrue();
            try (var second = connect(gateway.port())) {
                assertThat(ended(second)).isTrue();
            }
            var request = RawHttp.request("GET", "/public/x", "");
            try (var other = RawHttp.from("127.0.0.2", gateway.port());
                    var proxied = RawHttp.from("127.0.0.7", gateway.port());
                    var proxiedToo = RawHttp.from("127.0.0.7", gateway.port())) {
                assertThat(other.send(request).answer().status()).isPositive();
                assertThat(proxied.send(request).answer().status()).isPositive();
                assertThat(proxiedToo.send(request).answer().status()).isPositive();
            }
        }
    }

    private static boolean ended(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }
}
