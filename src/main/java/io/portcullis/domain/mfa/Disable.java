package io.portcullis.domain.mfa;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Level;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ENABLED -> DISABLED} on a fresh proof; key and recovery codes are erased and every other session ends. A first
 * factor alone never suffices, whoever's password it brings.
 */
public final class Disable {
    private final Accounts accounts;
    private final Sessions sessions;
    private final SecondFactor secondFactor;
    private final PasswordCheck passwords;
    private final MfaSettings settings;
    private final InstantSource clock;

    public Disable(
            Accounts accounts,
            Sessions sessions,
            SecondFactor secondFactor,
            PasswordCheck passwords,
            MfaSettings settings,
            InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.secondFactor = secondFactor;
        this.passwords = passwords;
        this.settings = settings;
        this.clock = clock;
    }

    public void disable(Session session, Optional<String> code, Optional<String> password, Origin origin) {
        var state = accounts.standing(session.account(), session.fingerprint()).state();
        boolean provedWithoutCode = state == MfaState.ENABLED && code.isEmpty();
        if (provedWithoutCode) {
            proveWithoutCode(session, password, origin);
        }
        var verdict = accounts.<Verdict<Long>>change(
                session.account(), work -> disable(work, session, code, provedWithoutCode, origin));
        long version = verdict.orThrow();
        sessions.put(session.lowered(version)); // the one session that outlives the change, as one-factor
        sessions.invalidate(session.account());
    }

    private void proveWithoutCode(Session session, Optional<String> password, Origin origin) {
        if (session.level() != Level.TWO_FACTOR) {
            throw new Refused(new Problem.ReauthenticationRequired());
        }
        if (password.isPresent()) {
            if (!passwords.isRight(session, password.get(), origin.client())) {
                throw new Refused(new Problem.InvalidCredentials());
            }
            return;
        }
        var freshSince = clock.instant().minus(settings.freshProof());
        if (session.verifiedAt().filter(at -> !at.isBefore(freshSince)).isEmpty()) {
            throw new Refused(new Problem.ReauthenticationRequired());
        }
    }

    private Verdict<Long> disable(
            Accounts.Work work, Session session, Optional<String> code, boolean proved, Origin origin) {
        Freshness.check(session, work);
        if (!(work.current() instanceof Mfa.Enabled)) {
            return new Verdict.Right<>(abandon(work, origin));
        }
        if (code.isEmpty() && !proved) {
            throw new Refused(new Problem.ReauthenticationRequired());
        }
        Verdict<Long> proof = code.isEmpty()
                ? new Verdict.Right<>(work.securityVersion())
                : secondFactor
                        .prove(work, code.get(), Optional.empty(), new Problem.SetupNotStarted(), origin)
                        .map(SecondFactor.Proved::securityVersion);
        return proof.map(before -> {
            work.become(new Mfa.Disabled());
            work.replaceRecoveryCodes(Map.of());
            work.lockout(Lockout.NONE);
            work.record(new AuditEvent(AuditEvent.Type.MFA_DISABLED, clock.instant(), AuditEvent.SELF, origin, ""));
            return work.raiseSecurityVersion();
        });
    }

    /** Nothing is enabled, so nothing needs a proof; a set-up under way ends. */
    private long abandon(Accounts.Work work, Origin origin) {
        if (work.current() instanceof Mfa.SetupInProgress setup) {
            work.become(setup.abandonSetup());
            work.record(new AuditEvent(AuditEvent.Type.SETUP_ABANDONED, clock.instant(), AuditEvent.SELF, origin, ""));
        }
        return work.securityVersion();
    }
}
