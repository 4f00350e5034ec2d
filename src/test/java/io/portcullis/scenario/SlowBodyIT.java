package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that the gateway itself reads or throws away, of clients that it does not know. */
class SlowBodyIT {
    private static TestGateway gateway() {
        return TestGateway.by(List.of("listener-plain.yaml", "listener.yaml"), Map.of());
    }

    private static Socket send(TestGateway gateway, String target, String... lines) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(30_000);
        var head = "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 9\r\n" + String.join("\r\n", lines) + (lines.length == 0 ? "" : "\r\n") + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** All that comes until the other side closes. */
    private static String rest(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void bodiesThatStandStillAreGivenUp() throws Exception {
        var sockets = new ArrayList<Socket>();
        try (var gateway = gateway()) {
            for (var target : List.of("/auth/login", "/auth/unknown", "/admin/x")) {
                var socket = send(gateway, target);
                socket.getOutputStream().write('{');
                sockets.add(socket);
            }
            assertThat(rest(sockets.get(0).getInputStream())).isEmpty();
            assertThat(rest(sockets.get(1).getInputStream())).startsWith("HTTP/1.1 404 ");
            assertThat(rest(sockets.get(2).getInputStream())).startsWith("HTTP/1.1 401 ");
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    /** The next bytes could be the body or another request. */
    @ParameterizedTest
    @ValueSource(strings = {"/auth/unknown", "/admin/x"})
    void whoWaitedForAContinueAndIsRefusedGetsNoOtherAnswerOnThatConnection(String target) throws Exception {
        try (var gateway = gateway();
                var socket = send(gateway, target, "Expect: 100-continue")) {
            socket.getOutputStream()
                    .write("GET /public/x HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answers = rest(socket.getInputStream());
            assertThat(answers).startsWith("HTTP/1.1 4").containsIgnoringCase("\r\nconnection: close\r\n");
            assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(2);
        }
    }

    @Test
    void whoWaitsForAContinueOfTheGatewayGetsIt() throws Exception {
        try (var gateway = gateway();
                var socket = send(gateway, "/auth/login", "Expect: 100-continue", "Connection: close")) {
            var in = socket.getInputStream();
            assertThat(new String(in.readNBytes(25), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write("{\"a\": 12}".getBytes(StandardCharsets.US_ASCII));
            assertThat(rest(in)).startsWith("HTTP/1.1 4").contains("\"code\"");
        }
    }
}
