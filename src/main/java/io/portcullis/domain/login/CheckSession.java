package io.portcullis.domain.login;

import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Optional;

/** Asks after a session that was recognised before, without its credential. */
public final class CheckSession {
    private final Sessions sessions;
    private final Accounts accounts;
    private final InstantSource clock;

    public CheckSession(Sessions sessions, Accounts accounts, InstantSource clock) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** The level that it has now; empty when it ended since. */
    public Optional<Level> level(Session earlier) {
        var standing = accounts.standing(earlier.account(), earlier.fingerprint());
        return sessions.find(earlier.fingerprint())
                .filter(session -> !standing.credentialRevoked()
                        && session.securityVersion() == standing.securityVersion()
                        && !session.expired(clock.instant()))
                .map(Session::level);
    }
}
