package io.portcullis.adapter.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.validators.IDTokenClaimsVerifier;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.text.ParseException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges an ID token (OpenID Connect Core 1.0, section 3.1.3.7): signed with a public-key algorithm that the discovery
 * document names, by a key that the provider publishes, made by it for us and for this very login.
 */
final class IdTokens {
    private static final Logger LOG = LoggerFactory.getLogger(IdTokens.class);

    private static final int CLOCKS_APART_SECONDS = 60;

    /** Neither unsigned nor by a shared secret: then whoever knows a public key or our secret could sign. */
    private static final Set<JWSAlgorithm> PUBLIC_KEY = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA,
            JWSAlgorithm.Ed25519);

    private final OidcSettings settings;
    private final Published published;

    IdTokens(OidcSettings settings, Published published) {
        this.settings = settings;
        this.published = published;
    }

    /**
     * The claims of a token that proves a login.
     *
     * @throws Refused {@code TokenInvalid} when it proves nothing, and when the keys are not to be had {@code
     *     UpstreamUnavailable} or {@code UpstreamTimeout}
     */
    JWTClaimsSet judge(JWT token, String nonce) {
        if (!(token instanceof SignedJWT signed)) {
            throw proofless("is not signed");
        }
        var header = signed.getHeader();
        if (!algorithms().contains(header.getAlgorithm())) {
            throw proofless("is signed in a way that the discovery document does not name, or that is no proof");
        }
        var type = header.getType();
        if (type != null && !type.equals(JOSEObjectType.JWT)) {
            throw proofless("is a token of another type");
        }
        if (published.keys(JWKMatcher.forJWSHeader(header)).stream().noneMatch(key -> isSignedBy(signed, key))) {
            throw proofless("is signed by no key that the provider publishes");
        }
        try {
            var claims = signed.getJWTClaimsSet();
            new IDTokenClaimsVerifier(
                            new Issuer(settings.issuer()),
                            new ClientID(settings.clientId()),
                            new Nonce(nonce),
                            CLOCKS_APART_SECONDS)
                    .verify(claims, null);
            if (!isForUsAlone(claims)) {
                throw proofless("was made for another client");
            }
            return claims;
        } catch (ParseException noClaims) {
            throw proofless("has no claims");
        } catch (BadJWTException wrong) {
            // What follows the colon repeats the claim, which may be a secret of another login.
            throw proofless("is refused: "
                    + Optional.ofNullable(wrong.getMessage()).orElse("").split(":", 2)[0]);
        }
    }

    /** The library looks at {@code azp} only where {@code aud} has several; section 3.1.3.7, numbers 4 and 5. */
    private boolean isForUsAlone(JWTClaimsSet claims) {
        var party = claims.getClaim("azp");
        return party == null ? claims.getAudience().size() == 1 : party.equals(settings.clientId());
    }

    private Set<JWSAlgorithm> algorithms() {
        var named = Optional.ofNullable(published.metadata().getIDTokenJWSAlgs())
                .map(HashSet::new)
                .orElseGet(HashSet::new);
        named.retainAll(PUBLIC_KEY);
        return named;
    }

    private static boolean isSignedBy(SignedJWT token, JWK key) {
        try {
            return token.verify(verifier(key));
        } catch (JOSEException notByThis) {
            return false;
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            case ECKey ec -> new ECDSAVerifier(ec);
            case OctetKeyPair ed -> new Ed25519Verifier(ed);
            default -> throw new JOSEException("a key of a kind that signs no ID token");
        };
    }

    /** For the operator; the person only learns that the login has to start over. */
    private Refused proofless(String why) {
        LOG.warn("identity source {}: the ID token {}", settings.name(), why);
        return new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN));
    }
}
