package io.portcullis.http;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Problem;
import io.portcullis.testing.RequestHead;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    private static final Set<String> HOSTS = Set.of("admin.example.com", "127.0.0.1", "::1");
    private static final Origins TRUSTING = new Origins(HOSTS, List.of("10.0.0.0/8", "2001:db8:1::/48"), false);
    private static final Origins TRUSTING_NOBODY = new Origins(HOSTS, List.of(), false);

    @Test
    void byDefaultTheClientsAddressIsTheSockets() {
        var request = RequestHead.of("GET").from("10.0.0.1").with("X-Forwarded-For", "203.0.113.9");
        assertThat(TRUSTING_NOBODY.of(request.request()).address()).isEqualTo("10.0.0.1");
    }

    @Test
    void whatSomebodyElseForwardsIsNotBelieved() {
        var request = RequestHead.of("GET")
                .from("198.51.100.1")
                .with("X-Forwarded-For", "203.0.113.9")
                .with("X-Forwarded-Proto", "https");
        assertThat(TRUSTING.of(request.request()).address()).isEqualTo("198.51.100.1");
        assertThat(TRUSTING.of(request.request()).scheme()).isEqualTo("http");
    }

    @ParameterizedTest
    @CsvSource({
        "'203.0.113.9', 203.0.113.9",
        "'1.1.1.1, 203.0.113.9', 203.0.113.9",
        "'1.1.1.1, 203.0.113.9, 10.0.0.2', 203.0.113.9",
        "'203.0.113.9,10.0.0.3 , 10.0.0.2', 203.0.113.9",
        "'10.0.0.4, 10.0.0.3', 10.0.0.4",
        "'2001:db8:2::7, 10.0.0.2', 2001:db8:2::7",
        "'203.0.113.9, 2001:db8:1::5', 203.0.113.9",
        "'203.0.113.9, ::ffff:10.0.0.2', 203.0.113.9",
    })
    void fromTheRightTheFirstOneThatIsNotTrustedIsTheClient(String forwardedFor, String client) {
        var request = RequestHead.of("GET").from("10.0.0.1").with("X-Forwarded-For", forwardedFor);
        assertThat(TRUSTING.of(request.request()).address()).isEqualTo(client);
    }

    @Test
    void aProxyOverIpv6IsTrustedToo() {
        var request = RequestHead.of("GET").from("2001:db8:1::9").with("X-Forwarded-For", "203.0.113.9");
        assertThat(TRUSTING.of(request.request()).address()).isEqualTo("203.0.113.9");
    }

    @Test
    void severalHeadersAreOneList() {
        var request = RequestHead.of("GET")
                .from("10.0.0.1")
                .with("X-Forwarded-For", "1.1.1.1")
                .with("X-Forwarded-For", "203.0.113.9, 10.0.0.2");
        assertThat(TRUSTING.of(request.request()).address()).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "_hidden", "203.0.113.9, ", "203.0.113.9, localhost", "203.0.113.9, 1.2.3.4.5"})
    void garbageEndsTheListAtTheLastAddressThatIsKnown(String forwardedFor) {
        var request = RequestHead.of("GET").from("10.0.0.1").with("X-Forwarded-For", forwardedFor);
        assertThat(TRUSTING.of(request.request()).address()).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"https, https", "http, http", "ftp, http", "'https, http', http"})
    void aTrustedProxySaysTheScheme(String forwarded, String scheme) {
        var request = RequestHead.of("GET").from("10.0.0.1").with("X-Forwarded-Proto", forwarded);
        assertThat(TRUSTING.of(request.request()).scheme()).isEqualTo(scheme);
    }

    @Test
    void elseTheListenerDoes() {
        var overTls = new Origins(HOSTS, List.of(), true);
        var request = RequestHead.of("GET").with("X-Forwarded-Proto", "http").request();
        assertThat(overTls.of(request).scheme()).isEqualTo("https");
    }

    @Test
    void everyRequestHasAnIdOfItsOwnWhateverItSays() {
        var request = RequestHead.of("GET")
                .from("10.0.0.1")
                .with("X-Request-Id", "mine")
                .request();
        assertThat(TRUSTING.of(request).requestId()).matches("[0-9a-f]{32}");
        assertThat(TRUSTING.of(request).requestId())
                .isNotEqualTo(TRUSTING.of(request).requestId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin.example.com", "ADMIN.example.com:8443", "127.0.0.1:8080", "[::1]", "[::1]:8080"})
    void anAllowedHostIsServedOnAnyPort(String host) {
        TRUSTING.checkHost(RequestHead.of("GET").with("Host", host).request());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "",
                "admin.example.com.evil.example",
                "[::2]",
                "admin.example.com@evil:80",
                "admin.example.com:@evil",
                "admin.example.com:\", for=6.6.6.6",
                "admin.example.com:/x",
                "admin.example.com:"
            })
    void anyOtherHostIsMisdirected(String host) {
        var request = RequestHead.of("GET").with("Host", host).request();
        assertThat(problemOf(() -> TRUSTING.checkHost(request))).isEqualTo(new Problem.MisdirectedRequest());
    }

    @Test
    void noHostIsMisdirectedAndTwoAreRefused() {
        assertThat(problemOf(() -> TRUSTING.checkHost(RequestHead.of("GET").request())))
                .isEqualTo(new Problem.MisdirectedRequest());
        var two = RequestHead.of("GET").with("Host", "admin.example.com").with("Host", "admin.example.com");
        assertThat(problemOf(() -> TRUSTING.checkHost(two.request()))).isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void theForwardedHostIsNotTheHost() {
        var request = RequestHead.of("GET")
                .from("10.0.0.1")
                .with("Host", "admin.example.com:8080")
                .with("X-Forwarded-Host", "evil.example");
        assertThat(TRUSTING.of(request.request()).host()).isEqualTo("admin.example.com:8080");
    }
}
