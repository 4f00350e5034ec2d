package io.portcullis.domain.mfa;

import io.portcullis.domain.session.Session;
import java.time.InstantSource;

/** Tells what a code is for, where a frontend sends it to one place whether it confirms a set-up or verifies a session. */
public final class RunningSetup {
    private final Accounts accounts;
    private final InstantSource clock;

    public RunningSetup(Accounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Whether a code of this session is meant for a set-up. */
    public boolean awaitsCodeOf(Session session) {
        return accounts.read(session.account())
                .mfa()
                .setupOf(session, clock.instant())
                .isPresent();
    }
}
