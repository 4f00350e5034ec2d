package io.portcullis.domain.mfa;

import io.portcullis.domain.code.TotpKey;
import java.time.Instant;

/**
 * An authenticator app. No code of {@code lastAcceptedStep} or an earlier time step is ever accepted again (RFC 6238,
 * section 5.2).
 */
public record Authenticator(TotpKey key, long lastAcceptedStep) {
    private static final long NONE = -1;

    /** One that was enabled by a token: nobody has shown a code of it yet. */
    static Authenticator unproven(TotpKey key) {
        return new Authenticator(key, NONE);
    }

    /** One of another system, which does not tell the step of its last code. */
    static Authenticator provedElsewhere(TotpKey key) {
        return new Authenticator(key, NONE + 1);
    }

    boolean proven() {
        return lastAcceptedStep > NONE;
    }

    /** Whether it makes the same codes. */
    public boolean sameKey(Authenticator other) {
        return key.stored().equals(other.key.stored());
    }

    /** What a code proves; {@code Right} holds this authenticator as it is afterwards. */
    Judged judge(String code, Instant now, int window) {
        var step = key.matchingStep(code, now, window);
        if (step.isEmpty()) {
            return Judged.WRONG;
        }
        return step.getAsLong() > lastAcceptedStep
                ? new Judged.Right(new Authenticator(key, step.getAsLong()))
                : Judged.REPLAYED;
    }

    /** What came of it. */
    sealed interface Judged {
        Judged WRONG = new Wrong();
        Judged REPLAYED = new Replayed();

        record Right(Authenticator next) implements Judged {}

        record Replayed() implements Judged {}

        record Wrong() implements Judged {}
    }
}
