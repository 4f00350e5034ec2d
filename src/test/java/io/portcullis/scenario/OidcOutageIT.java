package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.PlainJWT;
import io.portcullis.testing.Answer;
import io.portcullis.testing.Browser;
import io.portcullis.testing.LyingProvider;
import io.portcullis.testing.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** OpenID providers that are down or lie, and people who begin too many logins. */
class OidcOutageIT {
    private static final String START = Browser.GATEWAY + "/auth/oidc/sso";

    private static String location(Answer answer) {
        return answer.header("Location").orElseThrow(() -> new AssertionError(answer.toString()));
    }

    private static String parameter(String address, String name) {
        return address.replaceAll(".*[?&]" + name + "=([^&]+).*", "$1");
    }

    /** What the browser brings back from a provider that asks nobody. */
    private static Answer finish(Browser browser, String there) {
        return browser.go(START + "/callback?code=a-code&state=" + parameter(there, "state"));
    }

    @Test
    void theGatewayStartsWhileTheProviderIsDownAndServesOnceItIsUp() throws Exception {
        var stopped = LyingProvider.start();
        var port = stopped.port();
        stopped.close();
        try (var gateway = TestGateway.with(Map.of("OIDC_ISSUER", "http://127.0.0.1:" + port))) {
            var carol = Browser.at(gateway.port());
            assertThat(carol.go(START).code()).isEqualTo("UPSTREAM_UNAVAILABLE");
            assertThat(carol.hasCookie("portcullis-oidc")).isFalse();
            assertThat(gateway.loggedIn().get("/auth/me").status()).isEqualTo(200); // nobody else needs it
            try (var provider = LyingProvider.startAt(port)) {
                var there = location(carol.go(START));
                provider.gives(self -> LyingProvider.signed(
                        self.claims().claim("nonce", parameter(there, "nonce")).build()));
                assertThat(location(finish(carol, there))).isEqualTo(Browser.GATEWAY + "/");
                assertThat(carol.get("/auth/me").string("/user/id")).isEqualTo("carol");
            }
            // Nobody asks the provider about a session.
            assertThat(carol.get("/auth/me").status()).isEqualTo(200);
            var again = Browser.at(gateway.port());
            var there = location(again.go(START));
            assertThat(finish(again, there).code()).isEqualTo("UPSTREAM_UNAVAILABLE");
            assertThat(finish(again, there).code()).isEqualTo("TOKEN_INVALID");
            // Logout works without it.
            assertThat(carol.submit("/auth/oidc/sso/logout").status()).isEqualTo(303);
            assertThat(carol.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
        }
    }

    @Test
    void aProviderWithoutLogoutGetsNobody() {
        try (var provider = LyingProvider.start();
                var gateway = TestGateway.with(Map.of("OIDC_ISSUER", provider.issuer()))) {
            provider.discovery().remove("end_session_endpoint");
            var carol = Browser.at(gateway.port());
            var there = location(carol.go(START));
            provider.gives(self -> LyingProvider.signed(
                    self.claims().claim("nonce", parameter(there, "nonce")).build()));
            finish(carol, there);
            assertThat(carol.submit("/auth/oidc/sso/logout").status()).isEqualTo(204);
            assertThat(carol.hasCookie("portcullis")).isFalse();
        }
    }

    @Test
    void aTokenThatProvesNothingLetsNobodyInAndSaysNothing() {
        try (var provider = LyingProvider.start();
                var gateway = TestGateway.with(Map.of("OIDC_ISSUER", provider.issuer()))) {
            var lies = List.of(
                    provider.honest(), // for another nonce
                    new PlainJWT(provider.claims().build()).serialize(),
                    "no token at all");
            for (var lie : lies) {
                provider.gives(lie);
                var carol = Browser.at(gateway.port());
                var refused = finish(carol, location(carol.go(START)));
                assertThat(refused.status()).isIn(401, 502);
                assertThat(refused.text()).doesNotContain("nonce").doesNotContain("carol");
                assertThat(carol.hasCookie("portcullis")).isFalse();
            }
            provider.publishes(new JWKSet());
            provider.gives(provider.honest());
            var carol = Browser.at(gateway.port());
            assertThat(finish(carol, location(carol.go(START))).code()).isEqualTo("TOKEN_INVALID");
        }
    }

    @Test
    void whoBeginsTooManyLoginsWaits() {
        try (var provider = LyingProvider.start();
                var gateway = TestGateway.with(Map.of("OIDC_ISSUER", provider.issuer(), "OIDC_STARTS", "3/10s"))) {
            // All gateways of the tests share one address and one Redis; this window is this test's own.
            gateway.clock().advance(Duration.ofDays(1));
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.nobody().get("/auth/oidc/sso").status()).isEqualTo(302);
            }
            var refused = gateway.nobody().get("/auth/oidc/sso");
            assertThat(refused.code()).isEqualTo("RATE_LIMITED");
            assertThat(refused.header("Retry-After")).isPresent();
            gateway.clock().advance(Duration.ofSeconds(11));
            assertThat(gateway.nobody().get("/auth/oidc/sso").status()).isEqualTo(302);
        }
    }
}
