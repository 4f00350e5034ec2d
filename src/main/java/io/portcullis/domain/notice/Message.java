package io.portcullis.domain.notice;

import io.portcullis.domain.account.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** One message to one person. Prints itself without what is in it. */
public sealed interface Message {
    Account account();

    /** The e-mail of the account. */
    String to();

    /** English for a language that there are no texts in. */
    Locale language();

    /** When it was asked for, or happened. */
    Instant at();

    /** The network address of who asked for it or did it; may be empty. */
    String address();

    /** The {@code User-Agent} of the same, as it came; may be empty. */
    String userAgent();

    /**
     * A code to log in or to set up with.
     *
     * @param life how long it can be used, at least a minute
     */
    record Code(
            Account account,
            String to,
            String code,
            Duration life,
            Locale language,
            Instant at,
            String address,
            String userAgent)
            implements Message {
        @Override
        public String toString() {
            return "Code[hidden]";
        }
    }

    /**
     * Something that happened to the account.
     *
     * @param detail what belongs to this kind, see there; shown as it is, left out when empty
     */
    record Notice(
            Account account,
            String to,
            Kind kind,
            String detail,
            Locale language,
            Instant at,
            String address,
            String userAgent)
            implements Message {
        @Override
        public String toString() {
            return "Notice[" + kind + "]";
        }
    }

    /** What happened, and what the detail of each is. */
    enum Kind {
        /** With the method. */
        MFA_ENABLED,
        /** With the method; another was there. */
        METHOD_ADDED,
        /** With the method; another is left. */
        METHOD_REMOVED,
        /** No detail. */
        MFA_DISABLED,
        /** With how many codes are left. */
        RECOVERY_CODE_USED,
        /** With how many codes are left. */
        RECOVERY_CODES_LOW,
        /** With how many there are now. */
        RECOVERY_CODES_REGENERATED,
        /** A login from a device or network that was not seen before. No detail. */
        NEW_CLIENT,
        /** With when it opens again; no detail when an operator must open it. */
        SECOND_FACTOR_LOCKED,
        /** By an operator. No detail. */
        MFA_RESET,
        /** No detail. */
        DEVICE_REMEMBERED,
        /** No detail. */
        SUSPICIOUS_LOGIN
    }
}
