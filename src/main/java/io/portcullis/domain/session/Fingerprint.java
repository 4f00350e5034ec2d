package io.portcullis.domain.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The SHA-256 of a credential, base64url without padding: all that is kept of it. */
public record Fingerprint(String value) {
    private static final MessageDigest UNUSED =
            sha256(); // to be cloned, which on each request costs less than a new one
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    public static Fingerprint of(String credential) {
        return new Fingerprint(digest(credential));
    }

    /** Compares in constant time. */
    public boolean sameAs(Fingerprint other) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
    }

    /** A name for the session that may be shown: from it neither the credential nor the fingerprint can be told. */
    public String publicId() {
        return digest("session id:" + value).substring(0, 22);
    }

    private static String digest(String text) {
        try {
            var sha256 = (MessageDigest) UNUSED.clone();
            return TEXT.encodeToString(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("that of the JDK can be cloned", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
