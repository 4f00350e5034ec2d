package io.portcullis.domain.mfa;

import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A set-up that nobody has proved yet; none after {@code expiresAt}. Prints itself hidden.
 *
 * @param token absent where it began before every set-up had one
 * @param recoveryCodes hashes of those that were shown with it, by their first two letters; good for nothing before it is
 *     confirmed, and empty where a method is added
 */
public record Setup(
        Enrollment enrollment, Instant expiresAt, Optional<Token> token, Map<String, String> recoveryCodes) {
    public Setup {
        recoveryCodes = Map.copyOf(recoveryCodes);
    }

    /**
     * Names the set-up, so that nobody confirms another one by mistake.
     *
     * @param digest SHA-256 of the token, all that is kept of it
     * @param session the one that began the set-up, and the only one that may use it
     * @param ripeAt from when on it also confirms without a code, once, for frontends that poll; empty where it never does
     */
    public record Token(Fingerprint digest, Fingerprint session, Optional<Instant> ripeAt) {
        boolean is(String text, Session given) {
            return digest.sameAs(Fingerprint.of(text)) && isOf(given);
        }

        boolean isOf(Session given) {
            return session.sameAs(given.fingerprint());
        }
    }

    boolean over(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Whether it is the one that this token names, given by the session that began it. */
    boolean isNamed(String text, Session given) {
        return token.filter(mine -> mine.is(text, given)).isPresent();
    }

    /** Whether it has recovery codes that were shown to this very session. Those that somebody else saw are nobody's. */
    boolean showedRecoveryCodesTo(Session session) {
        return !recoveryCodes.isEmpty()
                && token.filter(mine -> mine.isOf(session)).isPresent();
    }

    @Override
    public String toString() {
        return "Setup[" + enrollment.method().wire() + " until " + expiresAt + "]";
    }
}
