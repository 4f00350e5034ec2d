package io.portcullis.domain.limits;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Whom a policy counts. Only the SHA-256 of it is kept, base64url without padding, so that a store shows neither e-mail
 * nor address.
 */
public record LimitKey(String digest) {
    /** Each part goes in with its length, so that {@code ("ab", "c")} and {@code ("a", "bc")} are two keys. */
    public static LimitKey of(Policy policy, String... parts) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            add(hash, policy.name());
            for (var part : parts) {
                add(hash, part);
            }
            return new LimitKey(Base64.getUrlEncoder().withoutPadding().encodeToString(hash.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest hash, String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        hash.update(bytes);
    }
}
