package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Lockout;
import java.time.InstantSource;

/** Forgets the wrong codes of an account, and with them its lock. */
public final class UnlockAccount {
    private final AccountDirectory directory;
    private final Accounts accounts;
    private final InstantSource clock;

    public UnlockAccount(AccountDirectory directory, Accounts accounts, InstantSource clock) {
        this.directory = directory;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Unlocks an account; one without a wrong code stays as it is. Operators may not unlock their own over HTTP: that would
     * be a way round the lockout, for whoever guesses from their session.
     *
     * @return whether there was anything to forget
     * @throws Refused {@code Forbidden} for the operator's own account, {@code NoRoute} when there is none
     */
    public boolean unlock(Account account, Operator operator) {
        operator.checkIsNot(account);
        if (directory.find(account).isEmpty()) {
            throw new Refused(new Problem.NoRoute());
        }
        return accounts.<Boolean>change(account, work -> {
            boolean counted = !work.lockout().equals(Lockout.NONE);
            if (counted) {
                work.lockout(Lockout.NONE);
                work.record(operator.event(AuditEvent.Type.ACCOUNT_UNLOCKED, clock.instant(), ""));
            }
            return counted;
        });
    }
}
