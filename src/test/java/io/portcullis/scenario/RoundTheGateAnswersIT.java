package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.RawHttp;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects stay on our own site, and no cache gives one person's answer to another. */
class RoundTheGateAnswersIT extends RoundTheGateStory {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin//evil.example",
                "/admin/..//evil.example",
                "/admin?next=//evil.example",
                "/admin/%2f%2fevil.example",
                "/admin/\\evil.example",
                "/admin@evil.example",
                "/admin/x%0d%0aLocation:%20//evil.example",
                "http://localhost/admin",
                "/admin/https:evil.example",
                "/admin?%0d%0aSet-Cookie:x=y"
            })
    void aRedirectStaysHere(String target) throws Exception {
        for (var more : new String[] {
            "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: javascript", "Forwarded: host=evil.example"
        }) {
            for (var caller : round.callers()) {
                var answers = round.attempt(
                        caller,
                        RoundTheGate.head(caller, "GET " + target + " HTTP/1.1", "Accept: text/html", more) + "\r\n");
                assertThat(answers).allSatisfy(answer -> {
                    answer.header("Location").ifPresent(location -> {
                        var to = URI.create(location);
                        assertThat(to.getAuthority()).as(location).isIn("admin.example.com", null);
                        assertThat(to.getPath()).isIn("/login", "/setup", "/verify");
                        assertThat(to.getQuery()).matches("next=/([^/\\\\].*)?");
                    });
                    assertThat(answer.headers("Set-Cookie")).isNotEqualTo(java.util.List.of("x=y"));
                });
            }
        }
    }

    @Test
    void anAnswerToOnePersonIsForNoSharedCache() throws Exception {
        var alice = round.gateway().loggedIn().enrolled();
        var hers = "Authorization: Bearer " + alice.token();
        var first = RawHttp.get(round.gateway().port(), "/admin/x", hers);
        assertThat(first.text()).isEqualTo("/admin/x");
        assertThat(first.headers("Cache-Control"))
                .singleElement()
                .satisfies(order -> assertThat(order).contains("private").doesNotContain("public"));
        assertThat(first.header("Vary").orElseThrow()).contains("Cookie").contains("Authorization");
        assertThat(first.header("Surrogate-Control")).isEmpty();
        for (var condition :
                new String[] {"If-None-Match: *", "If-Modified-Since: Thu, 01 Jan 2099 00:00:00 GMT", "Range: bytes=0-1"
                }) {
            var second = RawHttp.get(round.gateway().port(), "/admin/x", condition);
            assertThat(second.status()).isEqualTo(401);
            assertThat(second.header("Cache-Control")).contains("no-store");
        }
        round.backend().news();
    }

    @Test
    void anAnswerForEverybodyMayBeKept() throws Exception {
        assertThat(RawHttp.get(round.gateway().port(), "/public/x").header("Cache-Control"))
                .contains("public, max-age=60");
    }

    /** Only the allowed origin gets an answer that it may read; nothing of a preflight is forwarded. */
    @Test
    void aPreflightOpensNothing() throws Exception {
        for (var origin : new String[] {
            "https://console.example.com", "https://evil.example", "null", "https://console.example.com.evil.example"
        }) {
            round.backend().news();
            var answer = round.attempt(
                            round.nobody(),
                            RoundTheGate.head(
                                            round.nobody(),
                                            "OPTIONS /admin/x HTTP/1.1",
                                            "Origin: " + origin,
                                            "Access-Control-Request-Method: GET")
                                    + "\r\n")
                    .getFirst();
            boolean allowed = origin.equals("https://console.example.com");
            assertThat(answer.status()).as(origin).isEqualTo(allowed ? 204 : 401);
            assertThat(answer.header("Access-Control-Allow-Origin").isPresent()).isEqualTo(allowed);
        }
    }
}
