package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes to the port and cannot be read as the head of a request. */
class UnreadableHeadIT {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.by(List.of("listener-plain.yaml", "listener.yaml"), Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** {@code \n} ends a line, {@code {N}} stands for so many letters, far more than are read before the answer. */
    @ParameterizedTest
    @CsvSource({
        "'GET /public/x HTTP/1.1\\nHost: localhost\\nCookie: a={8000000}\\n\\n', headers",
        "'GET /public/{8000000} HTTP/1.1\\nHost: localhost\\n\\n', target",
        "'GET /public/x HTTP/1.1\\nHost: localhost\\nContent-Length: 1\\nContent-Length: 2\\n\\n', request",
        "'POST /public/x HTTP/1.1\\nHost: localhost\\nContent-Length: x\\n\\n', request",
        "'GET /public/x HTTP/1.1\\nHost: localhost\\nX\\u0001y: z\\n\\n', request",
        "'nonsense\\n\\n', request",
    })
    void isToldAboutInTheFormOfEveryError(String head, String field) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(30_000);
            var bytes = head.replace("{8000000}", "a".repeat(8_000_000))
                    .replace("\\n", "\r\n")
                    .replace("\\u0001", "\u0001");
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.").containsOnlyOnce(" 400 Bad Request\r\n");
            assertThat(answer).containsIgnoringCase("\r\nconnection: close\r\n");
            var error = new JsonObject(answer.substring(answer.indexOf("\r\n\r\n"))).getJsonObject("error");
            assertThat(error.getString("code")).isEqualTo("INVALID_REQUEST");
            assertThat(error.getString("requestId")).isNotEmpty();
            assertThat(error.getJsonArray("fields").getJsonObject(0).getString("field"))
                    .isEqualTo(field);
        }
    }
}
