package io.portcullis.domain.audit;

import java.time.Instant;

/**
 * Something that happened to an account and must be remembered.
 *
 * @param actor who did it: {@link #SELF}, or an operator's account
 * @param detail one word more, such as the method; never a secret, a code or a token
 */
public record AuditEvent(Type type, Instant at, String actor, Origin origin, String detail) {
    /** The account did it itself. */
    public static final String SELF = "self";

    /** Something that the account did itself. */
    public static AuditEvent own(Type type, Instant at, Origin origin, String detail) {
        return new AuditEvent(type, at, SELF, origin, detail);
    }

    public enum Type {
        CODE_SENT,
        METHOD_ADDED,
        RECOVERY_CODE_USED,
        RECOVERY_CODES_REGENERATED,
        SETUP_STARTED,
        SETUP_ABANDONED,
        MFA_ENABLED,
        MFA_DISABLED,
        SECOND_FACTOR_PASSED,
        SECOND_FACTOR_FAILED,
        SECOND_FACTOR_LOCKED,
        LOGOUT,
        SESSION_REVOKED,
        SESSIONS_REVOKED
    }
}
