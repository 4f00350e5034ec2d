package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.device.DeviceToken;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Optional;

/** Raises a session that has its first factor to {@code two-factor}. */
public final class StepUp {
    private final Accounts accounts;
    private final SecondFactor secondFactor;
    private final RememberDevice rememberDevice;
    private final NoticeClient noticeClient;
    private final Sessions sessions;
    private final InstantSource clock;

    public StepUp(
            Accounts accounts,
            SecondFactor secondFactor,
            RememberDevice rememberDevice,
            NoticeClient noticeClient,
            Sessions sessions,
            InstantSource clock) {
        this.accounts = accounts;
        this.secondFactor = secondFactor;
        this.rememberDevice = rememberDevice;
        this.noticeClient = noticeClient;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** What was proved, and what the device is to keep if it is remembered. */
    public record Raised(SecondFactor.Proved proved, Optional<DeviceToken> device) {}

    public Raised stepUp(Session session, String code, Optional<Method> method, ThisDevice device, Origin origin) {
        var verdict = accounts.<Verdict<Raised>>change(session.account(), work -> {
            Freshness.check(session, work);
            if (work.revoked(session.fingerprint())) { // a logout was faster: nothing is to bring the session back
                throw new Refused(new Problem.AuthRequired());
            }
            return secondFactor
                    .prove(work, code, method, new Problem.SetupNotStarted(), origin)
                    .map(proved -> passed(work, session, proved, device, origin));
        });
        var raised = verdict.orThrow();
        sessions.put(session.elevated(raised.proved().method(), clock.instant()));
        return raised;
    }

    private Raised passed(
            Accounts.Work work, Session session, SecondFactor.Proved proved, ThisDevice device, Origin origin) {
        noticeClient.notice(work, proved.failuresBefore(), origin);
        var token = rememberDevice.remember(work, session.identity(), proved.method(), device, origin);
        sessions.find(session.fingerprint()); // a store that cannot raise it now must cost no code
        return new Raised(proved, token);
    }
}
