package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Optional;

/** Raises a session that has its first factor to {@code two-factor}. */
public final class StepUp {
    private final Accounts accounts;
    private final SecondFactor secondFactor;
    private final Sessions sessions;
    private final InstantSource clock;

    public StepUp(Accounts accounts, SecondFactor secondFactor, Sessions sessions, InstantSource clock) {
        this.accounts = accounts;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
        this.clock = clock;
    }

    public SecondFactor.Proved stepUp(Session session, String code, Optional<Method> method, Origin origin) {
        var verdict = accounts.<Verdict<SecondFactor.Proved>>change(session.account(), work -> {
            Freshness.check(session, work);
            return secondFactor.prove(work, code, method, new Problem.SetupNotStarted(), origin);
        });
        var proved = verdict.orThrow();
        sessions.put(session.elevated(proved.method(), clock.instant()));
        return proved;
    }
}
