package io.portcullis.adapter.identity;

import io.portcullis.domain.session.SourceSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens that the legacy backend signs.
 *
 * @param name of the source
 * @param realm of the accounts it names, unless a claim says it
 * @param algorithm one of HS256, HS384, HS512, RS256, RS384, RS512, ES256, ES384, EdDSA; never taken from the token
 * @param issuer required value of {@code iss}, where configured
 * @param audience required member of {@code aud}, where configured
 * @param leeway how far clocks may be off, at most 60 s
 * @param from where requests carry it: {@code bearer} or {@code cookie:NAME}
 * @param realms those that the claim of the realm may name
 */
public record JwtSettings(
        String name,
        String realm,
        String algorithm,
        Key key,
        Optional<String> issuer,
        Optional<String> audience,
        Duration leeway,
        List<String> from,
        Claims claims,
        Set<String> realms)
        implements SourceSettings {
    /**
     * Where the token has what: a claim's name, or a JSON pointer (RFC 6901).
     *
     * @param session what all tokens of one legacy session have in common, where there is such a thing
     * @param realm the account's realm, where tokens name it
     */
    public record Claims(
            String subject,
            Optional<String> email,
            Optional<String> role,
            Optional<String> session,
            Optional<String> realm) {}

    /** What signatures are verified with. */
    public sealed interface Key {}

    /** The HMAC secret, or the public key or certificate as PEM, or the public key as JSON Web Key. */
    public record Fixed(String text) implements Key {
        @Override
        public String toString() {
            return "Fixed[hidden]";
        }
    }

    /**
     * Whatever keys are found at a URL (RFC 7517).
     *
     * @param ca certificates in PEM that are trusted in place of the system's
     */
    public record Published(URI url, Optional<String> ca) implements Key {}

    /** What a place in {@code from} begins with that is a cookie. */
    public static final String COOKIE = "cookie:";

    public JwtSettings {
        from = List.copyOf(from);
        realms = Set.copyOf(realms);
        if (leeway.isNegative() || leeway.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("leeway is from 0s to 60s");
        }
        if (key instanceof Published && issuer.isEmpty()) {
            throw new IllegalArgumentException(
                    "issuer is missing; who publishes keys signs for many, so say whose tokens count");
        }
        if (key instanceof Published && audience.isEmpty()) {
            throw new IllegalArgumentException(
                    "audience is missing; who publishes keys signs for many, so say for whom");
        }
        if (claims.realm().isPresent() == realms.isEmpty()) {
            throw new IllegalArgumentException("realms goes with claims.realm");
        }
    }

    /** Whether a token may be one for either source, as far as the config tells. */
    public boolean acceptsTokensOf(JwtSettings other) {
        return algorithm.equals(other.algorithm)
                && key.equals(other.key)
                && mayMeet(issuer, other.issuer)
                && mayMeet(audience, other.audience)
                && from.stream().anyMatch(other.from::contains)
                && claims.realm().isEmpty()
                && other.claims.realm().isEmpty();
    }

    private static boolean mayMeet(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    @Override
    public String toString() {
        return "JwtSettings[" + name + "]";
    }
}
