package io.portcullis.domain.capture;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.capture.CaptureSettings.HandOut;
import io.portcullis.domain.capture.CaptureSettings.Occasion;
import io.portcullis.domain.capture.CapturedLogin.Asked;
import io.portcullis.domain.capture.CapturedLogin.Meaning;
import io.portcullis.domain.device.DeviceToken;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.AdmitLogin;
import io.portcullis.domain.login.AdmitLogin.Outcome;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.login.Logout;
import io.portcullis.domain.login.PasswordAttempts;
import io.portcullis.domain.login.PasswordAttempts.Attempt;
import io.portcullis.domain.login.Recognize;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a request for a legacy route that hands out a credential, before the backend is asked and after. A login takes one
 * of the {@link PasswordAttempts}; a refresh is one for whoever brings the earlier session, and else a login without a password.
 * Blocks, on virtual threads.
 */
public final class WatchHandOut {
    private final CapturedLogin capturedLogin;
    private final PasswordAttempts attempts;
    private final Recognize recognize;
    private final InheritSession inheritSession;
    private final AdmitLogin admitLogin;
    private final LegacyLogout legacyLogout;
    private final Logout logout;
    private final Sessions sessions;

    public WatchHandOut(
            CapturedLogin capturedLogin,
            PasswordAttempts attempts,
            Recognize recognize,
            InheritSession inheritSession,
            AdmitLogin admitLogin,
            LegacyLogout legacyLogout,
            Logout logout,
            Sessions sessions) {
        this.capturedLogin = capturedLogin;
        this.attempts = attempts;
        this.recognize = recognize;
        this.inheritSession = inheritSession;
        this.admitLogin = admitLogin;
        this.legacyLogout = legacyLogout;
        this.logout = logout;
        this.sessions = sessions;
    }

    /** A request that the backend may now get. */
    public static final class Watched {
        private final CaptureSettings capture;
        private final HandOut handOut;
        private final Asked asked;
        private final Optional<Attempt> attempt;
        private final Optional<Session> before;

        private Watched(
                CaptureSettings capture,
                HandOut handOut,
                Asked asked,
                Optional<Attempt> attempt,
                Optional<Session> before) {
            this.capture = capture;
            this.handOut = handOut;
            this.asked = asked;
            this.attempt = attempt;
            this.before = before;
        }

        /** The backend gave no answer. */
        public void notCompared() {
            attempt.ifPresent(Attempt::notCompared);
        }
    }

    /** What the client is to get. */
    public sealed interface Verdict {
        /**
         * What the backend says.
         *
         * @param device what the client's device is to keep, where it is remembered
         * @param admitted who was let in by it, if anybody
         */
        record Relay(LegacyAnswer answer, Optional<DeviceToken> device, Optional<FirstFactor.Admitted> admitted)
                implements Verdict {}

        /** {@code destination} is the local path that the withheld answer redirects to. */
        record Withheld(Outcome.SecondFactorNeeded needed, Optional<String> destination) implements Verdict {}

        record KeptBack(CapturedLogin.Reason reason) implements Verdict {}
    }

    /**
     * Before the backend is asked. The session of a cookie that a login or a reset brings is over.
     *
     * @param cookies those of the name of the cookie that is the credential, as the request brought them
     * @param carried the credentials of a refresh; those of other requests do not matter
     * @throws Refused {@code InvalidCredentials} when no attempt is left; {@code InvalidRequest} for credentials of two accounts
     */
    public Watched begin(
            CaptureSettings capture,
            HandOut handOut,
            byte[] body,
            List<Carried> cookies,
            List<Carried> carried,
            Origin origin) {
        boolean login = handOut.occasion() == Occasion.LOGIN;
        if (handOut.occasion() != Occasion.REFRESH) {
            cookies.forEach(cookie -> endSessionOf(cookie, origin));
        }
        var email = login ? capturedLogin.email(capture, body) : Optional.<String>empty();
        var before =
                handOut.occasion() == Occasion.REFRESH ? live(carried, origin.client()) : Optional.<Session>empty();
        return new Watched(
                capture,
                handOut,
                new Asked(email, cookies),
                login ? Optional.of(attempts.begin(email, origin.client())) : Optional.empty(),
                before);
    }

    /**
     * Every answer to a login that lets nobody in counts as a wrong password, but one that says the backend is out. A credential
     * that the client had before the login is logged in at the backend now, and whoever planted it has it: it is logged out there.
     */
    public Verdict judge(Watched watched, LegacyAnswer answer, Optional<String> deviceToken, Origin origin) {
        return switch (capturedLogin.read(watched.capture, watched.handOut, watched.asked, answer)) {
            case Meaning.TurnedAway away -> {
                if (answer.isOutage()) {
                    watched.notCompared();
                }
                yield new Verdict.Relay(away.answer(), Optional.empty(), Optional.empty());
            }
            case Meaning.Unreadable unreadable -> {
                if (unreadable.reason() == CapturedLogin.Reason.CREDENTIAL_FROM_CLIENT) {
                    watched.asked.cookies().forEach(cookie -> legacyLogout.passOn(watched.capture.name(), cookie));
                }
                yield new Verdict.KeptBack(unreadable.reason());
            }
            case Meaning.LetIn in -> {
                watched.attempt.ifPresent(Attempt::succeeded);
                yield letIn(watched, in, answer, deviceToken, origin);
            }
        };
    }

    private Verdict letIn(
            Watched watched, Meaning.LetIn in, LegacyAnswer answer, Optional<String> deviceToken, Origin origin) {
        var admitted = in.admitted();
        var inherited = watched.before.flatMap(before -> inheritSession.inherit(before, admitted));
        if (inherited.isPresent()) {
            return new Verdict.Relay(answer, Optional.empty(), Optional.of(admitted));
        }
        return switch (admitLogin.admit(admitted, true, deviceToken, origin)) {
            case Outcome.Complete complete -> new Verdict.Relay(answer, complete.device(), Optional.of(admitted));
            case Outcome.SecondFactorNeeded needed -> new Verdict.Withheld(needed, in.destination());
        };
    }

    /**
     * A backend that keeps the id of a session over a login makes the cookie somebody else's, maybe: what was proved with it so far
     * is worth nothing from here on, however the backend answers.
     */
    private void endSessionOf(Carried cookie, Origin origin) {
        sessions.find(cookie.fingerprint()).ifPresent(session -> {
            try {
                logout.logout(session, origin);
            } catch (Refused refused) {
                if (!(refused.problem() instanceof Problem.AuthRequired)) {
                    throw refused;
                }
            }
        });
    }

    /** A credential that is no good is no reason to refuse a refresh: it is what a client refreshes for. */
    private Optional<Session> live(List<Carried> carried, Client client) {
        if (carried.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(recognize.recognize(carried, client).caller().session());
        } catch (Refused refused) {
            if (refused.problem() instanceof Problem.AuthRequired
                    || refused.problem() instanceof Problem.SessionExpired) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
