package io.portcullis.domain.mfa;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.time.Instant;

/** The second factor of one account. Its transitions are pure: they answer the next state and change nothing. */
public sealed interface Mfa {
    record Disabled() implements Mfa {}

    /** A temporary key that nobody has proved yet. */
    record SetupInProgress(TotpKey key, Instant expiresAt) implements Mfa {}

    /** Enforced. No code of {@code lastAcceptedStep} or an earlier time step is ever accepted again (RFC 6238, section 5.2). */
    record Enabled(TotpKey key, long lastAcceptedStep) implements Mfa {
        /** Judges a code against the key and what was accepted before. */
        Proof prove(String code, Instant now, int window) {
            var step = key.matchingStep(code, now, window);
            if (step.isEmpty()) {
                return new Proof.Wrong();
            }
            return step.getAsLong() > lastAcceptedStep
                    ? new Proof.Right(new Enabled(key, step.getAsLong()))
                    : new Proof.Replayed();
        }
    }

    /** What a code proved. */
    sealed interface Proof {
        record Right(Enabled next) implements Proof {}

        record Replayed() implements Proof {}

        record Wrong() implements Proof {}
    }

    /** The state at this moment: a set-up whose time ran out is none. */
    default Mfa at(Instant now) {
        return this instanceof SetupInProgress setup && !now.isBefore(setup.expiresAt()) ? new Disabled() : this;
    }

    default MfaState state() {
        return switch (this) {
            case Disabled disabled -> MfaState.DISABLED;
            case SetupInProgress setup -> MfaState.SETUP_IN_PROGRESS;
            case Enabled enabled -> MfaState.ENABLED;
        };
    }

    /** {@code DISABLED, SETUP_IN_PROGRESS -> SETUP_IN_PROGRESS}; never touches an enabled key. */
    default SetupInProgress startSetup(TotpKey fresh, Instant expiresAt) {
        if (this instanceof Enabled) {
            throw new Refused(new Problem.AlreadyEnabled());
        }
        return new SetupInProgress(fresh, expiresAt);
    }

    /** {@code SETUP_IN_PROGRESS -> ENABLED} when the code is right. */
    default Proof confirm(String code, Instant now, int window) {
        return switch (at(now)) {
            case SetupInProgress setup -> new Enabled(setup.key(), -1).prove(code, now, window);
            case Enabled enabled -> throw new Refused(new Problem.AlreadyEnabled());
            case Disabled disabled -> throw new Refused(new Problem.SetupNotStarted());
        };
    }

    /** {@code SETUP_IN_PROGRESS -> DISABLED}; an enabled second factor stays. */
    default Mfa abandonSetup() {
        return this instanceof SetupInProgress ? new Disabled() : this;
    }
}
