package io.portcullis.domain.code;

import java.time.Duration;

/**
 * Codes by mail.
 *
 * @param ttl how long a code is good
 * @param attempts wrong codes that use a code up
 * @param resendAfter how soon another may be asked for
 */
public record EmailCodeSettings(Duration ttl, int digits, int attempts, Duration resendAfter) {
    public static final EmailCodeSettings DEFAULTS =
            new EmailCodeSettings(Duration.ofMinutes(10), 6, 5, Duration.ofSeconds(30));

    public EmailCodeSettings {
        if (ttl.compareTo(Duration.ofMinutes(1)) < 0 || ttl.compareTo(Duration.ofMinutes(30)) > 0) {
            throw new IllegalArgumentException("mfa.email.ttl is from 1m to 30m");
        }
        if (digits < 6 || digits > 8) {
            throw new IllegalArgumentException("mfa.email.digits is from 6 to 8");
        }
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("mfa.email.attempts is from 1 to 10");
        }
        if (resendAfter.compareTo(Duration.ofSeconds(10)) < 0 || resendAfter.compareTo(ttl) > 0) {
            throw new IllegalArgumentException("mfa.email.resendAfter is from 10s to mfa.email.ttl");
        }
    }
}
