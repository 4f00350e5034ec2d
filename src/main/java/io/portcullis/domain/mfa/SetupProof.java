package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.mfa.ConfirmSetup.Given;
import io.portcullis.domain.session.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What a set-up is confirmed by: a code of the app, a mailed one, both, or a token in the place of the app's. */
final class SetupProof {
    private final MailedCode mailedCode;
    private final Attempts attempts;
    private final MfaSettings settings;
    private final InstantSource clock;

    SetupProof(
            EmailCodes emailCodes, RateLimiter limiter, Attempts attempts, MfaSettings settings, InstantSource clock) {
        this.mailedCode = new MailedCode(emailCodes, limiter, settings.email());
        this.attempts = attempts;
        this.settings = settings;
        this.clock = clock;
    }

    /** Throws {@code TokenInvalid} unless the set-up under way is the one that is named, where one is; the state does not matter. */
    static void checkName(Optional<Setup> underWay, Session session, Given given) {
        given.verificationToken().ifPresent(text -> {
            if (underWay.filter(setup -> setup.isNamed(text, session)).isEmpty()) {
                throw new Refused(new Problem.TokenInvalid(Action.RESTART_SETUP));
            }
        });
    }

    /** What must be there for this set-up; nothing is judged or counted when it is not. */
    void check(Mfa before, Setup setup, Given given) {
        if (given.code().isEmpty()) {
            if (given.enrollmentToken().isEmpty()) {
                throw new Refused(Problem.InvalidRequest.field("code", "is missing"));
            }
            if (ripeAt(setup).isEmpty()) {
                throw new Refused(new Problem.SetupNotStarted());
            }
        }
        if (needsMailedCode(before, setup) && given.emailCode().isEmpty()) {
            throw new Refused(Problem.InvalidRequest.field("emailCode", "is missing: it was mailed to you"));
        }
    }

    /** From when on the token that is given confirms this set-up of this session; {@code SetupNotStarted} when it never does. */
    Instant ripeAt(Setup setup, Session session, Given given) {
        return ripeAt(setup)
                .filter(at -> given.enrollmentToken()
                        .filter(text -> setup.isNamed(text, session))
                        .isPresent())
                .orElseThrow(() -> new Refused(new Problem.SetupNotStarted()));
    }

    /** Most tokens name the set-up and confirm nothing. */
    private Optional<Instant> ripeAt(Setup setup) {
        return setup.token()
                .flatMap(Setup.Token::ripeAt)
                .filter(at -> settings.enrollment().autoConfirm()); // it may have been on when the set-up began
    }

    /** Before slow hashes are computed for it: whether the app's code is not the one. */
    boolean surelyWrong(Mfa before, Setup setup, Given given) {
        return given.code().isPresent()
                && setup.enrollment().method() == Method.TOTP
                && !(byApp(before, given) instanceof Mfa.Proof.Right);
    }

    /** Judges it inside the change that enables. */
    Verdict<Mfa.Enabled> judge(Accounts.Work work, Session session, Setup setup, Given given, Origin origin) {
        var before = work.current();
        return switch (setup.enrollment()) {
            case Enrollment.Email email ->
                attempts.judge(work, origin, () -> byMail(work, email, given)).map(Mfa.Proof.Right::next);
            case Enrollment.Totp totp ->
                given.code().isPresent()
                        ? attempts.judge(
                                        work, origin, () -> withMail(work, session, setup, given, byApp(before, given)))
                                .map(Mfa.Proof.Right::next)
                        : byToken(work, session, setup, totp, given, origin);
        };
    }

    private Mfa.Proof byApp(Mfa before, Given given) {
        return before.confirm(
                given.code().orElseThrow(), clock.instant(), settings.totp().window());
    }

    private Mfa.Proof byMail(Accounts.Work work, Enrollment.Email email, Given given) {
        return mailedCode.judge(
                work,
                EmailCodes.Purpose.SETUP,
                email.address(),
                given.code().orElseThrow(),
                work.current().confirmEmail(email));
    }

    private Mfa.Proof withMail(Accounts.Work work, Session session, Setup setup, Given given, Mfa.Proof proof) {
        return proof instanceof Mfa.Proof.Right right && needsMailedCode(work.current(), setup)
                ? mailedCode.judge(
                        work,
                        EmailCodes.Purpose.SETUP,
                        session.identity().email().orElse(""), // nothing was ever mailed there
                        given.emailCode().orElseThrow(),
                        right.next())
                : proof;
    }

    /** Nobody has proved that the app is set up, so the account may be verified by mail until somebody does. */
    private Verdict<Mfa.Enabled> byToken(
            Accounts.Work work, Session session, Setup setup, Enrollment.Totp totp, Given given, Origin origin) {
        if (clock.instant().isBefore(ripeAt(setup, session, given))) {
            throw new Refused(new Problem.SetupNotStarted());
        }
        var fallback = session.identity().email().filter(address -> settings.mailed());
        var enabled = work.current().confirmUnproven(totp, fallback);
        if (!needsMailedCode(work.current(), setup)) {
            return new Verdict.Right<>(enabled); // no proof, so what was counted before stays counted
        }
        return attempts.judge(
                        work,
                        origin,
                        () -> withMail(work, session, setup, given, new Mfa.Proof.Right(Method.TOTP, enabled)))
                .map(Mfa.Proof.Right::next);
    }

    private boolean needsMailedCode(Mfa before, Setup setup) {
        return settings.enrollment().proof() == EnrollmentSettings.Proof.EMAIL
                && !(before instanceof Mfa.Enabled)
                && setup.enrollment().method() != Method.EMAIL;
    }
}
