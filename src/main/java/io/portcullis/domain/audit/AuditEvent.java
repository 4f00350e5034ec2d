package io.portcullis.domain.audit;

import static io.portcullis.domain.audit.AuditEvent.Outcome.FAILURE;
import static io.portcullis.domain.audit.AuditEvent.Outcome.SUCCESS;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened to an account and must be remembered.
 *
 * @param actor who did it: {@link #SELF}, {@link #SYSTEM}, or an operator's account
 * @param detail one word more, such as the method; never a secret, a code or a token
 */
public record AuditEvent(Type type, Instant at, String actor, Origin origin, String detail) {
    /** The account did it itself. */
    public static final String SELF = "self";

    /** Nobody: its time had come. */
    public static final String SYSTEM = "system";

    /** Something that the account did itself. */
    public static AuditEvent own(Type type, Instant at, Origin origin, String detail) {
        return new AuditEvent(type, at, SELF, origin, detail);
    }

    public Outcome outcome() {
        return type.outcome();
    }

    /** {@code FAILURE}: somebody tried what was refused, or would be. */
    public enum Outcome {
        SUCCESS,
        FAILURE;

        /** {@code success} or {@code failure}, in the table and in JSON. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The name is the one in the table and in JSON. */
    public enum Type {
        LOGIN_SUCCEEDED(SUCCESS),
        NEW_CLIENT(SUCCESS),
        SUSPICIOUS_LOGIN(SUCCESS),
        LOGOUT(SUCCESS),
        SESSION_REVOKED(SUCCESS),
        SESSIONS_REVOKED(SUCCESS),
        SETUP_STARTED(SUCCESS),
        SETUP_ABANDONED(SUCCESS),
        METHOD_ADDED(SUCCESS),
        METHOD_REMOVED(SUCCESS),
        MFA_ENABLED(SUCCESS),
        MFA_DISABLED(SUCCESS),
        MFA_RESET(SUCCESS),
        CODE_SENT(SUCCESS),
        SECOND_FACTOR_PASSED(SUCCESS),
        /** A remembered device or a trusted network stood in for it. */
        SECOND_FACTOR_SKIPPED(SUCCESS),
        SECOND_FACTOR_FAILED(FAILURE),
        SECOND_FACTOR_LOCKED(FAILURE),
        RECOVERY_CODE_USED(SUCCESS),
        RECOVERY_CODES_REGENERATED(SUCCESS),
        DEVICE_REMEMBERED(SUCCESS),
        DEVICE_FORGOTTEN(SUCCESS),
        ACCOUNT_UNLOCKED(SUCCESS),
        ACCOUNT_IMPORTED(SUCCESS),
        ACCOUNT_ADDED(SUCCESS),
        ACCOUNT_REMOVED(SUCCESS),
        PASSWORD_CHANGED(SUCCESS),
        ROLE_CHANGED(SUCCESS),
        /** A rule that only reports let a request by that it would refuse. */
        WOULD_REFUSE(FAILURE);

        private final Outcome outcome;

        Type(Outcome outcome) {
            this.outcome = outcome;
        }

        public Outcome outcome() {
            return outcome;
        }
    }
}
