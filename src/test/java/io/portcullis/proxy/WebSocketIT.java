package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketIT {
    private static final String UPGRADE = Wire.head(
            "GET /ws?a=%2f HTTP/1.1",
            "Host: h",
            "Connection: keep-alive, Upgrade",
            "Upgrade: WebSocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Protocol: chat",
            "X-Auth-Subject: spoofed");
    private static final String SWITCHED = Wire.head(
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "Sec-WebSocket-Protocol: chat");

    private static RawBackend echo() throws Exception {
        var self = new RawBackend[1];
        self[0] = new RawBackend(wire -> {
            self[0].keep(wire.head());
            wire.send(SWITCHED + "\u0081\u0002hi"); // the first frame in one write with the head
            while (true) {
                var bytes = wire.bytes(4);
                if (bytes.isEmpty()) {
                    return;
                }
                wire.send(bytes);
            }
        });
        return self[0];
    }

    @Test
    void bytesPassAsTheyAreOnceBothSidesAgree() throws Exception {
        try (var backend = echo();
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(UPGRADE);
            assertThat(client.head())
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("\r\nupgrade: websocket\r\n")
                    .containsIgnoringCase("\r\nconnection: upgrade\r\n")
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "Sec-WebSocket-Protocol: chat");
            assertThat(client.bytes(4)).isEqualTo("\u0081\u0002hi");
            assertThat(client.send("\u0089\u0080\u0000\u00ff").bytes(4)).isEqualTo("\u0089\u0080\u0000\u00ff");
            assertThat(backend.head())
                    .startsWith("GET /ws?a=%2f HTTP/1.1\r\n")
                    .contains("X-Auth-Subject: 42", "X-Forwarded-For: 192.0.2.7", "Sec-WebSocket-Protocol: chat")
                    .doesNotContain("spoofed", "keep-alive");
            client.leave();
            assertThat(backend.end()).isEqualTo("done");
            assertThat(proxy.tunnels).isEmpty();
        }
    }

    @Test
    void endOfTheSessionClosesBothSides() throws Exception {
        try (var backend = echo();
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(UPGRADE).head();
            client.bytes(4);
            assertThat(proxy.tunnels).hasSize(1);
            assertThat(client.send("ping").bytes(4)).isEqualTo("ping");
            proxy.tunnels.forEach(TunnelWatch.Watched::close);
            assertThat(client.closed()).isTrue();
            assertThat(backend.end()).isEqualTo("done");
            assertThat(proxy.tunnels).isEmpty();
        }
    }

    @Test
    void endOfTheSessionStopsAnUpgradeThatIsUnderWay() throws Exception {
        var asked = new CountDownLatch(1);
        try (var backend = RawBackend.silent(asked);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(UPGRADE);
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            proxy.tunnels.forEach(TunnelWatch.Watched::close);
            assertThat(client.closed()).isTrue();
            assertThat(backend.end()).isEqualTo("done");
        }
    }

    @Test
    void backendThatEndsTheSocketEndsItForTheClient() throws Exception {
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.send(SWITCHED + "\u0088\u0002\u0003\u00e8");
                });
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(UPGRADE).head();
            assertThat(client.rest()).isEqualTo("\u0088\u0002\u0003\u00e8");
        }
    }

    @Test
    void refusedUpgradesLeaveNothingBehind() throws Exception {
        try (var backend = RawBackend.answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
                var proxy = new TestProxy(backend.port())) {
            for (int i = 0; i < 64; i++) {
                try (var client = Wire.to(proxy.port())) {
                    assertThat(client.send(UPGRADE).head()).startsWith("HTTP/1.1 403");
                    assertThat(client.bytes(2)).isEqualTo("no");
                }
                assertThat(backend.end()).isEqualTo("done");
            }
            try (var client = Wire.to(proxy.port())) {
                assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").head())
                        .startsWith("HTTP/1.1 403");
            }
            assertThat(proxy.tunnels).isEmpty();
        }
    }

    @Test
    void acceptanceOfAnotherKeyIsNone() throws Exception {
        try (var backend = RawBackend.answering(SWITCHED.replace("s3pPLM", "s3pPLN"));
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            assertThat(client.send(UPGRADE).head()).startsWith("HTTP/1.1 502");
            assertThat(backend.end()).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade: WebSocket, Upgrade: notwebsocket",
        "Upgrade: WebSocket, 'Upgrade: websocket, h2c'",
        "Upgrade: WebSocket, Upgrade: h2c",
        "'keep-alive, Upgrade', noupgrade",
        "GET, POST",
        "Version: 13, Version: 12",
        "dGhlIHNhbXBsZSBub25jZQ==, dG9vIHNob3J0",
        "X-Auth-Subject: spoofed, Content-Length: 0",
    })
    void whatIsNoWebSocketIsAnOrdinaryRequest(String good, String bad) throws Exception {
        try (var backend = RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            var request = UPGRADE.replace(good, bad);
            assertThat(request).isNotEqualTo(UPGRADE);
            assertThat(client.send(request).head()).startsWith("HTTP/1.1 200");
            assertThat(backend.head()).doesNotContainIgnoringCase("\r\nupgrade:", "\r\nconnection:");
        }
    }
}
