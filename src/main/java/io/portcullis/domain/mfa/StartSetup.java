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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
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
    private final FreshRecoveryCodes freshCodes;
    private final MfaSettings settings;
    private final SecureRandom random;
    private final InstantSource clock;

    public StartSetup(
            Accounts accounts,
            SendCode sendCode,
            FreshProof freshProof,
            FreshRecoveryCodes freshCodes,
            MfaSettings settings,
            SecureRandom random,
            InstantSource clock) {
        this.accounts = accounts;
        this.sendCode = sendCode;
        this.freshProof = freshProof;
        this.freshCodes = freshCodes;
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /** What the person needs to go on, shown once. */
    public sealed interface Started {
        /**
         * An app is to be set up.
         *
         * @param verificationToken names the set-up to whoever confirms it
         * @param enrollmentToken the same, where the config allows it to confirm without a code
         * @param proof the code that was mailed because the config asks for one as well
         * @param recoveryCodes good once it is confirmed; empty unless they were asked for
         */
        record App(
                TotpKey key,
                String otpauthUrl,
                String verificationToken,
                Optional<String> enrollmentToken,
                Optional<SendCode.Sent> proof,
                List<RecoveryCode> recoveryCodes,
                Duration expiresIn)
                implements Started {
            @Override
            public String toString() {
                return "App[hidden]";
            }
        }

        /** A code was mailed; the rest is as for an app. */
        record Mail(SendCode.Sent sent, String verificationToken, List<RecoveryCode> recoveryCodes) implements Started {
            @Override
            public String toString() {
                return "Mail[hidden]";
            }
        }
    }

    /** {@code showRecoveryCodes}: whether a first set-up brings its recovery codes along, instead of its confirmation. */
    public Started start(Session session, Method method, boolean showRecoveryCodes, Origin origin) {
        if (!settings.methods().contains(method)) {
            var offered = settings.methods().stream().sorted().map(Method::wire).toList();
            throw new Refused(Problem.InvalidRequest.field("method", "must be " + String.join(" or ", offered)));
        }
        return method == Method.EMAIL
                ? startEmail(session, showRecoveryCodes, origin)
                : startApp(session, showRecoveryCodes, origin);
    }

    private Started startEmail(Session session, boolean showRecoveryCodes, Origin origin) {
        var address = address(session, "method");
        boolean adds = adds(session, Method.EMAIL, origin);
        var codes = codes(session, showRecoveryCodes && !adds);
        var token = token();
        var setup = setup(new Enrollment.Email(address), session, token, Optional.empty(), codes);
        return new Started.Mail(mail(session, address, setup, adds, origin), token, codes.codes());
    }

    private Started startApp(Session session, boolean showRecoveryCodes, Origin origin) {
        var key = TotpKey.random(random, settings.totp());
        boolean adds = adds(session, Method.TOTP, origin);
        var codes = codes(session, showRecoveryCodes && !adds);
        var token = token();
        boolean autoConfirm = !adds && settings.enrollment().autoConfirm();
        var ripeAt = autoConfirm
                ? Optional.of(clock.instant().plus(settings.enrollment().autoConfirmAfter()))
                : Optional.<Instant>empty();
        var setup = setup(new Enrollment.Totp(key), session, token, ripeAt, codes);
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
        return new Started.App(
                key,
                key.otpauthUrl(settings.issuer(), label),
                token,
                autoConfirm ? Optional.of(token) : Optional.empty(),
                proof,
                codes.codes(),
                settings.setupTtl());
    }

    private FreshRecoveryCodes.Made codes(Session session, boolean shown) {
        return shown ? freshCodes.make(session.account(), FreshRecoveryCodes.AT_SETUP) : FreshRecoveryCodes.Made.NONE;
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

    private Setup setup(
            Enrollment enrollment,
            Session session,
            String token,
            Optional<Instant> ripeAt,
            FreshRecoveryCodes.Made codes) {
        return new Setup(
                enrollment,
                clock.instant().plus(settings.setupTtl()),
                Optional.of(new Setup.Token(Fingerprint.of(token), session.fingerprint(), ripeAt)),
                codes.hashes());
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
