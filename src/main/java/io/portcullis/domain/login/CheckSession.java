package io.portcullis.domain.login;

import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Asks after a session that was recognised before, without its credential. Whoever asks has it in use, such as an open
 * WebSocket: to be asked about keeps a session from idling out.
 */
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
        var now = clock.instant();
        var live = sessions.find(earlier.fingerprint())
                .filter(session -> !standing.credentialRevoked()
                        && session.securityVersion() == standing.securityVersion()
                        && !session.expired(now)
                        && !session.idledOut(now));
        live.filter(session -> session.touchDue(now)).ifPresent(session -> sessions.touch(session, now));
        return live.map(Session::level);
    }
}
