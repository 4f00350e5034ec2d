package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.RawHttp;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The credential that was judged is the only one that the backend gets. */
class RoundTheGateCredentialsIT extends RoundTheGateStory {
    /** A backend that knows the same tokens must not get one that was not judged. */
    @Test
    void aSecondCredentialIsNeverTakenAlong() throws Exception {
        var strong = round.gateway().loggedIn().enrolled().token();
        var weak = round.gateway().loggedIn("user").token();
        for (var lines : List.of(
                "Authorization: Bearer " + strong + "\r\nAuthorization: Bearer " + weak,
                "Authorization: Bearer " + weak + "\r\nauthorization: Bearer " + strong,
                "Authorization: Bearer " + strong + ", Bearer " + weak,
                "Authorization: Bearer " + strong + "\r\nCookie: access_token=" + weak,
                "Cookie: access_token=" + strong + "\r\nCookie: access_token=" + weak,
                "Cookie: access_token=" + strong + "; access_token=" + weak,
                "Cookie: access_token=" + strong + "; ACCESS_TOKEN=" + weak,
                "Cookie: access_token=" + strong + "; %61ccess_token=" + weak,
                "Cookie: access_token=" + strong + "; \"access_token\"=" + weak,
                "Cookie: access_token=" + strong + "; $access_token=" + weak,
                "Cookie: access_token=" + strong + "\r\nHTTP_COOKIE: access_token=" + weak,
                "Authorization: Bearer " + strong + "\r\nHTTP_AUTHORIZATION: Bearer " + weak,
                "Authorization: Bearer " + strong + "\r\nProxy-Authorization: Bearer " + weak)) {
            try (var raw = RawHttp.to(round.gateway().port())) {
                raw.send("GET /admin/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines + "\r\n\r\n");
                RoundTheGate.isClean(raw.answer());
            }
            assertThat(round.backend().news())
                    .as(lines.replace(weak, "WEAK").replace(strong, "STRONG"))
                    .allSatisfy(
                            head -> assertThat(head.toString()).contains(strong).doesNotContain(weak));
        }
    }

    @Test
    void ourOwnCookieNeverArrives() throws Exception {
        for (var cookie : List.of("portcullis=x", "a=1; portcullis=x; b=2", "PORTCULLIS=x")) {
            var asked = RoundTheGate.head(round.nobody(), "GET /public/x HTTP/1.1", "Cookie: " + cookie) + "\r\n";
            try (var raw = RawHttp.to(round.gateway().port())) {
                raw.send(asked);
                raw.next();
            }
            assertThat(round.backend().news())
                    .allSatisfy(head ->
                            assertThat(head.credentials()).as(cookie).noneMatch(one -> one.contains("portcullis")));
        }
    }
}
