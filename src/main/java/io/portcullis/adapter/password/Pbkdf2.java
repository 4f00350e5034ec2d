package io.portcullis.adapter.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 (RFC 8018) with HMAC of SHA-1, SHA-256 or SHA-512 as it is written by Django ({@code pbkdf2_sha256$600000$SALT$HASH}),
 * passlib ({@code $pbkdf2-sha256$29000$SALT$HASH}), Werkzeug ({@code pbkdf2:sha256:600000$SALT$HEX}), and in the PHC form
 * ({@code $pbkdf2-sha256$i=600000$SALT$HASH}).
 */
final class Pbkdf2 {
    private static final String DIGEST = "(sha1|sha256|sha512)";
    private static final String BASE64 = "([A-Za-z0-9+/.]{16,88}={0,2})";
    private static final Pattern DJANGO =
            Pattern.compile("pbkdf2_" + DIGEST + "\\$(\\d{1,8})\\$([^$]{1,128})\\$" + BASE64);
    private static final Pattern PHC = Pattern.compile("\\$pbkdf2(?:-" + DIGEST
            + ")?\\$(?:i=)?(\\d{1,8})(?:,l=\\d{1,3})?\\$" + "([A-Za-z0-9+/.]{0,120}={0,2})\\$" + BASE64);
    private static final Pattern WERKZEUG =
            Pattern.compile("pbkdf2:" + DIGEST + ":(\\d{1,8})\\$([^$]{1,128})\\$([0-9a-f]{32,128})");
    private static final Map<String, String> ALGORITHMS = Map.of(
            "sha1", "PBKDF2WithHmacSHA1",
            "sha256", "PBKDF2WithHmacSHA256",
            "sha512", "PBKDF2WithHmacSHA512");

    private Pbkdf2() {}

    static Optional<HashText> read(String text) {
        return django(text).or(() -> phc(text)).or(() -> werkzeug(text));
    }

    private static Optional<HashText> django(String text) {
        return parts(DJANGO, text)
                .flatMap(part -> hash(part, Optional.of(part.group(3).getBytes(UTF_8)), Encoded.base64(part.group(4))));
    }

    private static Optional<HashText> phc(String text) {
        return parts(PHC, text)
                .flatMap(part -> hash(part, Encoded.base64(part.group(3)), Encoded.base64(part.group(4))));
    }

    private static Optional<HashText> werkzeug(String text) {
        return parts(WERKZEUG, text)
                .flatMap(part -> hash(part, Optional.of(part.group(3).getBytes(UTF_8)), Encoded.hex(part.group(4))));
    }

    private static Optional<MatchResult> parts(Pattern form, String text) {
        var matcher = form.matcher(text);
        return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }

    /** Of passlib, without the name of a digest, is SHA-1. */
    private static Optional<HashText> hash(MatchResult part, Optional<byte[]> salt, Optional<byte[]> expected) {
        var algorithm = ALGORITHMS.get(Optional.ofNullable(part.group(1)).orElse("sha1"));
        int iterations = Integer.parseInt(part.group(2));
        if (algorithm == null || !Cost.isBearableCount(iterations)) {
            return Optional.empty();
        }
        return salt.filter(salted -> salted.length > 0)
                .flatMap(salted -> expected.map(
                        out -> new HashText(1, false, digest(algorithm, iterations, salted, out.length), out)));
    }

    private static UnaryOperator<byte[]> digest(String algorithm, int iterations, byte[] salt, int length) {
        return password -> {
            var spec = new PBEKeySpec(new String(password, UTF_8).toCharArray(), salt, iterations, 8 * length);
            try {
                return SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(spec)
                        .getEncoded();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + algorithm, e);
            } finally {
                spec.clearPassword();
            }
        };
    }
}
