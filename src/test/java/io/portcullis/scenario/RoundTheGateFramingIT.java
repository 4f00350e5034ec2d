package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.RawHttp;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No body hides a request. The gateway and the backend agree where each one ends, or the request is refused and the connection with it. */
class RoundTheGateFramingIT extends RoundTheGateStory {
    /** Would be a request for a protected path, and lie about who asks, if it stood by itself. */
    private static final String HIDDEN =
            "GET /admin/hidden HTTP/1.1\r\nHost: localhost\r\nX-Auth-Subject: evil\r\n\r\n";

    private void hidden(String lines, String body) throws IOException {
        for (var caller : round.callers()) {
            for (var target : new String[] {"/public/x", "/admin/x", "/auth/unknown"}) {
                var head = RoundTheGate.head(caller, "POST " + target + " HTTP/1.1", lines.split("\\|", -1));
                round.attempt(caller, head + "\r\n" + body);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5|Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked|Content-Length: 5",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding:\u000bchunked",
                "Transfer-Encoding: chunked\u0000",
                "Transfer-Encoding:\r\n chunked",
                "Transfer-Encoding : chunked",
                " Transfer-Encoding: chunked",
                "Transfer-Encoding\t: chunked",
                "X: 1\nTransfer-Encoding: chunked",
                "X: 1\rTransfer-Encoding: chunked",
                "Transfer_Encoding: chunked",
                "Transfer.Encoding: chunked",
                "HTTP_TRANSFER_ENCODING: chunked",
                "Transfer-Encoding: Chunked",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: ",
                "Transfer-Encoding: cow|Transfer-Encoding: chunked",
                "TE: chunked",
                "Content-Encoding: chunked"
            })
    void anEncodingThatOnlySomeServersObey(String lines) throws Exception {
        hidden(lines, "0\r\n\r\n" + HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 0|Content-Length: %d",
                "Content-Length: %d|Content-Length: 0",
                "Content-Length: 0, %d",
                "Content-Length: +%d",
                "Content-Length: -1",
                "Content-Length: 0x%d",
                "Content-Length: %d ",
                "Content-Length: %d,",
                "Content-Length: \"%d\"",
                "Content-Length: 0%d",
                "Content-Length: %d.0",
                "Content-Length: %d|Content_Length: 0",
                "Content-Length: %d|Content.Length: 0",
                "Content-Length: %d|HTTP_CONTENT_LENGTH: 0",
                "Content_Length: %d",
                "Content-Length : %d",
                " Content-Length: %d",
                "Content-Length: ",
                "Content-Length: 99999999999999999999",
                "Content-Length: %d|Connection: Content-Length",
                "Content-Length: %d|Expect: 100-continue",
                "Content-Length: %d|Expect: evil",
                "Content-Length: %d",
                "Content-Length: %d|Content-Length: %d"
            })
    void aLengthThatOnlySomeServersObey(String lines) throws Exception {
        hidden(lines.replace("%d", Integer.toString(HIDDEN.length())), HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0\r\n\r\n",
                "00000000000000000\r\n\r\n",
                "1;x=\"\r\n\"\r\n0\r\n\r\n",
                "0;x\n\r\n",
                "0\n\n",
                "0\r\r\n",
                "5\nabcde0\r\n\r\n",
                "5\r\nabcdeXX0\r\n\r\n",
                "-1\r\n\r\n",
                "+0\r\n\r\n",
                "0x0\r\n\r\n",
                " 0\r\n\r\n",
                "0 \r\n\r\n",
                "100000000\r\nx",
                "100000003\r\nabc\r\n0\r\n\r\n",
                "ffffffffffffffff\r\nx",
                "g\r\n\r\n",
                "\r\n0\r\n\r\n",
                "1\r\na\r\n0\r\nX: y\r\n\r\n",
                "0\r\nX-Auth-Subject: evil\r\n\r\n",
                "1;\u0000\r\na\r\n0\r\n\r\n",
                "3\r\nabc\r\n0\r\nContent-Length: 50\r\n\r\n"
            })
    void chunksThatOnlySomeServersReadSo(String chunks) throws Exception {
        hidden("Transfer-Encoding: chunked", chunks + HIDDEN);
    }

    @ParameterizedTest
    @CsvSource({"GET", "HEAD", "DELETE", "OPTIONS", "PURGE"})
    void aBodyOfAMethodThatHasNone(String method) throws Exception {
        for (var caller : round.callers()) {
            var sized = "Content-Length: " + HIDDEN.length();
            round.attempt(caller, RoundTheGate.head(caller, "DELETE /public/x HTTP/1.1", sized) + "\r\n" + HIDDEN);
            if (!method.equals("HEAD")) { // whose answer has a length and no body
                round.attempt(
                        caller, RoundTheGate.head(caller, method + " /public/x HTTP/1.1", sized) + "\r\n" + HIDDEN);
                round.attempt(
                        caller, RoundTheGate.head(caller, method + " /admin/x HTTP/1.1", sized) + "\r\n" + HIDDEN);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
    void oldAndNewVersionsEndWhereTheySay(String version) throws Exception {
        for (var caller : round.callers()) {
            var head = "POST /public/x " + version + "\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                    + caller.credential();
            var answers = round.attempt(caller, head + "\r\n0\r\n\r\n" + HIDDEN);
            assertThat(answers).isNotEmpty();
        }
    }

    private static final String BEHIND = "GET /public/behind HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /** Not even an honest request is served behind one of which nobody knows where it ends, whoever refuses that one. */
    @ParameterizedTest
    @CsvSource({
        "/public/x, 'Transfer-Encoding: gzip, chunked'",
        "/admin/x, 'Transfer-Encoding: gzip, chunked'",
        "/auth/login, 'Transfer-Encoding: gzip, chunked'",
        "/auth/unknown, 'Transfer-Encoding: gzip, chunked'",
        "/public/x, 'Transfer-Encoding:\r\n chunked, chunked'",
        "/admin/x, 'Transfer-Encoding: chunked, chunked'",
    })
    void anUnclearEndIsTheEndOfTheConnection(String target, String line) throws Exception {
        round.backend().news();
        try (var raw = RawHttp.to(round.gateway().port())) {
            raw.send("POST " + target + " HTTP/1.1\r\nHost: localhost\r\n" + line + "\r\n\r\n0\r\n\r\n" + BEHIND);
            var answers = raw.answers();
            assertThat(answers).hasSize(1);
            assertThat(answers.getFirst().status()).isEqualTo(400);
            assertThat(answers.getFirst().header("Connection")).contains("close");
        }
        assertNothingBehind();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/x", "/auth/unknown"})
    void aRefusedExpectationIsTheEndOfTheConnectionHoweverLongItLingers(String target) throws Exception {
        round.backend().news();
        try (var raw = RawHttp.to(round.gateway().port())) {
            raw.send("POST " + target
                    + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(raw.next().header("Connection")).contains("close");
            raw.send("hello" + BEHIND);
            assertThat(raw.answers()).isEmpty();
        }
        assertNothingBehind();
    }

    private static void assertNothingBehind() throws IOException {
        RawHttp.get(round.gateway().port(), "/public/after");
        assertThat(round.backend().news()).noneMatch(head -> head.target().contains("behind"));
    }
}
