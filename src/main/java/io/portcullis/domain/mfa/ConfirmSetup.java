package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** {@code SETUP_IN_PROGRESS -> ENABLED}: the temporary key becomes the key, and this session becomes {@code two-factor}. */
public final class ConfirmSetup {
    private final Accounts accounts;
    private final Sessions sessions;
    private final CodeHasher hasher;
    private final MfaSettings settings;
    private final Attempts attempts;
    private final SecureRandom random;
    private final InstantSource clock;

    public ConfirmSetup(
            Accounts accounts,
            Sessions sessions,
            CodeHasher hasher,
            MfaSettings settings,
            SecureRandom random,
            InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.hasher = hasher;
        this.settings = settings;
        this.attempts = new Attempts(settings.lockout(), clock);
        this.random = random;
        this.clock = clock;
    }

    /** Returns the recovery codes, which are never shown again. */
    public List<RecoveryCode> confirm(Session session, String code, Origin origin) {
        var verdict = accounts.<Verdict<List<RecoveryCode>>>change(
                session.account(), work -> enable(work, session, code, origin));
        var recoveryCodes = verdict.orThrow();
        sessions.put(session.elevated(Method.TOTP, clock.instant())); // after the commit: never ahead of its account
        return recoveryCodes;
    }

    private Verdict<List<RecoveryCode>> enable(Accounts.Work work, Session session, String code, Origin origin) {
        Freshness.check(session, work);
        var now = clock.instant();
        return attempts.judge(
                        work,
                        origin,
                        () -> work.current().confirm(code, now, settings.totp().window()))
                .map(enabled -> {
                    var recoveryCodes = RecoveryCode.random(random, settings.recoveryCodes());
                    work.become(enabled);
                    work.replaceRecoveryCodes(RecoveryCode.hashed(recoveryCodes, hasher));
                    work.record(new AuditEvent(AuditEvent.Type.MFA_ENABLED, now, AuditEvent.SELF, origin, "totp"));
                    return recoveryCodes;
                });
    }
}
