package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Map;

/**
 * A fresh start for a person who has lost the second factor: any state becomes {@code DISABLED}, secrets and recovery codes
 * are erased, a lock is lifted, and every session ends. Also for an account whose secret does not open any more.
 */
public final class ResetAccount {
    private final EndedSessions sessionsEnd;
    private final InstantSource clock;

    public ResetAccount(AccountDirectory directory, Accounts accounts, Sessions sessions, InstantSource clock) {
        this.sessionsEnd = new EndedSessions(directory, accounts, sessions);
        this.clock = clock;
    }

    /**
     * Resets an account. Operators may not reset their own over HTTP: that would be a way round the fresh proof.
     *
     * @return whether every instance was told; when not, they notice within ten seconds
     * @throws Refused {@code Forbidden} for the operator's own account, {@code NoRoute} when there is none
     */
    public boolean reset(Account account, Operator operator) {
        operator.checkIsNot(account);
        return sessionsEnd.after(account, (work, listed) -> {
            work.become(new Mfa.Disabled());
            work.replaceRecoveryCodes(Map.of());
            work.lockout(Lockout.NONE);
            work.record(operator.event(AuditEvent.Type.MFA_RESET, clock.instant(), ""));
        });
    }
}
