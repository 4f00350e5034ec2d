package io.portcullis.domain.login;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.device.DeviceToken;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.mfa.RememberDevice;
import io.portcullis.domain.mfa.SecondFactor;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Optional;

/** The second step of a login: a right code releases the withheld credential, which is then {@code two-factor}. */
public final class VerifyLogin {
    private final PendingLogins pendingLogins;
    private final SecondFactor secondFactor;
    private final Accounts accounts;
    private final Sessions sessions;
    private final RememberDevice rememberDevice;
    private final CompleteLogin completeLogin;
    private final MfaSettings mfa;
    private final SessionSettings settings;
    private final InstantSource clock;

    public VerifyLogin(
            PendingLogins pendingLogins,
            SecondFactor secondFactor,
            Accounts accounts,
            Sessions sessions,
            RememberDevice rememberDevice,
            CompleteLogin completeLogin,
            MfaSettings mfa,
            SessionSettings settings,
            InstantSource clock) {
        this.pendingLogins = pendingLogins;
        this.secondFactor = secondFactor;
        this.accounts = accounts;
        this.sessions = sessions;
        this.rememberDevice = rememberDevice;
        this.completeLogin = completeLogin;
        this.mfa = mfa;
        this.settings = settings;
        this.clock = clock;
    }

    /** A login that is complete, and how it was proved. */
    public record Verified(AdmitLogin.Outcome.Complete login, SecondFactor.Proved proved) {}

    /** Whether a token is of a login in progress. */
    public boolean knows(String tempToken) {
        return pendingLogins.find(tempToken).isPresent();
    }

    public Verified verify(String tempToken, String code, Optional<Method> method, ThisDevice device, Origin origin) {
        var attempt = pendingLogins
                .attempt(tempToken, mfa.tempTokenAttempts())
                .orElseThrow(() -> new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN)));
        var pending = attempt.login();
        var proved = prove(tempToken, attempt, code, method, origin);
        if (proved.securityVersion() != pending.securityVersion()) {
            throw new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN));
        }
        var session = twoFactorSession(pending, proved);
        sessions.put(session); // before the token ends: a store that fails here leaves the token for the next code
        var remembered = accounts.<Optional<DeviceToken>>change(
                session.account(), work -> complete(work, session, proved, device, origin)); // before it, too
        if (!pendingLogins.finish(tempToken)) {
            throw new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN));
        }
        var standing = accounts.standing(session.account(), session.fingerprint());
        var complete = new AdmitLogin.Outcome.Complete(
                pending.token(), session, standing, pending.released(), pending.setCookie(), remembered);
        return new Verified(complete, proved);
    }

    private Optional<DeviceToken> complete(
            Accounts.Work work, Session session, SecondFactor.Proved proved, ThisDevice device, Origin origin) {
        if (work.securityVersion() != session.securityVersion()) {
            throw new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN));
        }
        completeLogin.complete(work, session, proved.failuresBefore(), origin);
        return rememberDevice.remember(work, session.identity(), proved.method(), device, origin);
    }

    private SecondFactor.Proved prove(
            String tempToken, PendingLogins.Attempt attempt, String code, Optional<Method> method, Origin origin) {
        var disabledMeanwhile = new Problem.TokenInvalid(Action.RESTART_LOGIN);
        try {
            var login = attempt.login();
            var proved = secondFactor.prove(
                    login.identity().account(),
                    code,
                    method,
                    disabledMeanwhile,
                    origin,
                    // A store that cannot keep the session now must cost no code.
                    () -> sessions.find(login.credential().fingerprint()));
            pendingLogins.giveBack(tempToken);
            return proved;
        } catch (Refused refused) {
            if (refused.problem() instanceof Problem.InvalidCode wrong) {
                throw new Refused(new Problem.InvalidCode(Math.min(wrong.remainingAttempts(), attempt.left())));
            }
            pendingLogins.giveBack(tempToken);
            throw refused;
        }
    }

    private Session twoFactorSession(PendingLogin pending, SecondFactor.Proved proved) {
        var now = clock.instant();
        return Session.begin(
                        pending.credential(),
                        pending.source(),
                        pending.identity(),
                        pending.firstFactor(),
                        pending.client(),
                        now,
                        settings,
                        proved.securityVersion())
                .elevated(proved.method(), now);
    }
}
