package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * {@code SETUP_IN_PROGRESS -> ENABLED}: what was temporary becomes the second factor, and the session that proved it
 * becomes {@code two-factor}. While {@code ENABLED} the method is added to those there are.
 */
public final class ConfirmSetup {
    private final Accounts accounts;
    private final Sessions sessions;
    private final SetupProof proof;
    private final FreshRecoveryCodes freshCodes;
    private final Attempts attempts;
    private final InstantSource clock;

    public ConfirmSetup(
            Accounts accounts,
            Sessions sessions,
            EmailCodes emailCodes,
            RateLimiter limiter,
            FreshRecoveryCodes freshCodes,
            MfaSettings settings,
            InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.attempts = new Attempts(settings.lockout(), clock);
        this.proof = new SetupProof(emailCodes, limiter, attempts, settings, clock);
        this.freshCodes = freshCodes;
        this.clock = clock;
    }

    /**
     * What a request brings.
     *
     * @param code of the app, or the mailed one where e-mail is set up
     * @param enrollmentToken instead of the app's code
     * @param emailCode the mailed one that the config may ask for as well
     */
    public record Given(Optional<String> code, Optional<String> enrollmentToken, Optional<String> emailCode) {
        @Override
        public String toString() {
            return "Given[hidden]";
        }
    }

    public sealed interface Outcome {
        /** The codes are never shown again; none where a method was added to an enabled second factor. */
        record Enabled(List<RecoveryCode> recoveryCodes) implements Outcome {}

        /** The token is right and too early. */
        record Pending(Duration retryAfter) implements Outcome {}
    }

    public Outcome confirm(Session session, Given given, Origin origin) {
        // In turn, so that of many requests at once one computes the hashes.
        return accounts.inTurn(session.account(), () -> confirmInTurn(session, given, origin));
    }

    private Outcome confirmInTurn(Session session, Given given, Origin origin) {
        var account = accounts.read(session.account());
        Freshness.check(session, account.securityVersion());
        var now = clock.instant();
        var setup = account.mfa().running(now);
        checkAddition(account.mfa(), session);
        proof.check(account.mfa(), setup, given);
        if (given.code().isPresent()) {
            attempts.checkLock(account.lockout());
        } else {
            var ripeAt = SetupProof.token(setup, session, given).ripeAt();
            if (now.isBefore(ripeAt)) {
                return new Outcome.Pending(Duration.between(now, ripeAt));
            }
        }
        boolean first = !(account.mfa() instanceof Mfa.Enabled);
        var codes = first && !proof.surelyWrong(account.mfa(), setup, given)
                ? freshCodes.make(session.account())
                : FreshRecoveryCodes.Made.NONE;
        var verdict = accounts.<Verdict<Method>>change(
                session.account(), work -> enable(work, session, given, codes, origin));
        var method = verdict.orThrow();
        if (given.code().isPresent()) { // nobody has proved anything by a token
            sessions.put(session.elevated(method, clock.instant())); // after the commit: never ahead of its account
        }
        return new Outcome.Enabled(codes.codes());
    }

    private Verdict<Method> enable(
            Accounts.Work work, Session session, Given given, FreshRecoveryCodes.Made codes, Origin origin) {
        Freshness.check(session, work);
        var before = work.current();
        boolean first = !(before instanceof Mfa.Enabled);
        var setup = before.running(clock.instant());
        checkAddition(before, session);
        proof.check(before, setup, given);
        return proof.judge(work, session, setup, given, origin).map(enabled -> {
            if (first && codes.codes().isEmpty()) {
                throw new Refused(new Problem.StoreUnavailable()); // another set-up since it was read: nothing is kept
            }
            work.become(enabled);
            if (first) {
                work.replaceRecoveryCodes(codes.hashes());
            }
            var method = setup.enrollment().method();
            var type = first ? AuditEvent.Type.MFA_ENABLED : AuditEvent.Type.METHOD_ADDED;
            work.record(AuditEvent.own(type, clock.instant(), origin, method.wire()));
            sessions.find(session.fingerprint()); // a store that cannot raise it now must cost no code
            return method;
        });
    }

    /** Who has the first factor alone adds nothing to what is enabled, whoever began it. */
    private static void checkAddition(Mfa before, Session session) {
        if (before instanceof Mfa.Enabled && session.verifiedAt().isEmpty()) {
            throw new Refused(new Problem.ReauthenticationRequired());
        }
    }
}
