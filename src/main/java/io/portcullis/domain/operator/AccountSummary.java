package io.portcullis.domain.operator;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.mfa.LockoutSettings;
import io.portcullis.domain.mfa.MfaState;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An account as an operator sees it.
 *
 * @param methods set up and enabled, without recovery codes
 * @param locked whether no code is compared now
 * @param lockedUntil empty when it is not locked, or only an operator can unlock it
 * @param failuresInARow wrong codes since the last right one
 */
public record AccountSummary(
        Identity identity,
        MfaState state,
        Set<Method> methods,
        int recoveryCodesRemaining,
        boolean locked,
        Optional<Instant> lockedUntil,
        int failuresInARow) {
    static AccountSummary of(AccountDirectory.Entry entry, Instant now, LockoutSettings settings) {
        var lock = entry.lockout().problem(now, settings);
        return new AccountSummary(
                entry.identity(),
                entry.state(),
                entry.methods(),
                entry.recoveryCodesRemaining(),
                lock.isPresent(),
                lock.flatMap(locked -> locked.retryAfter()).map(now::plus),
                entry.lockout().inARow());
    }
}
