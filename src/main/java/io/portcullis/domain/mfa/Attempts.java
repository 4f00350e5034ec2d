package io.portcullis.domain.mfa;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * Counts wrong second factors. It runs inside a change of the account, so that attempts of one account are judged one
 * after the other: of 200 parallel guesses only as many are compared as may fail.
 */
final class Attempts {
    private final LockoutSettings settings;
    private final InstantSource clock;

    Attempts(LockoutSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Throws {@code AccountLocked} when nothing would be compared. */
    void checkLock(Lockout lockout) {
        lockout.problem(clock.instant(), settings).ifPresent(locked -> {
            throw new Refused(locked);
        });
    }

    /** @param compare is not called when the account is locked */
    Verdict<Mfa.Proof.Right> judge(Accounts.Work work, Origin origin, Supplier<Mfa.Proof> compare) {
        checkLock(work.lockout());
        return switch (compare.get()) {
            case Mfa.Proof.Right right -> {
                work.lockout(Lockout.NONE);
                yield new Verdict.Right<>(right);
            }
            // Whoever has a code that was accepted guesses nothing, and without a code nothing is guessed.
            case Mfa.Proof.Replayed replayed -> new Verdict.Wrong<>(new Problem.CodeAlreadyUsed());
            case Mfa.Proof.Expired expired -> new Verdict.Wrong<>(new Problem.CodeExpired());
            case Mfa.Proof.Wrong wrong ->
                new Verdict.Wrong<>(new Problem.InvalidCode(Math.min(wrong.left(), failed(work, origin))));
        };
    }

    /** How many more wrong ones until the next lock. */
    private int failed(Accounts.Work work, Origin origin) {
        var now = clock.instant();
        var next = work.lockout().failed(now, settings);
        work.lockout(next);
        work.record(AuditEvent.own(AuditEvent.Type.SECOND_FACTOR_FAILED, now, origin, ""));
        int remaining = next.remaining(now, settings);
        if (remaining == 0) {
            var until = next.problem(now, settings)
                    .flatMap(Problem.AccountLocked::retryAfter)
                    .map(left -> now.plus(left).truncatedTo(ChronoUnit.SECONDS).toString())
                    .orElse("");
            work.record(AuditEvent.own(AuditEvent.Type.SECOND_FACTOR_LOCKED, now, origin, until));
        }
        return remaining;
    }
}
