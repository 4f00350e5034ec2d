package io.portcullis.proxy;

import static io.portcullis.testing.RawHttp2.END_STREAM;
import static io.portcullis.testing.RawHttp2.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.RawHttp2;
import io.portcullis.testing.TlsPair;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client and a backend agree upon beyond a request and its answer. */
class FidelityIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String EXPECTING =
            "POST /up HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"417 Expectation Failed", "413 Content Too Large", "401 Unauthorized", "200 OK"})
    void aFinalAnswerInPlaceOf100ReachesAClientThatWaits(String status) throws Exception {
        try (var backend = new RawBackend(wire -> {
                    assertThat(wire.head()).containsIgnoringCase("Expect: 100-continue");
                    wire.send("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nno");
                    wire.until("never");
                });
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(EXPECTING);
            assertThat(client.head()).startsWith("HTTP/1.1 " + status + "\r\n");
            assertThat(client.bytes(2)).isEqualTo("no");
            assertThat(backend.end()).isEqualTo("done"); // no other request may come where this one's body is expected
        }
    }

    /** Which knows no interim answers (RFC 9110, section 15.2). */
    @Test
    void http10HearsOfNo100() throws Exception {
        try (var backend = RawBackend.continuing("hello", OK);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("POST /up HTTP/1.0\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(client.head()).startsWith("HTTP/1.0 200 OK");
        }
    }

    @Test
    void aHeaderWithoutANameGoesNoFurther() throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(Wire.head("GET / HTTP/1.1", "Host: h", "X-One: 1", ": nameless", "X-Two: 2"));
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
            assertThat(backend.head()).contains("X-One: 1", "X-Two: 2").doesNotContain("nameless");
        }
    }

    @Test
    void aBackendThatSays100ToHttp2GetsTheBody() throws Exception {
        try (var backend = RawBackend.continuing("hello", OK);
                var proxy = TestProxy.overTls(backend.port());
                var client = RawHttp2.to(proxy.port(), TlsPair.shared())) {
            client.open(1, head("POST", "/up", "expect: 100-continue", "content-length: 5"));
            assertThat(client.next().type()).isIn(RawHttp2.SETTINGS, RawHttp2.HEADERS, RawHttp2.WINDOW_UPDATE);
            client.body(1, END_STREAM, "hello");
            assertThat(client.stream(1).body()).isEqualTo("ok");
            assertThat(backend.end()).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, 200 OK, Content-Length: 77, 77, 2",
        "HEAD, 200 OK, Transfer-Encoding: chunked, '', 2",
        "GET, 204 No Content, X: y, '', 1",
        "GET, 304 Not Modified, Content-Length: 77, 77, 2",
        "GET, 304 Not Modified, ETag: x, '', 1",
    })
    void anAnswerWithoutABodyEndsWithItsHeadInHttp2(
            String method, String status, String header, String length, int connections) throws Exception {
        try (var backend = RawBackend.answering("HTTP/1.1 " + status + "\r\n" + header + "\r\n\r\n");
                var proxy = TestProxy.overTls(backend.port());
                var client = RawHttp2.to(proxy.port(), TlsPair.shared())) {
            for (int stream = 1; stream < 5; stream += 2) {
                var answer = client.ask(stream, head(method, "/")).stream(stream);
                assertThat(answer.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
                assertThat(answer.body()).isEmpty();
                assertThat(answer.reset()).isFalse();
                var told = answer.head().get("content-length");
                assertThat(told == null ? "" : told.toString()).isEqualTo(length);
            }
            // One that announced a body may still send it: nobody else is served on that connection.
            assertThat(backend.connections()).isEqualTo(connections);
        }
    }

    @Test
    void anEventArrivesOverHttp2WhenItIsSent() throws Exception {
        var read = new CountDownLatch(1);
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.send(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                    assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
                    wire.send("9\r\ndata: 1\n\n\r\n");
                    wire.head();
                });
                var proxy = TestProxy.overTls(backend.port());
                var client = RawHttp2.to(proxy.port(), TlsPair.shared())) {
            client.ask(1, head("GET", "/events"));
            while (client.next().type() != RawHttp2.HEADERS) {} // settings come first
            read.countDown();
            var frame = client.next();
            while (frame.type() != RawHttp2.DATA) {
                frame = client.next();
            }
            assertThat(frame.payload().remaining()).isEqualTo("data: 1\n\n".length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PURGE", "M-SEARCH", "REPORT", "get", "X!#$%&'*+.^_`|~9"})
    void anyMethodPassesWithItsQueryOverHttp2(String method) throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = TestProxy.overTls(backend.port());
                var client = RawHttp2.to(proxy.port(), TlsPair.shared())) {
            var target = "/a?b=%2f%2F&c=+&&d=/../?e=%zz'\"{}|\\^`";
            assertThat(client.ask(1, head(method, target)).stream(1).body()).isEqualTo("ok");
            assertThat(backend.head()).startsWith(method + " " + target + " HTTP/1.1\r\n");
        }
    }
}
