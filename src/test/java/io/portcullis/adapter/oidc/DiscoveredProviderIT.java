package io.portcullis.adapter.oidc;

import static io.portcullis.testing.LyingProvider.KEY;
import static io.portcullis.testing.LyingProvider.NONCE;
import static io.portcullis.testing.LyingProvider.signed;
import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jwt.PlainJWT;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.oidc.OidcLogin;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.testing.LyingProvider;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that lies, in every way that the protocol knows: nobody is let in. */
class DiscoveredProviderIT {
    private static final String VERIFIER = "verifier-0123456789-0123456789-0123456789-0";
    private static final OidcLogin LOGIN = new OidcLogin("sso", NONCE, VERIFIER, "/", Fingerprint.of("browser"));
    private static final Problem PROVES_NOTHING = new Problem.TokenInvalid(Action.RESTART_LOGIN);

    private final LyingProvider liar = LyingProvider.start();
    private final ProviderHttp http = new ProviderHttp(Stores.vertx());
    private final TestClock clock = new TestClock(Instant.now());
    private final DiscoveredProvider provider = provider(Optional.empty());

    private DiscoveredProvider provider(Optional<OidcSettings.Roles> roles) {
        var settings = new OidcSettings(
                "sso",
                "staff",
                URI.create(liar.issuer()),
                "portcullis",
                "the secret",
                List.of("email", "profile"),
                roles);
        return new DiscoveredProvider(
                settings,
                URI.create("https://admin.example.com/auth/oidc/sso/callback"),
                URI.create("https://admin.example.com/login"),
                http,
                clock);
    }

    @AfterEach
    void close() {
        http.close();
        liar.close();
    }

    private Identity redeem() {
        return provider.redeem("the-code", LOGIN);
    }

    private Problem refusal() {
        return problemOf(this::redeem);
    }

    @Test
    void anHonestTokenNamesThePerson() {
        assertThat(redeem())
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss other",
                "aud other",
                "nonce other",
                "nonce none",
                "expired",
                "no exp",
                "iat in the future",
                "no sub",
                "azp other",
                "no iat",
                "several aud without azp"
            })
    void aClaimThatIsNotAsItMustBe(String lie) {
        var claims = liar.claims();
        switch (lie) {
            case "iss other" -> claims.issuer(liar.issuer() + "/other");
            case "aud other" -> claims.audience("another-client");
            case "nonce other" -> claims.claim("nonce", "of another login");
            case "nonce none" -> claims.claim("nonce", null);
            case "expired" -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120)));
            case "no exp" -> claims.expirationTime(null);
            case "iat in the future" -> claims.issueTime(Date.from(Instant.now().plusSeconds(300)));
            case "no sub" -> claims.subject(null);
            case "azp other" -> claims.claim("azp", "another-client");
            case "no iat" -> claims.issueTime(null);
            case "several aud without azp" -> claims.audience(List.of("portcullis", "another-client"));
            default -> throw new AssertionError(lie);
        }
        liar.gives(signed(claims.build()));
        assertThat(refusal()).isEqualTo(PROVES_NOTHING);
    }

    @Test
    void anUnsignedTokenIsNoneAlsoWhereTheDiscoveryNamesIt() {
        liar.gives(new PlainJWT(liar.claims().build()).serialize());
        assertThat(refusal()).isEqualTo(PROVES_NOTHING);
    }

    /** The public key as a shared secret (RFC 8725, section 2.1), and our own secret, which the provider has told nobody. */
    @Test
    void aSharedSecretSignsNothing() throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build();
        var publicKey = KEY.toRSAPublicKey().getEncoded();
        liar.gives(signed(header, liar.claims().build(), new MACSigner(publicKey)));
        assertThat(refusal()).isEqualTo(PROVES_NOTHING);
        var secret = "the secret".repeat(4).getBytes(StandardCharsets.UTF_8);
        liar.gives(signed(header, liar.claims().build(), new MACSigner(secret)));
        assertThat(refusal()).isEqualTo(PROVES_NOTHING);
    }

    @Test
    void anAlgorithmThatTheDiscoveryDoesNotName() throws Exception {
        liar.discovery().put("id_token_signing_alg_values_supported", new JsonArray().add("ES256"));
        assertThat(refusal()).isEqualTo(PROVES_NOTHING);
    }

    @Test
    void aKeyThatIsNotPublishedAndOneUnderAnothersName() throws Exception {
        var other = LyingProvider.key("other");
        liar.gives(signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("other").build(),
                liar.claims().build(),
                new RSASSASigner(other)));
        assertThat(refusal()).isEqualTo(PROVES_NOTHING);
        liar.gives(signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first").build(),
                liar.claims().build(),
                new RSASSASigner(other)));
        assertThat(refusal()).isEqualTo(PROVES_NOTHING);
        liar.gives(signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .jwk(other.toPublicJWK())
                        .build(),
                liar.claims().build(),
                new RSASSASigner(other)));
        assertThat(refusal()).isEqualTo(PROVES_NOTHING);
    }

    @Test
    void aChangedTokenAndATokenOfAnotherType() throws Exception {
        var honest = liar.honest().split("\\.", -1);
        var claims = new String(Base64.getUrlDecoder().decode(honest[1]), StandardCharsets.UTF_8);
        var changed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("\"carol\"", "\"alice\"").getBytes(StandardCharsets.UTF_8));
        liar.gives(honest[0] + "." + changed + "." + honest[2]);
        assertThat(refusal()).isEqualTo(PROVES_NOTHING);
        for (var type : List.of("at+jwt", "logout+jwt")) {
            liar.gives(signed(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID("first")
                            .type(new JOSEObjectType(type))
                            .build(),
                    liar.claims().build(),
                    new RSASSASigner(KEY)));
            assertThat(refusal()).isEqualTo(PROVES_NOTHING);
        }
    }

    @Test
    void everyKindOfPublicKeySigns() throws JOSEException {
        var curve = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        var edwards = new OctetKeyPairGenerator(Curve.Ed25519).keyID("edwards").generate();
        liar.publishes(new JWKSet(List.of(KEY.toPublicJWK(), curve.toPublicJWK(), edwards.toPublicJWK())));
        var claims = liar.claims().build();
        liar.gives(signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("curve").build(), claims, new ECDSASigner(curve)));
        assertThat(redeem().account().subject()).isEqualTo("carol");
        liar.gives(signed(
                new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("edwards").build(),
                claims,
                new Ed25519Signer(edwards)));
        assertThat(redeem().account().subject()).isEqualTo("carol");
        liar.gives(signed(new JWSHeader(JWSAlgorithm.RS256), claims, new RSASSASigner(KEY))); // without a key id
        assertThat(redeem().account().subject()).isEqualTo("carol");
    }

    @Test
    void aNewKeyIsAskedForAtMostOnceInThirtySeconds() throws Exception {
        redeem();
        var next = LyingProvider.key("next");
        var token = signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("next").build(),
                liar.claims().build(),
                new RSASSASigner(next));
        liar.gives(token);
        liar.publishes(new JWKSet(List.of(KEY.toPublicJWK(), next.toPublicJWK())));
        assertThat(refusal()).isEqualTo(PROVES_NOTHING);
        clock.advance(Duration.ofSeconds(30));
        assertThat(redeem().account().subject()).isEqualTo("carol");
        redeem();
        assertThat(liar.calls()).filteredOn("/keys"::equals).hasSize(2);
        assertThat(liar.calls())
                .filteredOn(path -> path.endsWith("configuration"))
                .hasSize(1);
    }

    @Test
    void anHourLaterEverythingIsAskedForAnewAndTheOldServesWhileItIsDown() {
        redeem();
        clock.advance(Duration.ofHours(1));
        redeem();
        assertThat(liar.calls()).filteredOn("/keys"::equals).hasSize(2);
        assertThat(liar.calls())
                .filteredOn(path -> path.endsWith("configuration"))
                .hasSize(2);
        clock.advance(Duration.ofHours(1));
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
                    redeem();
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
        assertThat(refusal().code().wire()).isEqualTo(code);
    }

    @Test
    void theSecretGoesWhereTheDiscoveryWantsIt() {
        redeem();
        assertThat(liar.lastForm()).doesNotContainKey("client_secret"); // in Authorization: Basic, the default
        liar.discovery().put("token_endpoint_auth_methods_supported", new JsonArray().add("client_secret_post"));
        clock.advance(Duration.ofHours(1));
        redeem();
        assertThat(liar.lastForm()).containsEntry("client_secret", "the+secret");
    }

    @Test
    void anAnswerWithoutEndIsCut() {
        liar.knows(new JsonObject().put("sub", "carol").put("more", "x".repeat(600_000)));
        liar.gives(signed(liar.claims().claim("email", null).build()));
        assertThat(refusal()).isEqualTo(new Problem.UpstreamUnavailable());
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "'', false", "text, true"})
    void anEmailCountsOnlyWhenItIsVerified(String verified, boolean counts) {
        var claims = liar.claims();
        claims.claim(
                "email_verified",
                switch (verified) {
                    case "" -> null;
                    case "text" -> "true";
                    default -> Boolean.valueOf(verified);
                });
        liar.gives(signed(claims.build()));
        assertThat(redeem().email().isPresent()).isEqualTo(counts);
    }

    @Test
    void whatTheTokenLeavesOutIsAskedForOfTheSamePerson() {
        var lacking = signed(
                liar.claims().claim("email", null).claim("email_verified", null).build());
        liar.gives(lacking);
        liar.knows(new JsonObject()
                .put("sub", "carol")
                .put("email", "c@example.com")
                .put("email_verified", true));
        assertThat(redeem().email()).contains("c@example.com");
        liar.knows(new JsonObject()
                .put("sub", "alice")
                .put("email", "a@example.com")
                .put("email_verified", true));
        assertThat(refusal()).isEqualTo(new Problem.UpstreamUnavailable());
    }

    @Test
    void nobodyVerifiesTheEmailOfTheTokenByThatOfTheUserInfo() {
        var roles = new OidcSettings.Roles("groups", Map.of("a", "admin"), Optional.empty());
        liar.gives(signed(liar.claims().claim("email_verified", null).build()));
        liar.knows(new JsonObject()
                .put("sub", "carol")
                .put("email", "other@example.com")
                .put("email_verified", true)
                .put("groups", new JsonArray().add("a")));
        var identity = provider(Optional.of(roles)).redeem("code", LOGIN);
        assertThat(identity.role()).contains("admin");
        assertThat(identity.email()).isEmpty();
    }

    @Test
    void userInfoIsNotAskedForWhatTheTokenHas() {
        liar.knows(new JsonObject().put("sub", "carol"));
        redeem();
        assertThat(liar.calls()).doesNotContain("/userinfo");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "hd, example.com, admin",
                "hd, other.example, visitor",
                "/realm_access/roles, editor+boss, admin",
                "/realm_access/roles, editor, editor",
                "/realm_access/roles, EDITOR, visitor",
                "https://example.com/roles, editor, editor",
                "absent, -, visitor",
            })
    void theFirstValueOfTheFileThatThePersonHasDecides(String claim, String has, String role) {
        var map = new LinkedHashMap<String, String>();
        map.put("boss", "admin");
        map.put("example.com", "admin");
        map.put("editor", "editor");
        var claims = liar.claims();
        if (claim.equals("/realm_access/roles")) {
            claims.claim("realm_access", Map.of("roles", List.of(has.split("\\+", -1))));
        } else if (has != null) {
            claims.claim(claim, has);
        }
        liar.gives(signed(claims.build()));
        var identity = provider(Optional.of(new OidcSettings.Roles(claim, map, Optional.of("visitor"))))
                .redeem("code", LOGIN);
        assertThat(identity.role()).contains(role);
    }

    @Test
    void theIssuerOfAnAnswerIsComparedAndMissedWhereItIsPromised() {
        assertThat(provider.answered(Optional.empty())).isTrue();
        assertThat(provider.answered(Optional.of(liar.issuer()))).isTrue();
        assertThat(provider.answered(Optional.of("https://evil.example"))).isFalse();
        liar.discovery().put("authorization_response_iss_parameter_supported", true);
        clock.advance(Duration.ofHours(1));
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
