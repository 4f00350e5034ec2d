package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Session;
import java.time.Duration;
import java.time.InstantSource;

/** Tells what a code is for, where a frontend sends it to one place whether it confirms a set-up or verifies a session. */
public final class RunningSetup {
    private final Accounts accounts;
    private final InstantSource clock;

    public RunningSetup(Accounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /** A set-up that could be confirmed now; nothing of its secret. */
    public record Running(Method method, Duration expiresIn) {}

    /** The set-up that this session could confirm; throws {@code SetupNotStarted} when there is none. */
    public Running of(Session session) {
        var now = clock.instant();
        return accounts.read(session.account())
                .mfa()
                .setupOf(session, now)
                .map(setup -> new Running(setup.enrollment().method(), Duration.between(now, setup.expiresAt())))
                .orElseThrow(() -> new Refused(new Problem.SetupNotStarted()));
    }

    /** Whether a code of this session is meant for a set-up. */
    public boolean awaitsCodeOf(Session session) {
        return accounts.read(session.account())
                .mfa()
                .setupOf(session, clock.instant())
                .isPresent();
    }
}
