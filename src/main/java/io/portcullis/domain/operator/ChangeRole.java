package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;

/** Gives an account of the gateway's own another role, and ends every session of it. */
public final class ChangeRole {
    private final EndedSessions sessionsEnd;
    private final InstantSource clock;

    public ChangeRole(AccountDirectory directory, Accounts accounts, Sessions sessions, InstantSource clock) {
        this.sessionsEnd = new EndedSessions(directory, accounts, sessions);
        this.clock = clock;
    }

    /**
     * Changes the role.
     *
     * @return whether every instance was told; when not, they notice within ten seconds
     * @throws Refused {@code NoRoute} when the gateway keeps no such account itself
     */
    public boolean change(Account account, String role, Operator operator) {
        return sessionsEnd.after(account, (work, listed) -> {
            if (!work.local().changeRole(role, clock.instant())) {
                throw new Refused(new Problem.NoRoute());
            }
            work.record(operator.event(AuditEvent.Type.ROLE_CHANGED, clock.instant(), role));
        });
    }
}
