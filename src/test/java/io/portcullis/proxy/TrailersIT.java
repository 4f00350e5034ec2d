package io.portcullis.proxy;

import static io.portcullis.testing.RawHttp2.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.RawHttp2;
import io.portcullis.testing.TlsPair;
import org.junit.jupiter.api.Test;

/** Fields behind the body of an answer. */
class TrailersIT {
    private static final String CHUNKED =
            Wire.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Trailer: X-Checksum") + "2\r\nok\r\n0\r\n";
    private static final String TRAILERS = Wire.head("X-Checksum: 7", "Server-Timing: db;dur=5", "X-CHECKSUM: 8");
    private static final String NOT_FOR_CLIENTS = Wire.head(
            "Content-Length: 9",
            "Transfer-Encoding: chunked",
            "Connection: close",
            "X-Auth-Subject: planted",
            "X_Auth_Role: planted",
            "X-Request-Id: planted",
            "Set-Cookie: a=planted",
            "Cache-Control: planted",
            "Location: planted",
            "Access-Control-Allow-Origin: planted",
            "Content-Type: planted",
            "X-Kept: 1");

    @Test
    void passInTheirOrderAndLetters() throws Exception {
        try (var backend = RawBackend.answering(CHUNKED + TRAILERS);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            for (int i = 0; i < 2; i++) { // the second one shows that nothing was left between
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(client.head()).containsIgnoringCase("transfer-encoding: chunked");
                assertThat(client.until("\r\n\r\n")).isEqualTo("2\r\nok\r\n0\r\n" + TRAILERS);
            }
        }
    }

    @Test
    void whatFramesOrOnlyTheGatewayMaySayDoesNot() throws Exception {
        try (var backend = RawBackend.answering(CHUNKED + NOT_FOR_CLIENTS);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            client.head();
            assertThat(client.until("\r\n\r\n")).isEqualTo("2\r\nok\r\n0\r\nX-Kept: 1\r\n\r\n");
        }
    }

    @Test
    void passToHttp2AsItsOwn() throws Exception {
        try (var backend = RawBackend.answering(CHUNKED + NOT_FOR_CLIENTS);
                var proxy = TestProxy.overTls(backend.port());
                var client = RawHttp2.to(proxy.port(), TlsPair.shared())) {
            for (int stream = 1; stream < 5; stream += 2) {
                var answer = client.ask(stream, head("GET", "/")).stream(stream);
                assertThat(answer.body()).isEqualTo("ok");
                assertThat(answer.head().names())
                        .extracting(CharSequence::toString)
                        .containsExactly("x-kept");
                assertThat(answer.reset()).isFalse();
            }
        }
    }

    @Test
    void anOldClientGetsTheBodyAlone() throws Exception {
        try (var backend = RawBackend.answering(CHUNKED + TRAILERS);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("GET / HTTP/1.0\r\nHost: h\r\n\r\n");
            client.head();
            assertThat(client.rest()).isEqualTo("ok");
        }
    }
}
