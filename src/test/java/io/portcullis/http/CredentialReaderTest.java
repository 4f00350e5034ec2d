package io.portcullis.http;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.testing.RequestHead;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialReaderTest {
    private final CredentialReader reader = new CredentialReader(Set.of("LEGACY"), "portcullis");

    @Test
    void theBearerComesFirstThenTheCookiesOfTheConfig() {
        var request =
                RequestHead.of("GET").with("Authorization", "bearer  a.b.c").with("Cookie", "x=0; LEGACY=d");
        assertThat(reader.read(request.request()))
                .containsExactly(new Carried("a.b.c", Optional.empty()), new Carried("d", Optional.of("LEGACY")));
    }

    @Test
    void ourOwnCookieHoldsOneOfOurTokensOrNothing() {
        var token = OwnToken.random(new SecureRandom()).value();
        var request = RequestHead.of("GET").with("Cookie", "portcullis=planted; portcullis=" + token);
        assertThat(reader.read(request.request())).containsExactly(Carried.cookie("portcullis", token));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic YTpi", "Bearer\ta.b.c", "Token a.b.c", "a.b.c", "Bearer", "Bearer a b", "\"Bearer a\""})
    void whatIsNoBearerIsNoCredential(String authorization) {
        var request = RequestHead.of("GET").with("Authorization", authorization);
        assertThat(reader.read(request.request())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LEGACY=a; LEGACY=b", "x=1, LEGACY=b", "legacy=b", "%4cEGACY=b", "LEGACY[]=b"})
    void aCookieThatTwoServersCouldPickDifferentlyIsRefused(String cookie) {
        var request = RequestHead.of("GET").with("Cookie", cookie).with("Authorization", "Bearer a.b.c");
        assertThat(problemOf(() -> reader.read(request.request()))).isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void twoAuthorizationsAreRefused() {
        var request = RequestHead.of("GET").with("Authorization", "Bearer a").with("Authorization", "Bearer b");
        assertThat(problemOf(() -> reader.read(request.request()))).isInstanceOf(Problem.InvalidRequest.class);
    }
}
