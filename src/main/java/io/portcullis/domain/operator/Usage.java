package io.portcullis.domain.operator;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.mfa.MfaState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the second factor is used. What is counted over time is of the last 24 hours.
 *
 * @param accounts by state, each state there; accounts that never began a set-up are not counted
 * @param enabledByMethod an account with two methods counts for both
 * @param codesSent mailed codes
 * @param codesExpiredUnused of these, those that were replaced or ran out without having been used
 * @param failures wrong second factors
 * @param lockouts how often an account was locked
 * @param lockedNow accounts that are locked at this moment
 * @param syncPending changes that a legacy record has not heard of
 * @param syncOldest how long ago the oldest of these happened; empty when there is none
 */
public record Usage(
        Map<MfaState, Long> accounts,
        Map<Method, Long> enabledByMethod,
        long codesSent,
        long codesExpiredUnused,
        long failures,
        long lockouts,
        long lockedNow,
        long syncPending,
        Optional<Duration> syncOldest) {
    public Usage {
        accounts = Map.copyOf(accounts);
        enabledByMethod = Map.copyOf(enabledByMethod);
    }
}
