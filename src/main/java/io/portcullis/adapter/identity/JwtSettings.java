package io.portcullis.adapter.identity;

import io.portcullis.domain.session.SourceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tokens that the legacy backend signs.
 *
 * @param name of the source
 * @param realm of the accounts it names
 * @param algorithm one of HS256, HS384, HS512, RS256, RS384, RS512, ES256, ES384; never taken from the token
 * @param key the HMAC secret, or the public key or certificate as PEM
 * @param issuer required value of {@code iss}, where configured
 * @param audience required member of {@code aud}, where configured
 * @param leeway how far clocks may be off, at most 60 s
 * @param from where requests carry it: {@code bearer} or {@code cookie:NAME}
 * @param claims where the token has the subject, e-mail and role: a claim's name, or a JSON pointer (RFC 6901)
 */
public record JwtSettings(
        String name,
        String realm,
        String algorithm,
        String key,
        Optional<String> issuer,
        Optional<String> audience,
        Duration leeway,
        List<String> from,
        Claims claims)
        implements SourceSettings {
    public record Claims(String subject, Optional<String> email, Optional<String> role) {}

    /** What a place in {@code from} begins with that is a cookie. */
    public static final String COOKIE = "cookie:";

    public JwtSettings {
        from = List.copyOf(from);
        if (leeway.isNegative() || leeway.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("leeway is from 0s to 60s");
        }
    }

    @Override
    public String toString() {
        return "JwtSettings[" + name + "]";
    }
}
