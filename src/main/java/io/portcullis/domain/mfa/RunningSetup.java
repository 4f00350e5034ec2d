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

    /**
     * Whether a code of this session is meant for a set-up. A session that has proved nothing could not confirm an addition to
     * what is enabled, so its code verifies: an addition that was abandoned keeps nobody out.
     */
    public boolean awaitsCodeOf(Session session) {
        return switch (accounts.read(session.account()).mfa().at(clock.instant())) {
            case Mfa.Disabled disabled -> false;
            case Mfa.SetupInProgress running -> true;
            case Mfa.Enabled enabled ->
                enabled.addition().isPresent() && session.verifiedAt().isPresent();
        };
    }
}
