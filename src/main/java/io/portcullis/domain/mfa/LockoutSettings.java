package io.portcullis.domain.mfa;

import java.time.Duration;

/**
 * When wrong second factors lock an account's second factor (NIST SP 800-63B-4, section 3.2.2).
 *
 * @param failures that many within {@code window} lock it for {@code lock}, doubled each time up to {@code maxLock}
 * @param disableAt that many in a row lock it until an operator unlocks it, at most 100
 */
public record LockoutSettings(int failures, Duration window, Duration lock, Duration maxLock, int disableAt) {
    public static final LockoutSettings DEFAULTS =
            new LockoutSettings(5, Duration.ofMinutes(15), Duration.ofMinutes(15), Duration.ofHours(24), 100);

    public LockoutSettings {
        if (failures < 1 || failures > 10) {
            throw new IllegalArgumentException("mfa.lockout.failures is from 1 to 10");
        }
        if (window.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("mfa.lockout.window is at least 1m");
        }
        if (lock.compareTo(Duration.ofMinutes(1)) < 0 || lock.compareTo(maxLock) > 0) {
            throw new IllegalArgumentException("mfa.lockout.lock is at least 1m and at most mfa.lockout.maxLock");
        }
        if (disableAt < failures || disableAt > 100) {
            throw new IllegalArgumentException("mfa.lockout.disableAt is from mfa.lockout.failures to 100");
        }
    }
}
