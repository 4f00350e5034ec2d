package io.portcullis.adapter.oidc;

import static io.portcullis.adapter.oidc.RelyingParty.LOGIN;
import static io.portcullis.adapter.oidc.RelyingParty.VERIFIER;
import static io.portcullis.testing.LyingProvider.NONCE;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.testing.LyingProvider;
import io.vertx.core.json.JsonArray;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider is asked and what of its discovery is believed, while it is there and while it is not. */
class DiscoveredProviderIT {
    private final RelyingParty us = new RelyingParty();
    private final LyingProvider liar = us.liar();
    private final DiscoveredProvider provider = us.provider();

    @AfterEach
    void close() {
        us.close();
    }

    @Test
    void anHonestTokenNamesThePerson() {
        assertThat(us.redeem())
                .isEqualTo(new Identity(
                        new Account("staff", "carol"), Optional.of("carol@example.com"), Optional.empty()));
        assertThat(liar.lastForm())
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "the-code")
                .containsEntry("code_verifier", VERIFIER)
                .containsEntry("redirect_uri", "https%3A%2F%2Fadmin.example.com%2Fauth%2Foidc%2Fsso%2Fcallback");
    }

    @Test
    void theBrowserIsLedThereWithEverythingThatBindsTheAnswerToIt() {
        var url = provider.authorizationUrl("the-state", LOGIN).toString();
        assertThat(url)
                .startsWith(liar.issuer() + "/authorize?")
                .contains("response_type=code")
                .contains("client_id=portcullis")
                .contains("scope=openid+email+profile")
                .contains("state=the-state")
                .contains("nonce=" + NONCE)
                .contains("code_challenge_method=S256")
                .contains("code_challenge=" + Fingerprint.of(VERIFIER).value())
                .contains("redirect_uri=https%3A%2F%2Fadmin.example.com%2Fauth%2Foidc%2Fsso%2Fcallback")
                .doesNotContain(VERIFIER);
    }

    @Test
    void anHourLaterEverythingIsAskedForAnewAndTheOldServesWhileItIsDown() {
        us.redeem();
        us.clock().advance(Duration.ofHours(1));
        us.redeem();
        assertThat(liar.calls()).filteredOn("/keys"::equals).hasSize(2);
        assertThat(liar.calls())
                .filteredOn(path -> path.endsWith("configuration"))
                .hasSize(2);
        us.clock().advance(Duration.ofHours(1));
        liar.close();
        assertThat(provider.authorizationUrl("state", LOGIN).toString()).startsWith(liar.issuer());
    }

    @Test
    void aDiscoveryOfAnotherIssuerIsNone() {
        liar.discovery().put("issuer", liar.issuer() + "/");
        assertThat(problemOf(() -> provider.authorizationUrl("state", LOGIN)))
                .isEqualTo(new Problem.UpstreamUnavailable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri"})
    void anAddressElsewhereWithoutHttpsIsNotUsed(String endpoint) {
        liar.discovery().put(endpoint, "http://idp.example.com/there");
        assertThat(problemOf(() -> {
                    provider.authorizationUrl("state", LOGIN);
                    us.redeem();
                }))
                .isEqualTo(new Problem.UpstreamUnavailable());
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, TOKEN_INVALID",
        "401, invalid_client, UPSTREAM_UNAVAILABLE",
        "400, unauthorized_client, UPSTREAM_UNAVAILABLE",
        "503, temporarily_unavailable, UPSTREAM_UNAVAILABLE",
    })
    void aCodeThatIsNotTaken(int status, String error, String code) {
        liar.refusesCodes(status, error);
        assertThat(us.refusal().code().wire()).isEqualTo(code);
    }

    @Test
    void theSecretGoesWhereTheDiscoveryWantsIt() {
        us.redeem();
        assertThat(liar.lastForm()).doesNotContainKey("client_secret"); // in Authorization: Basic, the default
        liar.discovery().put("token_endpoint_auth_methods_supported", new JsonArray().add("client_secret_post"));
        us.clock().advance(Duration.ofHours(1));
        us.redeem();
        assertThat(liar.lastForm()).containsEntry("client_secret", "the+secret");
    }

    @Test
    void theIssuerOfAnAnswerIsComparedAndMissedWhereItIsPromised() {
        assertThat(provider.answered(Optional.empty())).isTrue();
        assertThat(provider.answered(Optional.of(liar.issuer()))).isTrue();
        assertThat(provider.answered(Optional.of("https://evil.example"))).isFalse();
        liar.discovery().put("authorization_response_iss_parameter_supported", true);
        us.clock().advance(Duration.ofHours(1));
        assertThat(provider.answered(Optional.empty())).isFalse();
    }

    @Test
    void theLogoutThereComesBackHere() {
        assertThat(provider.logoutUrl().orElseThrow().toString())
                .startsWith(liar.issuer() + "/end?")
                .contains("client_id=portcullis")
                .contains("post_logout_redirect_uri=https%3A%2F%2Fadmin.example.com%2Flogin");
    }

    @Test
    void nothingSecretPrintsItself() {
        assertThat(LOGIN.toString()).doesNotContain(NONCE).doesNotContain(VERIFIER);
        assertThat(new OidcSettings(
                                "sso", "r", URI.create(liar.issuer()), "c", "the secret", List.of(), Optional.empty())
                        .toString())
                .doesNotContain("the secret");
    }
}
