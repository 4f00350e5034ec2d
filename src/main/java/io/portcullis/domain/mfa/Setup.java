package io.portcullis.domain.mfa;

import io.portcullis.domain.session.Fingerprint;
import java.time.Instant;
import java.util.Optional;

/** A set-up that nobody has proved yet; none after {@code expiresAt}. */
public record Setup(Enrollment enrollment, Instant expiresAt, Optional<Token> token) {
    /**
     * Confirms the set-up without a code, once, for frontends that poll.
     *
     * @param digest SHA-256 of the token, all that is kept of it
     * @param session the only one that may use it
     * @param ripeAt not before
     */
    public record Token(Fingerprint digest, Fingerprint session, Instant ripeAt) {}

    boolean over(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
