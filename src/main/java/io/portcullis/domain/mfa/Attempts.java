package io.portcullis.domain.mfa;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.time.InstantSource;
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

    /** @param compare is not called when the account is locked */
    Verdict<Mfa.Enabled> judge(Accounts.Work work, Origin origin, Supplier<Mfa.Proof> compare) {
        var now = clock.instant();
        work.lockout().problem(now, settings).ifPresent(locked -> {
            throw new Refused(locked);
        });
        return switch (compare.get()) {
            case Mfa.Proof.Right right -> {
                work.lockout(Lockout.NONE);
                yield new Verdict.Right<>(right.next());
            }
            // Whoever has a code that was accepted guesses nothing, so it is not counted.
            case Mfa.Proof.Replayed replayed -> new Verdict.Wrong<>(new Problem.CodeAlreadyUsed());
            case Mfa.Proof.Wrong wrong -> {
                var next = work.lockout().failed(now, settings);
                work.lockout(next);
                int remaining = next.remaining(now, settings);
                work.record(new AuditEvent(AuditEvent.Type.SECOND_FACTOR_FAILED, now, AuditEvent.SELF, origin, ""));
                if (remaining == 0) {
                    work.record(new AuditEvent(AuditEvent.Type.SECOND_FACTOR_LOCKED, now, AuditEvent.SELF, origin, ""));
                }
                yield new Verdict.Wrong<>(new Problem.InvalidCode(remaining));
            }
        };
    }
}
