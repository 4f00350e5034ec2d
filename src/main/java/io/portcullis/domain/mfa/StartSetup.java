package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * {@code DISABLED, SETUP_IN_PROGRESS -> SETUP_IN_PROGRESS}: a new temporary key replaces the old temporary one. While
 * {@code ENABLED} a second method is set up on a fresh proof, and the first keeps working.
 */
public final class StartSetup {
    private static final int TOKEN_BYTES = 32;

    private final Accounts accounts;
    private final SendCode sendCode;
    private final FreshProof freshProof;
    private final MfaSettings settings;
    private final SecureRandom random;
    private final InstantSource clock;

    public StartSetup(
            Accounts accounts,
            SendCode sendCode,
            FreshProof freshProof,
            MfaSettings settings,
            SecureRandom random,
            InstantSource clock) {
        this.accounts = accounts;
        this.sendCode = sendCode;
        this.freshProof = freshProof;
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /** What the person needs to go on, shown once. */
    public sealed interface Started {
        /**
         * An app is to be set up.
         *
         * @param enrollmentToken confirms it without a code, where the config allows that
         * @param proof the code that was mailed because the config asks for one as well
         */
        record App(
                TotpKey key,
                String otpauthUrl,
                Optional<String> enrollmentToken,
                Optional<SendCode.Sent> proof,
                Duration expiresIn)
                implements Started {
            @Override
            public String toString() {
                return "App[hidden]";
            }
        }

        /** A code was mailed. */
        record Mail(SendCode.Sent sent) implements Started {}
    }

    public Started start(Session session, Method method, Origin origin) {
        if (!settings.methods().contains(method)) {
            var offered = settings.methods().stream().sorted().map(Method::wire).toList();
            throw new Refused(Problem.InvalidRequest.field("method", "must be " + String.join(" or ", offered)));
        }
        return method == Method.EMAIL ? startEmail(session, origin) : startApp(session, origin);
    }

    private Started startEmail(Session session, Origin origin) {
        var address = address(session, "method");
        boolean adds = adds(session, Method.EMAIL, origin);
        var setup = setup(new Enrollment.Email(address), Optional.empty());
        return new Started.Mail(mail(session, address, setup, adds, origin));
    }

    private Started startApp(Session session, Origin origin) {
        var key = TotpKey.random(random, settings.totp());
        boolean adds = adds(session, Method.TOTP, origin);
        var token = !adds && settings.enrollment().autoConfirm() ? Optional.of(token()) : Optional.<String>empty();
        var setup = setup(
                new Enrollment.Totp(key),
                token.map(text -> new Setup.Token(
                        Fingerprint.of(text),
                        session.fingerprint(),
                        clock.instant().plus(settings.enrollment().autoConfirmAfter()))));
        var proof = Optional.<SendCode.Sent>empty();
        if (!adds && settings.enrollment().proof() == EnrollmentSettings.Proof.EMAIL) {
            proof = Optional.of(mail(session, address(session, "email"), setup, adds, origin));
        } else {
            accounts.<Boolean>change(session.account(), work -> {
                begin(work, session, setup, adds, origin);
                return true;
            });
        }
        var label = session.identity().email().orElse(session.account().subject());
        return new Started.App(key, key.otpauthUrl(settings.issuer(), label), token, proof, settings.setupTtl());
    }

    /** Before a mail is sent for it: whether it adds a method to what is enabled. That asks for a fresh proof. */
    private boolean adds(Session session, Method method, Origin origin) {
        var account = accounts.read(session.account());
        Freshness.check(session, account.securityVersion());
        if (!(account.mfa() instanceof Mfa.Enabled enabled)) {
            return false;
        }
        if (enabled.has(method)) {
            throw new Refused(new Problem.AlreadyEnabled());
        }
        freshProof.before(session, account, FreshProof.Given.NOTHING, origin);
        return true;
    }

    /** Begins when the mail is out: without one there is nothing to confirm. */
    private SendCode.Sent mail(Session session, String address, Setup setup, boolean adds, Origin origin) {
        return sendCode.send(
                session.account(),
                address,
                EmailCodes.Purpose.SETUP,
                origin,
                work -> begin(work, session, setup, adds, origin));
    }

    private void begin(Accounts.Work work, Session session, Setup setup, boolean adds, Origin origin) {
        Freshness.check(session, work);
        if (work.current() instanceof Mfa.Enabled
                && !adds) { // enabled since, by somebody else: nothing was proved for it
            throw new Refused(new Problem.ReauthenticationRequired());
        }
        work.know(session.identity(), origin.language());
        work.become(work.current().startSetup(setup));
        work.record(AuditEvent.own(
                AuditEvent.Type.SETUP_STARTED,
                clock.instant(),
                origin,
                setup.enrollment().method().wire()));
    }

    private Setup setup(Enrollment enrollment, Optional<Setup.Token> token) {
        return new Setup(enrollment, clock.instant().plus(settings.setupTtl()), token);
    }

    private static String address(Session session, String field) {
        return session.identity()
                .email()
                .orElseThrow(() -> new Refused(
                        Problem.InvalidRequest.field(field, "needs an account that has an e-mail address")));
    }

    private String token() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
