package io.portcullis.domain.login;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;

/** Ends a session for good, whoever made its credential, and cleans up a set-up that was abandoned. */
public final class Logout {
    private final Accounts accounts;
    private final Sessions sessions;
    private final InstantSource clock;

    public Logout(Accounts accounts, Sessions sessions, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Ends the session.
     *
     * @throws Refused {@code AuthRequired} when it was ended, or given another token, meanwhile
     */
    public void logout(Session session, Origin origin) {
        accounts.change(session.account(), work -> {
            if (work.revoked(
                    session.fingerprint())) { // its session may live on by another token, which is the one to end
                throw new Refused(new Problem.AuthRequired());
            }
            var now = clock.instant();
            var abandoned = work.current().abandonSetup();
            if (!abandoned.equals(work.current())) {
                work.become(abandoned);
                work.record(AuditEvent.own(AuditEvent.Type.SETUP_ABANDONED, now, origin, ""));
            }
            work.revoke(session.fingerprint(), session.credential().expiresAt());
            work.record(AuditEvent.own(AuditEvent.Type.LOGOUT, now, origin, ""));
            return session;
        });
        sessions.end(session);
    }
}
