package io.portcullis.domain.mfa;

import java.time.Duration;

/**
 * What a set-up hands out and asks for besides a code.
 *
 * @param autoConfirm whether the set-up of an app hands out a token that confirms without a code
 * @param autoConfirmAfter how soon the token does
 * @param proof what a first enrollment must prove as well
 */
public record EnrollmentSettings(boolean autoConfirm, Duration autoConfirmAfter, Proof proof) {
    public static final EnrollmentSettings DEFAULTS = new EnrollmentSettings(false, Duration.ofSeconds(6), Proof.NONE);

    /** Whether a stolen password alone may enroll. */
    public enum Proof {
        NONE,
        /** A mailed code as well. */
        EMAIL
    }

    public EnrollmentSettings {
        if (autoConfirmAfter.compareTo(Duration.ofSeconds(1)) < 0
                || autoConfirmAfter.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("mfa.enrollment.autoConfirmAfter is from 1s to 1m");
        }
    }
}
