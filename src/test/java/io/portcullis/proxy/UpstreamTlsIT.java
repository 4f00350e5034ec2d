package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.LogCapture;
import io.portcullis.testing.PrivateCa;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backend that speaks TLS, and whose certificate is right or not. */
class UpstreamTlsIT {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /** The names that backends were asked for; none is an empty text. */
    private final BlockingQueue<String> names = new LinkedBlockingQueue<>();

    private RawBackend backend(SSLContext tls, String answer) throws IOException {
        var server = tls.getServerSocketFactory().createServerSocket(0, 200, InetAddress.getLoopbackAddress());
        return new RawBackend(server, wire -> {
            for (var head = wire.head(); !head.isEmpty(); head = wire.head()) {
                var session = (ExtendedSSLSession) ((SSLSocket) wire.socket()).getSession();
                names.add(String.join(
                        " ",
                        session.getRequestedServerNames().stream()
                                .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                                .toList()));
                wire.send(answer);
            }
        });
    }

    private static TestProxy proxy(RawBackend backend, String host, Optional<String> ca, Optional<String> serverName) {
        var settings = new UpstreamSettings(
                "legacy",
                List.of(new UpstreamSettings.Target(host, backend.port(), 1)),
                Optional.of(new UpstreamSettings.Tls(ca, serverName)),
                Duration.ofSeconds(10),
                500,
                Duration.ofSeconds(5),
                8,
                true,
                1,
                HealthSettings.DEFAULTS);
        return new TestProxy(settings, TestProxy.FORWARDING);
    }

    private static Optional<String> ca() throws IOException {
        return Optional.of(Files.readString(PrivateCa.shared().pem()));
    }

    @ParameterizedTest
    @CsvSource({"localhost, , localhost", "127.0.0.1, , ''", "127.0.0.1, localhost, localhost"})
    void certificateThatIsRight(String host, String serverName, String asked) throws Exception {
        try (var backend = backend(PrivateCa.shared().server(), OK);
                var proxy = proxy(backend, host, ca(), Optional.ofNullable(serverName));
                var client = Wire.to(proxy.port())) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
            assertThat(names.poll(10, TimeUnit.SECONDS)).isEqualTo(asked);
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
            assertThat(backend.connections()).isOne(); // it is kept, and used again
        }
    }

    @Test
    void certificateOfAnUnknownAuthority() throws Exception {
        refused(PrivateCa.shared().server(), "localhost", Optional.empty(), "upstreams.legacy.ca");
    }

    @Test
    void certificateThatIsTooOld() throws Exception {
        var tls = PrivateCa.shared().signed("expired", "-startdate", "-10d", "-ext", "san=dns:localhost");
        refused(tls, "localhost", ca(), "out of date");
    }

    @Test
    void certificateForAnotherHost() throws Exception {
        var tls = PrivateCa.shared().signed("other", "-ext", "san=dns:other.example.com");
        refused(tls, "localhost", ca(), "upstreams.legacy.serverName");
        refused(tls, "127.0.0.1", ca(), "upstreams.legacy.serverName");
    }

    private void refused(SSLContext tls, String host, Optional<String> ca, String advice) throws Exception {
        try (var log = LogCapture.start();
                var backend = backend(tls, OK);
                var proxy = proxy(backend, host, ca, Optional.empty());
                var client = Wire.to(proxy.port())) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
            assertThat(log.text().lines().filter(line -> line.contains(advice))).hasSize(1);
            assertThat(names).isEmpty();
        }
    }

    @Test
    void nameThatTheCertificateDoesNotHave() throws Exception {
        try (var backend = backend(PrivateCa.shared().server(), OK);
                var proxy = proxy(backend, "localhost", ca(), Optional.of("other.example.com"));
                var client = Wire.to(proxy.port())) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
            assertThat(names).isEmpty();
        }
    }

    @Test
    void backendThatSpeaksNoTls() throws Exception {
        try (var log = LogCapture.start();
                var backend = new RawBackend(wire -> {
                    wire.bytes(1);
                    wire.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                });
                var proxy = proxy(backend, "localhost", ca(), Optional.empty());
                var client = Wire.to(proxy.port())) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
            assertThat(log.text()).contains("is there TLS at this port?");
        }
    }

    @Test
    void webSocket() throws Exception {
        try (var backend = backend(PrivateCa.shared().server(), Wire.SWITCHED + "hello");
                var proxy = proxy(backend, "localhost", ca(), Optional.empty());
                var client = Wire.to(proxy.port())) {
            client.send(Wire.head(
                    "GET /chat HTTP/1.1",
                    "Host: h",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
            assertThat(client.head()).startsWith("HTTP/1.1 101");
            assertThat(client.bytes(5)).isEqualTo("hello");
            assertThat(names.poll(10, TimeUnit.SECONDS)).isEqualTo("localhost");
        }
    }
}
