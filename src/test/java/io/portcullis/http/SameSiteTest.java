package io.portcullis.http;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.portcullis.domain.error.Problem;
import io.portcullis.testing.RequestHead;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameSiteTest {
    private final SameSite sameSite =
            new SameSite(new Cors(Set.of("https://console.example.com")), URI.create("https://admin.example.com"));

    @ParameterizedTest
    @CsvSource({
        "https://admin.example.com, admin.example.com",
        "https://admin.example.com, internal.example.com",
        "https://other.example.com, other.example.com",
        "https://console.example.com, admin.example.com",
        "http://localhost:8080, localhost:8080",
    })
    void ownAndNamedOriginsPass(String origin, String host) {
        var request = RequestHead.of("POST").with("Origin", origin).with("Host", host);
        assertThatCode(() -> sameSite.check(request.request())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, navigate, document, '', true",
        "GET, navigate, iframe, '', false",
        "GET, no-cors, image, '', false",
        "GET, cors, empty, https://evil.example, false",
        "POST, navigate, document, https://evil.example, false",
        "POST, navigate, document, '', false",
        "HEAD, navigate, document, '', false",
    })
    void onlyAPageThatSomebodyGoesToIsLedTo(
            String method, String mode, String destination, String origin, boolean ledHere) {
        var request = RequestHead.of(method)
                .with("Host", "admin.example.com")
                .with("Sec-Fetch-Site", "cross-site")
                .with("Sec-Fetch-Mode", mode)
                .with("Sec-Fetch-Dest", destination);
        var sent = origin.isEmpty() ? request : request.with("Origin", origin);
        assertThat(SameSite.isLedHere(sent.request())).isEqualTo(ledHere);
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, admin.example.com",
        "null, admin.example.com",
        "http://admin.example.com, admin.example.com",
        "https://admin.example.com.evil.example, admin.example.com",
        "http://localhost:9999, localhost:8080",
    })
    void anyOtherOriginIsForbidden(String origin, String host) {
        var request = RequestHead.of("POST").with("Origin", origin).with("Host", host);
        assertThat(problemOf(() -> sameSite.check(request.request()))).isEqualTo(new Problem.Forbidden());
    }

    @Test
    void aCrossSiteRequestWithoutOriginIsForbiddenAndOneOfNoBrowserPasses() {
        var crossSite = RequestHead.of("GET").with("Host", "admin.example.com").with("Sec-Fetch-Site", "cross-site");
        assertThat(problemOf(() -> sameSite.check(crossSite.request()))).isEqualTo(new Problem.Forbidden());
        assertThat(SameSite.isLedHere(crossSite.request())).isFalse(); // an image, a script, a fetch
        var curl = RequestHead.of("POST").with("Host", "admin.example.com");
        assertThatCode(() -> sameSite.check(curl.request())).doesNotThrowAnyException();
    }

    /** So its forms say with {@code Referrer-Policy: no-referrer}; only a browser can say which site it is. */
    @Test
    void aPageOfOurOwnMayHaveNoOrigin() {
        var form = RequestHead.of("POST").with("Host", "admin.example.com").with("Origin", "null");
        assertThat(sameSite.isForeign(form.request())).isTrue();
        assertThat(sameSite.isForeign(form.with("Sec-Fetch-Site", "same-origin").request()))
                .isFalse();
        var framed = RequestHead.of("POST").with("Host", "admin.example.com").with("Origin", "null");
        assertThat(sameSite.isForeign(
                        framed.with("Sec-Fetch-Site", "cross-site").request()))
                .isTrue();
    }
}
