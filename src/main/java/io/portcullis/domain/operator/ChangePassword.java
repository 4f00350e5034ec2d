package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.password.NewPassword;
import io.portcullis.domain.password.PasswordHashes;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;

/** Gives an account of the gateway's own another password, and ends every session of it. */
public final class ChangePassword {
    private final EndedSessions sessionsEnd;
    private final PasswordHashes hashes;
    private final InstantSource clock;

    public ChangePassword(
            AccountDirectory directory,
            Accounts accounts,
            Sessions sessions,
            PasswordHashes hashes,
            InstantSource clock) {
        this.sessionsEnd = new EndedSessions(directory, accounts, sessions);
        this.hashes = hashes;
        this.clock = clock;
    }

    /**
     * Changes the password.
     *
     * @return whether every instance was told; when not, they notice within ten seconds
     * @throws Refused {@code NoRoute} when the gateway keeps no such account itself
     */
    public boolean change(Account account, NewPassword password, Operator operator) {
        var hash = hashes.hash(password.text());
        return sessionsEnd.after(account, (work, listed) -> {
            if (!work.local().changePassword(hash, clock.instant())) {
                throw new Refused(new Problem.NoRoute());
            }
            work.record(operator.event(AuditEvent.Type.PASSWORD_CHANGED, clock.instant(), ""));
        });
    }
}
