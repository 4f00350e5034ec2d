package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;

/** Ends every session of somebody; the second factor stays as it is. */
public final class LogoutAccount {
    private final EndedSessions sessionsEnd;
    private final InstantSource clock;

    public LogoutAccount(AccountDirectory directory, Accounts accounts, Sessions sessions, InstantSource clock) {
        this.sessionsEnd = new EndedSessions(directory, accounts, sessions);
        this.clock = clock;
    }

    /**
     * Logs an account out everywhere; operators may do that to themselves.
     *
     * @return whether every instance was told; when not, they notice within ten seconds
     * @throws Refused {@code NoRoute} when there is no such account
     */
    public boolean logout(Account account, Operator operator) {
        return sessionsEnd.after(
                account,
                (work, listed) -> work.record(
                        operator.event(AuditEvent.Type.SESSIONS_REVOKED, clock.instant(), Integer.toString(listed))));
    }
}
