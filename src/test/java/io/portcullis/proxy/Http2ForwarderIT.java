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
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 from the client, HTTP/1.1 to the backend. */
class Http2ForwarderIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int NO_ERROR = 0;
    private static final int PROTOCOL_ERROR = 1;
    private static final int CANCEL = 8;

    private static RawHttp2 to(TestProxy proxy) throws Exception {
        return RawHttp2.to(proxy.port(), TlsPair.shared());
    }

    @Test
    void aHeadArrivesAsOneOfHttp1() throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = TestProxy.overTls(backend.port());
                var client = to(proxy)) {
            client.ask(
                    1,
                    head(
                            "GET",
                            "/a/%2e%2E/b;x=1//c?d=/../%20",
                            "x-b: 2",
                            "cookie: a=1",
                            "x-auth-subject: evil",
                            "x_auth_level: evil",
                            "te: trailers",
                            "cookie: portcullis=s",
                            "x-b: 3",
                            "cookie: b=2"));
            var answer = client.stream(1);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.reset()).isFalse();
            assertThat(backend.head())
                    .startsWith("GET /a/%2e%2E/b;x=1//c?d=/../%20 HTTP/1.1\r\nhost: admin.example.com\r\n")
                    .contains("\r\nx-b: 2\r\n", "\r\nx-b: 3\r\n", "\r\ncookie: a=1; b=2\r\n", "X-Auth-Subject: 42\r\n")
                    .doesNotContain("evil", "\r\nte:", "authority", "scheme", "ransfer-", "ontent-");
        }
    }

    @Test
    void aBodyWithoutALengthIsChunked() throws Exception {
        try (var backend = new RawBackend(wire -> {
                    var got = wire.head() + wire.until("0\r\n\r\n");
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + got.length() + "\r\n\r\n" + got);
                });
                var proxy = TestProxy.overTls(backend.port());
                var client = to(proxy)) {
            client.open(1, head("POST", "/up")).body(1, 0, "he").body(1, END_STREAM, "llo");
            assertThat(client.stream(1).body())
                    .containsIgnoringCase("\r\ntransfer-encoding: chunked\r\n")
                    .doesNotContainIgnoringCase("content-length")
                    .containsPattern("2\r\nhe\r\n3\r\nllo|5\r\nhello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "OPTIONS", "GET", "PROPFIND"})
    void aRequestThatEndsWithItsHeadHasNoBody(String method) throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = TestProxy.overTls(backend.port());
                var client = to(proxy)) {
            client.ask(1, head(method, "/x"));
            assertThat(client.stream(1).status()).isEqualTo(200);
            assertThat(backend.head()).doesNotContainIgnoringCase("transfer-encoding");
        }
    }

    @Test
    void aBodyOfKnownLengthKeepsItAndATrailerGoesNowhere() throws Exception {
        try (var backend = new RawBackend(wire -> {
                    var got = wire.head() + wire.bytes(5);
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + got.length() + "\r\n\r\n" + got);
                });
                var proxy = TestProxy.overTls(backend.port());
                var client = to(proxy)) {
            client.open(1, head("POST", "/up", "content-length: 5")).body(1, 0, "hello");
            client.ask(1, "x-auth-subject: evil");
            assertThat(client.stream(1).body())
                    .containsIgnoringCase("\r\ncontent-length: 5\r\n")
                    .endsWith("\r\n\r\nhello")
                    .doesNotContain("evil");
        }
    }

    @Test
    void nothingOfTheBackendsConnectionIsInTheAnswer() throws Exception {
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.send(Wire.head(
                            "HTTP/1.1 200 Fine",
                            "Connection: close, X-Hop",
                            "X-Hop: 1",
                            "Keep-Alive: timeout=5",
                            "X-Kept: 1",
                            "Transfer-Encoding: chunked"));
                    wire.send("2\r\nok\r\n0\r\n\r\n");
                });
                var proxy = TestProxy.overTls(backend.port());
                var client = to(proxy)) {
            var answer = client.ask(1, head("GET", "/")).stream(1);
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.head().get("x-kept")).isEqualToIgnoringCase("1");
            assertThat(answer.head().names())
                    .extracting(CharSequence::toString)
                    .containsExactlyInAnyOrder(":status", "x-kept", "x-request-id");
        }
    }

    @Test
    void aStreamThatIsAbandonedTakesItsRequestWithItAndNoOther() throws Exception {
        var asked = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        try (var backend = new RawBackend(wire -> {
                    if (wire.head().startsWith("GET /kept")) {
                        asked.countDown();
                        go.await(10, TimeUnit.SECONDS);
                        wire.send(OK);
                    } else {
                        asked.countDown();
                    }
                    wire.until("never");
                });
                var proxy = TestProxy.overTls(backend.port());
                var client = to(proxy)) {
            client.ask(1, head("GET", "/kept")).ask(3, head("GET", "/left"));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            client.frame(RawHttp2.RESET, 0, 3, (byte) 0, (byte) 0, (byte) 0, (byte) CANCEL);
            assertThat(backend.end()).isEqualTo("done"); // its connection was closed
            go.countDown();
            assertThat(client.stream(1).body()).isEqualTo("ok");
        }
    }

    @Test
    void anUploadThatIsRefusedHalfWayEndsAlone() throws Exception {
        var refusal = "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig";
        try (var backend = new RawBackend(wire -> {
                    if (wire.head().startsWith("GET")) {
                        wire.send(OK);
                    } else {
                        wire.send(refusal);
                    }
                    wire.until("never");
                });
                var proxy = TestProxy.overTls(backend.port());
                var client = to(proxy)) {
            client.open(1, head("POST", "/up", "content-length: 1000000")).body(1, 0, "begun");
            var answer = client.stream(1);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("big");
            // More than is drained: from here on the rest is not wanted.
            for (int sent = 0; sent < 5; sent++) {
                client.body(1, 0, "x".repeat(16_000));
            }
            assertThat(client.stream(1).resetCode()).isEqualTo(NO_ERROR);
            assertThat(client.ask(3, head("GET", "/")).stream(3).body()).isEqualTo("ok");
        }
    }

    @Test
    void anAnswerThatDiesIsNeverSeenWhole() throws Exception {
        try (var backend = new RawBackend(wire -> {
                    if (wire.head().startsWith("GET /whole")) {
                        wire.send(OK);
                        wire.until("never");
                    }
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                });
                var proxy = TestProxy.overTls(backend.port());
                var client = to(proxy)) {
            var answer = client.ask(1, head("GET", "/")).stream(1);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.resetCode()).isPositive();
            assertThat(client.ask(3, head("GET", "/whole")).stream(3).body()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection: close",
                "connection: x-auth-subject",
                "transfer-encoding: chunked",
                "keep-alive: 5",
                "proxy-connection: keep-alive",
                "upgrade: websocket",
                "te: gzip",
                "X-Upper: 1",
                "x y: 1",
                "x\r\nx-auth-subject: evil",
                "x: 1\r\nx-auth-subject: evil",
                "x: 1\nx-auth-subject: evil",
                "x: 1\0",
                ":status: 200",
                ":path: /admin",
                ":method: POST",
                ":unknown: 1",
                "content-length: 5",
                "content-length: -1",
            })
    void aMalformedHeadReachesNobody(String line) throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = TestProxy.overTls(backend.port());
                var client = to(proxy)) {
            client.ask(1, head("GET", "/", line));
            assertThat(client.stream(1).resetCode()).isEqualTo(PROTOCOL_ERROR);
            assertThat(client.ask(3, head("GET", "/next")).stream(3).body()).isEqualTo("ok");
            assertThat(backend.head()).startsWith("GET /next ");
            assertThat(backend.requestsLeft()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nX-Auth-Subject: evil\r\nX:", "GET /admin", "G(T", ""})
    void aMethodThatIsNoneReachesNobody(String method) throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = TestProxy.overTls(backend.port());
                var client = to(proxy)) {
            client.ask(1, head(method, "/"));
            assertThat(client.stream(1).resetCode()).isEqualTo(PROTOCOL_ERROR);
            assertThat(backend.requestsLeft()).isZero();
        }
    }

    @Test
    void aBodyOfAnotherLengthThanItSaysIsNeverWhole() throws Exception {
        try (var backend = new RawBackend(wire -> {
                    wire.head();
                    wire.until("never");
                });
                var proxy = TestProxy.overTls(backend.port());
                var client = to(proxy)) {
            client.open(1, head("POST", "/", "content-length: 5"))
                    .body(1, END_STREAM, "helloGET /admin HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.stream(1).resetCode()).isPositive();
        }
    }
}
