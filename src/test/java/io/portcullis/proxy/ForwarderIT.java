package io.portcullis.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwarderIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a/%2e%2E/b;x=1//c?d=/../%20&e=%zz'\"{}|\\^`",
                "PROPFIND /",
                "get /lower",
                "M-SEARCH /?",
                "DELETE //x/y",
            })
    void methodAndTargetArriveByteForByte(String line) throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(line + " HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.bytes(2)).isEqualTo("ok");
            assertThat(backend.head()).startsWith(line + " HTTP/1.1\r\n");
        }
    }

    @Test
    void headersKeepTheirOrderLettersAndRepeats() throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(Wire.head(
                    "GET / HTTP/1.1",
                    "accept: */*",
                    "Host: evil.example",
                    "X-b: 2",
                    "x-A: 1",
                    "X-B: 3",
                    "Authorization: Bearer t",
                    "Cookie: a=1; portcullis=s;  b=2;c",
                    "Cookie: portcullis-login=x"));
            client.head();
            assertThat(backend.head())
                    .isEqualTo(Wire.head(
                            "GET / HTTP/1.1",
                            "host: admin.example.com",
                            "accept: */*",
                            "X-b: 2",
                            "x-A: 1",
                            "X-B: 3",
                            "Authorization: Bearer t",
                            "Cookie: a=1;  b=2;c",
                            "X-Forwarded-For: 192.0.2.7",
                            "X-Forwarded-Proto: https",
                            "X-Forwarded-Host: admin.example.com",
                            "Forwarded: for=192.0.2.7;proto=https;host=admin.example.com",
                            "X-Request-Id: req-1",
                            "X-Auth-Subject: 42",
                            "X-Auth-Level: two-factor"));
        }
    }

    @Test
    void whatAConnectionLineNamesIsRemovedButNeverOurs() throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(Wire.head(
                    "GET / HTTP/1.1",
                    "Host: h",
                    "Connection: keep-alive, X-Auth-Subject, Host",
                    "connection: X-One",
                    "x_one: 1",
                    "X-Two: 2",
                    "Keep-Alive: 5",
                    "TE: trailers",
                    "Proxy-Connection: x",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAA",
                    "X_Secret: s"));
            client.head();
            assertThat(backend.head())
                    .contains("X-Two: 2\r\n", "host: admin.example.com\r\n", "X-Auth-Subject: 42\r\n")
                    .doesNotContainIgnoringCase(
                            "one", "keep-alive", "\r\nte:", "proxy-", "upgrade", "http2", "connection:", "secret");
        }
    }

    @ParameterizedTest
    @CsvSource({"5, hello", "0, ''"})
    void bodyOfKnownLengthKeepsIt(int length, String body) throws Exception {
        try (var backend = echo(wire -> wire.bytes(length));
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("POST /up HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0" + length + "\r\n\r\n"
                    + body);
            assertThat(backend.head()).containsIgnoringCase("\r\ncontent-length: " + length + "\r\n");
            assertThat(client.rest()).contains("\r\n" + body).contains("END");
        }
    }

    @Test
    void chunkedBodyStaysChunkedAndLosesItsTrailers() throws Exception {
        try (var backend = echo(wire -> wire.until("0\r\n\r\n"));
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(Wire.head(
                            "POST /up HTTP/1.1",
                            "Host: h",
                            "Connection: close",
                            "Transfer-Encoding: Chunked",
                            "Trailer: X-Auth-Role")
                    + "2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nX-Auth-Role: root\r\n\r\n");
            assertThat(backend.head())
                    .containsIgnoringCase("\r\ntransfer-encoding: chunked\r\n")
                    .doesNotContainIgnoringCase("trailer");
            assertThat(client.rest()).contains("he").contains("llo").doesNotContain("root", "x=y");
        }
    }

    private interface Read {
        String from(Wire wire) throws Exception;
    }

    /** Answers with the raw body it got, then END, framed by the end of the connection. */
    private static RawBackend echo(Read body) throws Exception {
        var self = new RawBackend[1];
        self[0] = new RawBackend(wire -> {
            self[0].keep(wire.head());
            wire.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body.from(wire) + "END");
        });
        return self[0];
    }

    @Test
    void requestWithoutBodyGetsNoFraming() throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            client.head();
            assertThat(backend.head()).doesNotContainIgnoringCase("content-length", "transfer-encoding");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, HTTP/1.1 200 OK, Content-Length: 77, content-length: 77, 2",
        "HEAD, HTTP/1.1 200 OK, Transfer-Encoding: chunked, '', 2",
        "GET, HTTP/1.1 204 No Content, X: y, '', 1",
        "GET, HTTP/1.1 304 Not Modified, Content-Length: 77, content-length: 77, 2",
        "GET, HTTP/1.1 304 Not Modified, ETag: x, '', 1",
    })
    void answersWithoutBody(String method, String status, String header, String length, int connections)
            throws Exception {
        try (var backend = RawBackend.answering(status + "\r\n" + header + "\r\n\r\n");
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            for (int i = 0; i < 2; i++) { // the second one shows that nothing was left between
                client.send(method + " / HTTP/1.1\r\nHost: h\r\n\r\n");
                var head = client.head();
                assertThat(head).startsWith(status + "\r\n").doesNotContainIgnoringCase("transfer-encoding", "close");
                assertThat(head.toLowerCase(Locale.ROOT).contains("content-length"))
                        .isEqualTo(!length.isEmpty());
                assertThat(head).containsIgnoringCase(length);
            }
            assertThat(backend.connections()).isEqualTo(connections); // one that announced a body may still send it
        }
    }

    @Test
    void answerLosesWhatOnlyTheGatewayMaySay() throws Exception {
        var answer = Wire.head(
                        "HTTP/1.1 299 Odd Reason",
                        "X-a: 1",
                        "Set-Cookie: portcullis=evil; Path=/",
                        "set-cookie: legacy=1",
                        "Set-Cookie:  __Host-portcullis-login = x",
                        "X_Auth_Role: root",
                        "X-Portcullis: answered",
                        "X-Request-Id: theirs",
                        "Connection: X-Hop",
                        "X-Hop: 1",
                        "Keep-Alive: timeout=1",
                        "Upgrade: h2c",
                        "Trailer: X-T",
                        "X-A: 2",
                        "Cache-Control: public, max-age=60",
                        "Vary: Accept",
                        "Surrogate-Control: max-age=9",
                        "Content-Length: 2")
                + "ok";
        var forwarding = new Forwarding(
                "legacy",
                TestProxy.FORWARDING.origin(),
                List.of(),
                Set.of(),
                false,
                Map.of("X-2FA-Would-Refuse", "2FA_REQUIRED"),
                true,
                ExchangeLimits.NONE,
                Optional.empty());
        try (var backend = RawBackend.answering(answer);
                var proxy = new TestProxy(backend.port(), Duration.ofSeconds(10), forwarding);
                var client = Wire.to(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head())
                    .isEqualToIgnoringCase(Wire.head(
                            "HTTP/1.1 299 Odd Reason",
                            "X-a: 1",
                            "set-cookie: legacy=1",
                            "X-A: 2",
                            "Vary: Accept",
                            "cache-control: private, no-store",
                            "vary: Cookie, Authorization",
                            "X-Request-Id: req-1",
                            "X-2FA-Would-Refuse: 2FA_REQUIRED",
                            "content-length: 2"));
        }
    }

    @Test
    void clientOfHttp10GetsABodyThatEndsWithTheConnection() throws Exception {
        try (var backend = RawBackend.answering(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send("GET / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.head())
                    .startsWith("HTTP/1.0 200 OK\r\n")
                    .containsIgnoringCase("\r\nconnection: close\r\n")
                    .doesNotContainIgnoringCase("chunked")
                    .doesNotContainIgnoringCase("keep-alive");
            assertThat(client.rest()).isEqualTo("ok");
        }
    }

    @Test
    void connectionsAreKeptAndPipelinedRequestsAnsweredInTurn() throws Exception {
        try (var backend = RawBackend.answering(OK);
                var proxy = new TestProxy(backend.port());
                var client = Wire.to(proxy.port())) {
            client.send(
                    "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\nPOST /3 HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx");
            for (int i = 0; i < 3; i++) {
                assertThat(client.head()).startsWith("HTTP/1.1 200");
                client.bytes(2);
            }
            assertThat(backend.head()).startsWith("GET /1 ");
            assertThat(backend.head()).startsWith("GET /2 ");
            assertThat(backend.head()).startsWith("POST /3 ");
        }
    }
}
