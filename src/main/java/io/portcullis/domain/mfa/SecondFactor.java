package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.time.InstantSource;
import java.util.Optional;

/** Proves the second factor of an account that has one. Whatever it opens, a code is compared here. */
public final class SecondFactor {
    private final Accounts accounts;
    private final CodeHasher hasher;
    private final Attempts attempts;
    private final int window;
    private final InstantSource clock;

    public SecondFactor(Accounts accounts, CodeHasher hasher, MfaSettings settings, InstantSource clock) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.attempts = new Attempts(settings.lockout(), clock);
        this.window = settings.totp().window();
        this.clock = clock;
    }

    /** What was proved, and when. */
    public record Proved(Method method, int recoveryCodesRemaining, long securityVersion) {}

    /**
     * Proves it in one transaction.
     *
     * @param method empty: told by the code's form
     * @param notEnabled the problem of an account that has no second factor (any more)
     */
    public Proved prove(Account account, String code, Optional<Method> method, Problem notEnabled, Origin origin) {
        return accounts.<Verdict<Proved>>change(account, work -> prove(work, code, method, notEnabled, origin))
                .orThrow();
    }

    /** The same inside a change of the account that does more. */
    Verdict<Proved> prove(Accounts.Work work, String code, Optional<Method> method, Problem notEnabled, Origin origin) {
        if (!(work.current() instanceof Mfa.Enabled enabled)) {
            throw new Refused(notEnabled);
        }
        var kind = method.orElseGet(() -> RecoveryCode.parse(code).isPresent() ? Method.RECOVERY : Method.TOTP);
        return attempts.judge(work, origin, () -> compare(work, enabled, code, kind))
                .map(next -> {
                    if (!next.equals(enabled)) { // a recovery code moves no time step
                        work.become(next);
                    }
                    work.record(new AuditEvent(
                            AuditEvent.Type.SECOND_FACTOR_PASSED,
                            clock.instant(),
                            AuditEvent.SELF,
                            origin,
                            kind.wire()));
                    return new Proved(kind, work.recoveryCodesRemaining(), work.securityVersion());
                });
    }

    private Mfa.Proof compare(Accounts.Work work, Mfa.Enabled enabled, String code, Method method) {
        return switch (method) {
            case TOTP -> enabled.prove(code, clock.instant(), window);
            case RECOVERY -> useRecoveryCode(work, enabled, code);
            case EMAIL, WEBAUTHN -> new Mfa.Proof.Wrong();
        };
    }

    private Mfa.Proof useRecoveryCode(Accounts.Work work, Mfa.Enabled enabled, String text) {
        var code = RecoveryCode.parse(text);
        var stored = code.flatMap(given -> work.recoveryCode(given.index()))
                .filter(candidate -> code.orElseThrow().matches(candidate.hash(), hasher));
        if (stored.isEmpty()) {
            return new Mfa.Proof.Wrong();
        }
        if (stored.get().used()) {
            return new Mfa.Proof.Replayed();
        }
        work.useRecoveryCode(code.orElseThrow().index());
        return new Mfa.Proof.Right(enabled);
    }
}
