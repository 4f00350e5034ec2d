package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An account of the gateway's own ends, with its second factor and its sessions: nobody who is added under the same subject
 * has them. Its audit events stay.
 */
public final class RemoveAccount {
    private final EndedSessions sessionsEnd;
    private final InstantSource clock;

    public RemoveAccount(AccountDirectory directory, Accounts accounts, Sessions sessions, InstantSource clock) {
        this.sessionsEnd = new EndedSessions(directory, accounts, sessions);
        this.clock = clock;
    }

    /**
     * Removes an account.
     *
     * @return whether every instance was told; when not, they notice within ten seconds
     * @throws Refused {@code NoRoute} when the gateway keeps no such account itself
     */
    public boolean remove(Account account, Operator operator) {
        return sessionsEnd.after(account, (work, listed) -> {
            if (!work.local().remove()) {
                throw new Refused(new Problem.NoRoute());
            }
            work.become(new Mfa.Disabled());
            work.replaceRecoveryCodes(Map.of());
            work.lockout(Lockout.NONE);
            work.know(new Identity(account, Optional.empty(), Optional.empty()), Locale.ENGLISH);
            work.record(operator.event(AuditEvent.Type.ACCOUNT_REMOVED, clock.instant(), ""));
        });
    }
}
