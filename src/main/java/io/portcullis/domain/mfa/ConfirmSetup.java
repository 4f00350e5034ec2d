package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Rate;
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
    /** Each time the owner is told, and once more when it is turned off. */
    private static final Policy ENROLLMENT = new Policy("enrollment", new Rate(10, Duration.ofHours(1)));

    private final Accounts accounts;
    private final Sessions sessions;
    private final SetupProof proof;
    private final RateLimiter limiter;
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
        this.limiter = limiter;
        this.freshCodes = freshCodes;
        this.clock = clock;
    }

    /**
     * What a request brings.
     *
     * @param code of the app, or the mailed one where e-mail is set up
     * @param enrollmentToken instead of the app's code
     * @param emailCode the mailed one that the config may ask for as well
     * @param verificationToken names the set-up that is meant, where the frontend keeps it
     * @param keepShownCodes whether recovery codes that the set-up showed to this session become the account's; other ones are
     *     made where it is false or there are none
     */
    public record Given(
            Optional<String> code,
            Optional<String> enrollmentToken,
            Optional<String> emailCode,
            Optional<String> verificationToken,
            boolean keepShownCodes) {
        @Override
        public String toString() {
            return "Given[hidden]";
        }
    }

    public sealed interface Outcome {
        /**
         * The codes are never shown again; none where a method was added to an enabled second factor, or where the set-up showed
         * those that the account has now.
         */
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
        SetupProof.checkName(account.mfa().setup(now), session, given);
        var setup = account.mfa().running(now);
        checkAddition(account.mfa(), session);
        proof.check(account.mfa(), setup, given);
        if (given.code().isPresent()) {
            attempts.checkLock(account.lockout());
        } else {
            var ripeAt = proof.ripeAt(setup, session, given);
            if (now.isBefore(ripeAt)) {
                return new Outcome.Pending(Duration.between(now, ripeAt));
            }
        }
        boolean first = !(account.mfa() instanceof Mfa.Enabled);
        var codes = first && !proof.surelyWrong(account.mfa(), setup, given)
                ? Optional.of(codesOfEnrollment(setup, session, given))
                : Optional.<FreshRecoveryCodes.Made>empty();
        var verdict = accounts.<Verdict<Confirmed>>change(
                session.account(), work -> enable(work, session, given, codes, origin));
        var confirmed = verdict.orThrow();
        if (given.code().isPresent()) { // nobody has proved anything by a token
            sessions.put(session.elevated(
                    confirmed.method(), clock.instant())); // after the commit: never ahead of its account
        }
        return new Outcome.Enabled(confirmed.recoveryCodes());
    }

    /** Throws {@code RateLimited} when this account was enrolled very often; none are made where those that were shown are kept. */
    private FreshRecoveryCodes.Made codesOfEnrollment(Setup setup, Session session, Given given) {
        var account = session.account();
        limiter.take(ENROLLMENT, account.realm(), account.subject()).orThrow();
        return keepsShownCodes(setup, session, given) ? FreshRecoveryCodes.Made.NONE : freshCodes.make();
    }

    /** What was set up, and the codes to be shown for it. */
    private record Confirmed(Method method, List<RecoveryCode> recoveryCodes) {}

    /** {@code fresh} is empty where nothing was counted, because it was no enrollment or surely wrong. */
    private Verdict<Confirmed> enable(
            Accounts.Work work, Session session, Given given, Optional<FreshRecoveryCodes.Made> fresh, Origin origin) {
        Freshness.check(session, work);
        var before = work.current();
        boolean first = !(before instanceof Mfa.Enabled);
        SetupProof.checkName(before.setup(clock.instant()), session, given);
        var setup = before.running(clock.instant());
        checkAddition(before, session);
        proof.check(before, setup, given);
        return proof.judge(work, session, setup, given, origin).map(enabled -> {
            var codes = codes(setup, session, given, fresh.orElse(FreshRecoveryCodes.Made.NONE));
            if (first && (fresh.isEmpty() || codes.hashes().isEmpty())) {
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
            return new Confirmed(method, codes.codes());
        });
    }

    /** Those that were shown already, to this very session, or fresh ones. */
    private static FreshRecoveryCodes.Made codes(
            Setup setup, Session session, Given given, FreshRecoveryCodes.Made fresh) {
        return keepsShownCodes(setup, session, given)
                ? new FreshRecoveryCodes.Made(List.of(), setup.recoveryCodes())
                : fresh;
    }

    private static boolean keepsShownCodes(Setup setup, Session session, Given given) {
        return given.keepShownCodes() && setup.showedRecoveryCodesTo(session);
    }

    /** Who has the first factor alone adds nothing to what is enabled, whoever began it. */
    private static void checkAddition(Mfa before, Session session) {
        if (before instanceof Mfa.Enabled && session.verifiedAt().isEmpty()) {
            throw new Refused(new Problem.ReauthenticationRequired());
        }
    }
}
