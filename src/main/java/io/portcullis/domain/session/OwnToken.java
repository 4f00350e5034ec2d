package io.portcullis.domain.session;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/**
 * A credential that the gateway makes itself, where no legacy backend makes one: 256 bit from a CSPRNG, opaque, behind a
 * prefix by which it is known. No backend ever gets it.
 *
 * @param value URL-safe text of 54 characters
 */
public record OwnToken(String value) {
    /** Tells it from any credential of a backend, and scanners of leaked secrets what they found. */
    private static final String PREFIX = "portcullis_";

    private static final int BYTES = 32;

    public static OwnToken random(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new OwnToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether a credential has the form of one, valid or not. */
    public static boolean is(String credential) {
        return credential.startsWith(PREFIX);
    }

    /** Whether a header that goes to a backend may have one in it; a text that merely has our prefix is no loss. */
    public static boolean mayBeIn(String headerValue) {
        return headerValue.contains(PREFIX);
    }

    public Credential credential(Instant expiresAt) {
        return new Credential(Fingerprint.of(value), expiresAt);
    }

    @Override
    public String toString() {
        return "OwnToken[hidden]";
    }
}
