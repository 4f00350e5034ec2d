package io.portcullis.domain.mfa;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Map;

/** {@code ENABLED -> DISABLED} on a fresh proof; keys, recovery codes and remembered devices are erased and every other session ends. */
public final class Disable {
    private final Accounts accounts;
    private final Sessions sessions;
    private final FreshProof freshProof;
    private final InstantSource clock;

    public Disable(Accounts accounts, Sessions sessions, FreshProof freshProof, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.freshProof = freshProof;
        this.clock = clock;
    }

    public void disable(Session session, FreshProof.Given given, Origin origin) {
        given.code().ifPresent(code -> SecondFactor.checkForm(code, () -> accounts.recoveryCodes(session.account())));
        var account = accounts.read(session.account());
        boolean enabled = account.mfa() instanceof Mfa.Enabled;
        if (enabled) {
            freshProof.before(session, account, given, origin);
        }
        var verdict = accounts.<Verdict<Long>>change(
                session.account(), work -> disable(work, session, given, enabled, origin));
        long version = verdict.orThrow();
        sessions.put(session.lowered(version)); // the one session that outlives the change, as one-factor
        sessions.invalidate(session.account());
    }

    private Verdict<Long> disable(
            Accounts.Work work, Session session, FreshProof.Given given, boolean proved, Origin origin) {
        Freshness.check(session, work);
        if (!(work.current() instanceof Mfa.Enabled)) {
            return new Verdict.Right<>(abandon(work, origin));
        }
        if (given.code().isEmpty() && !proved) { // enabled since
            throw new Refused(new Problem.ReauthenticationRequired());
        }
        return freshProof.inside(work, given, origin).map(before -> {
            work.become(new Mfa.Disabled());
            work.replaceRecoveryCodes(Map.of());
            work.forgetDevices();
            work.lockout(Lockout.NONE);
            work.record(AuditEvent.own(AuditEvent.Type.MFA_DISABLED, clock.instant(), origin, ""));
            return work.raiseSecurityVersion();
        });
    }

    /** Nothing is enabled, so nothing needs a proof; a set-up under way ends. */
    private long abandon(Accounts.Work work, Origin origin) {
        if (work.current() instanceof Mfa.SetupInProgress setup) {
            work.become(setup.abandonSetup());
            work.record(AuditEvent.own(AuditEvent.Type.SETUP_ABANDONED, clock.instant(), origin, ""));
        }
        return work.securityVersion();
    }
}
