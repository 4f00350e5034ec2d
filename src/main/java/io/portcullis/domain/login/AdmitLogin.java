package io.portcullis.domain.login;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.device.DeviceToken;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.SkipSecondFactor.Skipped;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.mfa.RequestCode;
import io.portcullis.domain.mfa.Standing;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.domain.session.Sessions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * After a right first factor: the credential is handed out when the second factor is off or something stands in for it, and
 * withheld when it is on.
 */
public final class AdmitLogin {
    private static final int TOKEN_BYTES = 32;

    private final Accounts accounts;
    private final Sessions sessions;
    private final PendingLogins pendingLogins;
    private final RequestCode requestCode;
    private final SkipSecondFactor skipSecondFactor;
    private final CompleteLogin completeLogin;
    private final MfaSettings mfa;
    private final SessionSettings settings;
    private final SecureRandom random;
    private final InstantSource clock;

    public AdmitLogin(
            Accounts accounts,
            Sessions sessions,
            PendingLogins pendingLogins,
            RequestCode requestCode,
            SkipSecondFactor skipSecondFactor,
            CompleteLogin completeLogin,
            MfaSettings mfa,
            SessionSettings settings,
            SecureRandom random,
            InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.pendingLogins = pendingLogins;
        this.requestCode = requestCode;
        this.skipSecondFactor = skipSecondFactor;
        this.completeLogin = completeLogin;
        this.mfa = mfa;
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /** What comes of a login. */
    public sealed interface Outcome {
        /**
         * The token is the client's.
         *
         * @param released is given byte for byte, or empty for the gateway's own shape
         * @param setCookie goes with the gateway's own shape, where the credential lives in a cookie of the backend
         * @param device what the client's device is to keep, where it is remembered
         */
        record Complete(
                String token,
                Session session,
                Standing standing,
                Optional<LegacyAnswer> released,
                Optional<String> setCookie,
                Optional<DeviceToken> device)
                implements Outcome {
            @Override
            public String toString() {
                return "Complete[" + session.account() + "]";
            }
        }

        record SecondFactorNeeded(String tempToken, Set<Method> methods, Duration expiresIn) implements Outcome {
            @Override
            public String toString() {
                return "SecondFactorNeeded" + methods;
            }
        }
    }

    /**
     * Decides by the account's state.
     *
     * @param releaseAnswer whether the client is to get the legacy answer as it came
     * @param deviceToken of the cookie of a remembered device
     */
    public Outcome admit(
            FirstFactor.Admitted admitted, boolean releaseAnswer, Optional<String> deviceToken, Origin origin) {
        return admit(admitted, new Released(admitted, releaseAnswer), deviceToken, false, origin);
    }

    /** The same for somebody who gives a code along: none is mailed, which would take the place of the one that is given. */
    Outcome admitWithCode(FirstFactor.Admitted admitted, Optional<String> deviceToken, Origin origin) {
        return admit(admitted, new Released(admitted, false), deviceToken, true, origin);
    }

    private Outcome admit(
            FirstFactor.Admitted admitted,
            Released released,
            Optional<String> deviceToken,
            boolean hasCode,
            Origin origin) {
        var identity = admitted.identity();
        var standing = standing(admitted);
        if (standing.state() == MfaState.ENABLED && !skipSecondFactor.mayApply(identity, deviceToken, origin)) {
            return withhold(admitted, standing, released, hasCode, origin);
        }
        var entered = accounts.<Optional<Skipped>>change(
                identity.account(), work -> enter(work, admitted, deviceToken, origin));
        var since = standing(admitted);
        return entered.<Outcome>map(in -> new Outcome.Complete(
                        admitted.token(), in.session(), since, released.answer(), released.setCookie(), in.device()))
                .orElseGet(() -> withhold(admitted, since, released, hasCode, origin));
    }

    /** What the client is to get of the legacy answer: all of it, or the cookie alone that is the credential. */
    private record Released(Optional<LegacyAnswer> answer, Optional<String> setCookie) {
        Released(FirstFactor.Admitted admitted, boolean whole) {
            this(
                    whole ? admitted.answer() : Optional.empty(),
                    whole
                            ? Optional.empty()
                            : admitted.answer().flatMap(answer -> answer.setCookieOf(admitted.token())));
        }
    }

    private Standing standing(FirstFactor.Admitted admitted) {
        return accounts.standing(
                admitted.identity().account(), admitted.credential().fingerprint());
    }

    /**
     * Stores the session before the commit: where its store fails, the device's token is not used up, and no login is written
     * down that nobody got. Nobody has the credential yet.
     */
    private Optional<Skipped> enter(
            Accounts.Work work, FirstFactor.Admitted admitted, Optional<String> deviceToken, Origin origin) {
        var session = Session.begin(
                admitted.credential(),
                admitted.source(),
                admitted.identity(),
                admitted.amr(),
                origin.client(),
                clock.instant(),
                settings,
                work.securityVersion());
        if (!(work.current() instanceof Mfa.Enabled)) {
            completeLogin.complete(work, session, 0, origin);
            return Optional.of(new Skipped(sessions.open(session), Optional.empty()));
        }
        var skipped = skipSecondFactor.skip(work, session, deviceToken, origin);
        skipped.map(Skipped::session).ifPresent(raised -> {
            completeLogin.complete(work, raised, 0, origin);
            work.ifLost(() -> sessions.end(raised));
            sessions.put(raised);
        });
        return skipped;
    }

    private Outcome withhold(
            FirstFactor.Admitted admitted, Standing standing, Released released, boolean hasCode, Origin origin) {
        var token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        var tempToken = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        var pending = new PendingLogin(
                admitted.identity(),
                admitted.source(),
                admitted.amr(),
                admitted.token(),
                admitted.credential(),
                released.answer(),
                released.setCookie(),
                origin.client(),
                standing.securityVersion());
        if (!hasCode && standing.methods().equals(Set.of(Method.EMAIL))) {
            // Before the login is stored: one that fails here leaves nothing.
            sendCode(admitted.identity().account(), origin);
        }
        pendingLogins.store(tempToken, pending, mfa.tempTokenTtl());
        return new Outcome.SecondFactorNeeded(tempToken, standing.methods(), mfa.tempTokenTtl());
    }

    /** Who asked for many codes waits for the next, but an earlier one may be at hand, or a recovery code. */
    private void sendCode(Account account, Origin origin) {
        try {
            requestCode.forLogin(account, origin);
        } catch (Refused refused) {
            if (!(refused.problem() instanceof Problem.RateLimited)) {
                throw refused;
            }
        }
    }
}
