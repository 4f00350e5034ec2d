package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.RawHttp;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client says of itself, of its way, of another path or of another method is never believed, however it is spelled. */
class RoundTheGateHeadersIT extends RoundTheGateStory {
    private static Set<String> spellings(String name) {
        return new TreeSet<>(List.of(
                name,
                name.toLowerCase(Locale.ROOT),
                name.toUpperCase(Locale.ROOT),
                name.replace('-', '_'),
                name.replace('-', '.'),
                name.replace('-', '~'),
                "HTTP_" + name.replace('-', '_').toUpperCase(Locale.ROOT),
                "http-" + name,
                "HTTP_HTTP_" + name.replace('-', '_')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Auth-Subject",
                "X-Auth-Realm",
                "X-Auth-Email",
                "X-Auth-Role",
                "X-Auth-Amr",
                "X-Auth-Level",
                "X-Auth-Session",
                "X-Auth-Assertion",
                "X-Auth-User",
                "X-Auth",
                "Remote-User",
                "X-Remote-User",
                "X-Forwarded-User",
                "X-Forwarded-Email",
                "X-Forwarded-Groups",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "X-Forwarded-Host",
                "X-Forwarded-Port",
                "X-Forwarded-Server",
                "X-Forwarded",
                "Forwarded",
                "Forwarded-For",
                "X-Real-IP",
                "True-Client-IP",
                "Client-IP",
                "X-Client-IP",
                "Via",
                "X-Host",
                "X-Request-Id",
                "X-Portcullis",
                "X-SSL-Client-S-DN",
                "SSL-Client-Verify",
                "Proxy-Authorization",
                "X-Amzn-Oidc-Data",
                "X-MS-Client-Principal-Name"
            })
    void aHeaderThatOnlyTheGatewayMaySay(String name) throws Exception {
        var lines = spellings(name).stream()
                .map(one -> one + ": " + RoundTheGate.EVIL)
                .collect(Collectors.joining("\r\n"));
        for (var caller : round.callers()) {
            var asked = RoundTheGate.head(caller, "GET /public/x HTTP/1.1", lines) + "\r\n";
            assertThat(round.attempt(caller, asked)).hasSize(1);
            round.attempt(caller, RoundTheGate.head(caller, "GET /admin/x HTTP/1.1", lines) + "\r\n");
            // As one that is meant for the connection alone, which must not take ours away either.
            round.attempt(
                    caller, RoundTheGate.head(caller, "GET /users/x HTTP/1.1", lines, "Connection: " + name) + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Auth-Subject : evil",
                "X-Auth-Subject\t: evil",
                " X-Auth-Subject: evil",
                "\tX-Auth-Subject: evil",
                "X: 1\n X-Auth-Subject: evil",
                "X: 1\nX-Auth-Subject: evil",
                "X: 1\rX-Auth-Subject: evil",
                "X: 1\r\rX-Auth-Subject: evil",
                "X: 1\0\r\nX-Auth-Subject: evil",
                "X\0: 1\r\nX-Auth-Subject: evil",
                "X-Auth-Subject:evil",
                "X-Auth-Subject\u00a0: evil",
                "\u00a0X-Auth-Subject: evil",
                "\u000bX-Auth-Subject: evil",
                "X-Auth-Subject\u0000: evil",
                "\u0000X-Auth-Subject: evil",
                ": X-Auth-Subject: evil",
                "X-Auth-Subject\r\n: evil",
                "X-Auth-Subject:\r\n evil",
                "X: 1\u0085X-Auth-Subject: evil",
                "\"X-Auth-Subject\": evil",
                "(X-Auth-Subject: evil",
                "X-Auth-Subject, X: evil",
                "Connection: close, X-Auth-Subject\r\nX-Auth-Subject: evil",
                "Trailer: X-Auth-Subject"
            })
    void aLineThatOnlySomeServersReadAsOne(String line) throws Exception {
        for (var caller : round.callers()) {
            round.attempt(caller, RoundTheGate.head(caller, "GET /public/x HTTP/1.1", line) + "\r\n");
        }
    }

    @Test
    void aTrailerIsNoHeader() throws Exception {
        for (var caller : round.callers()) {
            for (var name : List.of(
                    "X-Auth-Subject", "x_auth_role", "Host", "Authorization", "Transfer-Encoding", "X-Original-URL")) {
                var body = "3\r\nabc\r\n0\r\n" + name + ": " + RoundTheGate.EVIL + "\r\n\r\n";
                var head = RoundTheGate.head(
                        caller,
                        "POST /public/x HTTP/1.1",
                        "Transfer-Encoding: chunked",
                        "TE: trailers",
                        "Trailer: " + name);
                round.attempt(caller, head + "\r\n" + body);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Original-URL",
                "X-Original-URI",
                "X-Rewrite-URL",
                "X-Override-URL",
                "X-Forwarded-Uri",
                "X-Forwarded-Path",
                "X-Forwarded-Prefix",
                "X-HTTP-Path-Override",
                "X-Envoy-Original-Path",
                "Path-Info",
                "Script-Name"
            })
    void aHeaderThatSaysAnotherPath(String name) throws Exception {
        for (var caller : round.callers()) {
            for (var spelling : spellings(name)) {
                var asked = RoundTheGate.head(caller, "GET /public/x HTTP/1.1", spelling + ": /admin") + "\r\n";
                assertThat(round.attempt(caller, asked))
                        .singleElement()
                        .satisfies(answer -> assertThat(answer.text()).isEqualTo("/public/x"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Forwarded-Method"})
    void aHeaderThatSaysAnotherMethod(String name) throws Exception {
        var caller = round.callers().get(1);
        for (var spelling : spellings(name)) {
            try (var raw = RawHttp.to(round.gateway().port())) {
                raw.send(RoundTheGate.head(caller, "GET /users/x HTTP/1.1", spelling + ": DELETE") + "\r\n");
                assertThat(raw.next().status()).isEqualTo(200);
            }
            assertThat(round.checkBackend(caller, spelling))
                    .singleElement()
                    .satisfies(head -> assertThat(head.method()).isEqualTo("GET"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: other",
                "Host: localhost\r\nHost: other",
                "Host: localhost, other",
                "Host: localhost/admin",
                "Host: other@localhost",
                "Host: localhost:x"
            })
    void anotherHost(String lines) throws Exception {
        for (var caller : round.callers()) {
            var answers =
                    round.attempt(caller, "GET /public/x HTTP/1.1\r\n" + caller.credential() + lines + "\r\n\r\n");
            assertThat(answers.getFirst().isOfTheGateway()).as(lines).isTrue();
        }
    }
}
