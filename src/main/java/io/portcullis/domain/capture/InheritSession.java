package io.portcullis.domain.capture;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A refreshed credential gets the session of the one that the refresh request carried, with its proofs and their times. The earlier
 * session stays until it expires: other tabs may use its credential still. Blocks, on virtual threads.
 */
public final class InheritSession {
    private final Accounts accounts;
    private final Sessions sessions;
    private final SessionSettings settings;
    private final InstantSource clock;

    public InheritSession(Accounts accounts, Sessions sessions, SessionSettings settings, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Empty when there is nothing to inherit: the credential is of another account, or the earlier session ended or lacks the
     * second factor that its account asks for.
     *
     * @param before as it was recognised when the request came
     */
    public Optional<Session> inherit(Session before, FirstFactor.Admitted refreshed) {
        var account = before.account();
        if (!account.equals(refreshed.identity().account())) {
            return Optional.empty();
        }
        var inherited = accounts.<Optional<Session>>change(
                account,
                work -> heir(work, before, refreshed).map(heir -> {
                    work.ifLost(() -> sessions.end(heir));
                    sessions.put(heir);
                    return heir;
                }));
        inherited.ifPresent(heir -> endIfRevoked(before, heir));
        return inherited;
    }

    private Optional<Session> heir(Accounts.Work work, Session before, FirstFactor.Admitted refreshed) {
        var now = clock.instant();
        boolean asksForMore = work.current() instanceof Mfa.Enabled && before.level() != Level.TWO_FACTOR;
        return sessions.find(before.fingerprint())
                .filter(live -> !asksForMore && !live.idledOut(now))
                .filter(live -> live.account().equals(before.account())
                        && live.level() == before.level()
                        && live.securityVersion() == work.securityVersion())
                .map(live -> live.refreshed(
                        refreshed.credential(), refreshed.source(), refreshed.identity(), now, settings));
    }

    /** A logout that was faster may not have reached the sessions yet. */
    private void endIfRevoked(Session before, Session heir) {
        if (accounts.standing(before.account(), before.fingerprint()).credentialRevoked()) {
            sessions.end(heir);
            throw new Refused(new Problem.AuthRequired());
        }
    }
}
