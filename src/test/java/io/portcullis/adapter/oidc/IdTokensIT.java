package io.portcullis.adapter.oidc;

import static io.portcullis.testing.LyingProvider.KEY;
import static io.portcullis.testing.LyingProvider.signed;
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
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.testing.LyingProvider;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ID tokens of a provider that lies, in every way that the protocol knows: nobody is let in. */
class IdTokensIT {
    private static final Problem PROVES_NOTHING = new Problem.TokenInvalid(Action.RESTART_LOGIN);

    private final RelyingParty us = new RelyingParty();
    private final LyingProvider liar = us.liar();

    @AfterEach
    void close() {
        us.close();
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
        assertThat(us.refusal()).isEqualTo(PROVES_NOTHING);
    }

    @Test
    void anUnsignedTokenIsNoneAlsoWhereTheDiscoveryNamesIt() {
        liar.gives(new PlainJWT(liar.claims().build()).serialize());
        assertThat(us.refusal()).isEqualTo(PROVES_NOTHING);
    }

    /** The public key as a shared secret (RFC 8725, section 2.1), and our own secret, which the provider has told nobody. */
    @Test
    void aSharedSecretSignsNothing() throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build();
        var publicKey = KEY.toRSAPublicKey().getEncoded();
        liar.gives(signed(header, liar.claims().build(), new MACSigner(publicKey)));
        assertThat(us.refusal()).isEqualTo(PROVES_NOTHING);
        var secret = "the secret".repeat(4).getBytes(StandardCharsets.UTF_8);
        liar.gives(signed(header, liar.claims().build(), new MACSigner(secret)));
        assertThat(us.refusal()).isEqualTo(PROVES_NOTHING);
    }

    @Test
    void anAlgorithmThatTheDiscoveryDoesNotName() throws Exception {
        liar.discovery().put("id_token_signing_alg_values_supported", new JsonArray().add("ES256"));
        assertThat(us.refusal()).isEqualTo(PROVES_NOTHING);
    }

    @Test
    void aKeyThatIsNotPublishedAndOneUnderAnothersName() throws Exception {
        var other = LyingProvider.key("other");
        liar.gives(signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("other").build(),
                liar.claims().build(),
                new RSASSASigner(other)));
        assertThat(us.refusal()).isEqualTo(PROVES_NOTHING);
        liar.gives(signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first").build(),
                liar.claims().build(),
                new RSASSASigner(other)));
        assertThat(us.refusal()).isEqualTo(PROVES_NOTHING);
        liar.gives(signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .jwk(other.toPublicJWK())
                        .build(),
                liar.claims().build(),
                new RSASSASigner(other)));
        assertThat(us.refusal()).isEqualTo(PROVES_NOTHING);
    }

    @Test
    void aChangedTokenAndATokenOfAnotherType() throws Exception {
        var honest = liar.honest().split("\\.", -1);
        var claims = new String(Base64.getUrlDecoder().decode(honest[1]), StandardCharsets.UTF_8);
        var changed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("\"carol\"", "\"alice\"").getBytes(StandardCharsets.UTF_8));
        liar.gives(honest[0] + "." + changed + "." + honest[2]);
        assertThat(us.refusal()).isEqualTo(PROVES_NOTHING);
        for (var type : List.of("at+jwt", "logout+jwt")) {
            liar.gives(signed(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID("first")
                            .type(new JOSEObjectType(type))
                            .build(),
                    liar.claims().build(),
                    new RSASSASigner(KEY)));
            assertThat(us.refusal()).isEqualTo(PROVES_NOTHING);
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
        assertThat(us.redeem().account().subject()).isEqualTo("carol");
        liar.gives(signed(
                new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("edwards").build(),
                claims,
                new Ed25519Signer(edwards)));
        assertThat(us.redeem().account().subject()).isEqualTo("carol");
        liar.gives(signed(new JWSHeader(JWSAlgorithm.RS256), claims, new RSASSASigner(KEY))); // without a key id
        assertThat(us.redeem().account().subject()).isEqualTo("carol");
    }

    @Test
    void aNewKeyIsAskedForAtMostOnceInThirtySeconds() throws Exception {
        us.redeem();
        var next = LyingProvider.key("next");
        var token = signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("next").build(),
                liar.claims().build(),
                new RSASSASigner(next));
        liar.gives(token);
        liar.publishes(new JWKSet(List.of(KEY.toPublicJWK(), next.toPublicJWK())));
        assertThat(us.refusal()).isEqualTo(PROVES_NOTHING);
        us.clock().advance(Duration.ofSeconds(30));
        assertThat(us.redeem().account().subject()).isEqualTo("carol");
        us.redeem();
        assertThat(liar.calls()).filteredOn("/keys"::equals).hasSize(2);
        assertThat(liar.calls())
                .filteredOn(path -> path.endsWith("configuration"))
                .hasSize(1);
    }
}
