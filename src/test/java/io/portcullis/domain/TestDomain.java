package io.portcullis.domain;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.device.RememberDeviceSettings;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.limits.LimitSettings;
import io.portcullis.domain.login.AdmitLogin;
import io.portcullis.domain.login.CompleteLogin;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.login.Login;
import io.portcullis.domain.login.LoginWithCode;
import io.portcullis.domain.login.Logout;
import io.portcullis.domain.login.OwnDevices;
import io.portcullis.domain.login.OwnSessions;
import io.portcullis.domain.login.PasswordAttempts;
import io.portcullis.domain.login.SendLoginCode;
import io.portcullis.domain.login.SkipSecondFactor;
import io.portcullis.domain.login.TrustedNetworks;
import io.portcullis.domain.login.VerifyLogin;
import io.portcullis.domain.mfa.ConfirmSetup;
import io.portcullis.domain.mfa.Disable;
import io.portcullis.domain.mfa.EnrollmentSettings;
import io.portcullis.domain.mfa.FreshProof;
import io.portcullis.domain.mfa.FreshRecoveryCodes;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.mfa.NoticeClient;
import io.portcullis.domain.mfa.RecoveryCode;
import io.portcullis.domain.mfa.RegenerateRecoveryCodes;
import io.portcullis.domain.mfa.RememberDevice;
import io.portcullis.domain.mfa.RemoveMethod;
import io.portcullis.domain.mfa.RequestCode;
import io.portcullis.domain.mfa.RunningSetup;
import io.portcullis.domain.mfa.SecondFactor;
import io.portcullis.domain.mfa.SendCode;
import io.portcullis.domain.mfa.StartSetup;
import io.portcullis.domain.mfa.StepUp;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.testing.TestClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The operations on in-memory stores, with the defaults of the config, and what one account does with them. */
public final class TestDomain {
    public static final Account ALICE = new Account("admin", "alice");
    public static final Client CLIENT = new Client("192.0.2.1", "test");
    public static final Origin FROM = new Origin(CLIENT, "request-1", Locale.ENGLISH);
    public static final String PASSWORD = "alice's password";
    public static final ThisDevice NOT_REMEMBERED = new ThisDevice(Optional.empty(), false);
    public static final Duration STEP = Duration.ofSeconds(30);

    public final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:10Z"));
    public final InMemoryAccounts accounts = new InMemoryAccounts(clock);
    public final InMemorySessions sessions = new InMemorySessions(clock);
    public final InMemoryPendingLogins pendingLogins = new InMemoryPendingLogins(clock);
    public final InMemoryRateLimiter limiter = new InMemoryRateLimiter(clock);
    public final PasswordAttempts attempts = new PasswordAttempts(limiter, LimitSettings.DEFAULTS.loginFailures());
    public final QuickHasher hasher = new QuickHasher();
    public final InMemoryEmailCodes emailCodes = new InMemoryEmailCodes(clock);
    public final Mailroom mailroom = new Mailroom();
    /** An address that the office of every admin has. */
    public static final String OFFICE = "192.0.2.99";

    public final TrustedNetworks trustedNetworks = new TrustedNetworks(Set.of("admin"), OFFICE::equals);
    public final RememberDevice rememberDevice;
    public final OwnDevices ownDevices;
    private final SecureRandom random = new SecureRandom();
    private final SecondFactor secondFactor;
    private int credentials;

    public final StartSetup startSetup;
    public final ConfirmSetup confirmSetup;
    public final RequestCode requestCode;
    public final RemoveMethod removeMethod;
    public final Disable disable;
    public final RegenerateRecoveryCodes regenerate;
    public final StepUp stepUp;
    public final AdmitLogin admitLogin;
    public final VerifyLogin verifyLogin;
    public final Login login;
    public final LoginWithCode loginWithCode;
    public final RunningSetup runningSetup;
    public final SendLoginCode sendLoginCode;
    public final Logout logout;
    public final OwnSessions ownSessions;

    public TestDomain() {
        this(EnrollmentSettings.DEFAULTS);
    }

    public TestDomain(EnrollmentSettings enrollment) {
        var mfa = mailed(enrollment);
        secondFactor = new SecondFactor(accounts, emailCodes, limiter, hasher, mfa, clock);
        var sendCode = new SendCode(
                emailCodes, mailroom, limiter, accounts, mfa.email(), LimitSettings.DEFAULTS, random, clock);
        var freshCodes = new FreshRecoveryCodes(hasher, limiter, mfa, random);
        var freshProof = new FreshProof(
                secondFactor,
                (session, password, client) ->
                        password.equals(PASSWORD) && session.account().equals(ALICE),
                mfa,
                clock);
        requestCode = new RequestCode(accounts, sendCode, enrollment, clock);
        startSetup = new StartSetup(accounts, sendCode, freshProof, freshCodes, mfa, random, clock);
        confirmSetup = new ConfirmSetup(accounts, sessions, emailCodes, limiter, freshCodes, mfa, clock);
        removeMethod = new RemoveMethod(accounts, sessions, freshProof, clock);
        disable = new Disable(accounts, sessions, freshProof, clock);
        regenerate = new RegenerateRecoveryCodes(accounts, freshProof, freshCodes, clock);
        rememberDevice = new RememberDevice(mfa.rememberDevice(), random, clock);
        ownDevices = new OwnDevices(accounts, rememberDevice, clock);
        var noticeClient = new NoticeClient(limiter, clock);
        var completeLogin = new CompleteLogin(noticeClient, clock);
        stepUp = new StepUp(accounts, secondFactor, rememberDevice, noticeClient, sessions, clock);
        admitLogin = new AdmitLogin(
                accounts,
                sessions,
                pendingLogins,
                requestCode,
                new SkipSecondFactor(rememberDevice, trustedNetworks, clock),
                completeLogin,
                mfa,
                SessionSettings.DEFAULTS,
                random,
                clock);
        verifyLogin = new VerifyLogin(
                pendingLogins,
                secondFactor,
                accounts,
                sessions,
                rememberDevice,
                completeLogin,
                mfa,
                SessionSettings.DEFAULTS,
                clock);
        login = new Login(List.of(this::byPassword), attempts, admitLogin);
        loginWithCode = new LoginWithCode(login, admitLogin, verifyLogin, pendingLogins);
        runningSetup = new RunningSetup(accounts, clock);
        sendLoginCode = new SendLoginCode(pendingLogins, requestCode);
        logout = new Logout(accounts, sessions, clock);
        ownSessions = new OwnSessions(accounts, sessions, logout, clock);
    }

    private static MfaSettings mailed(EnrollmentSettings enrollment) {
        var defaults = MfaSettings.DEFAULTS;
        return new MfaSettings(
                defaults.issuer(),
                Set.of(Method.TOTP, Method.EMAIL),
                defaults.mandatoryRoles(),
                defaults.totp(),
                true,
                defaults.email(),
                enrollment,
                defaults.recoveryCodes(),
                defaults.setupTtl(),
                defaults.tempTokenTtl(),
                defaults.tempTokenAttempts(),
                defaults.freshProof(),
                new RememberDeviceSettings(defaults.rememberDevice().ttl(), Set.of("admin")),
                defaults.trustedNetworks(),
                defaults.lockout());
    }
    /** An account that has its second factor; the session is the one that confirmed it. */
    public record Enrolled(Session session, TotpKey key, List<RecoveryCode> recoveryCodes) {}

    /** A new session of Alice, who has passed the first factor. */
    public Session loggedIn() {
        var now = clock.instant();
        var fingerprint = Fingerprint.of("credential " + ++credentials);
        return sessions.open(new Session(
                new Credential(fingerprint, now.plus(Duration.ofDays(7))),
                "legacy",
                new Identity(ALICE, Optional.of("alice@example.com"), Optional.of("admin")),
                List.of("pwd"),
                java.util.Map.of(),
                now,
                now.plus(Duration.ofDays(7)),
                now,
                SessionSettings.DEFAULTS.idle(),
                CLIENT,
                accounts.standing(ALICE, fingerprint).securityVersion()));
    }

    /** Alice with her second factor, and a code in hand that was not used yet. */
    public Enrolled enrolled() {
        var session = loggedIn();
        var key = startApp(session);
        var recoveryCodes = confirm(session, code(key));
        clock.advance(STEP);
        return new Enrolled(stored(session), key, recoveryCodes);
    }

    /** Starts the set-up of an app. */
    public TotpKey startApp(Session session) {
        return ((StartSetup.Started.App) startSetup.start(session, Method.TOTP, false, FROM)).key();
    }

    /** Confirms it by a code. */
    public List<RecoveryCode> confirm(Session session, String code) {
        return confirm(
                session,
                new ConfirmSetup.Given(Optional.of(code), Optional.empty(), Optional.empty(), Optional.empty(), false));
    }

    /** Confirms it at once. */
    public List<RecoveryCode> confirm(Session session, ConfirmSetup.Given given) {
        return ((ConfirmSetup.Outcome.Enabled) confirmSetup.confirm(session, given, FROM)).recoveryCodes();
    }

    public void disable(Session session, Optional<String> code, Optional<String> password) {
        disable.disable(session, new FreshProof.Given(code, password), FROM);
    }

    /** From a device that is not remembered and is not to be. */
    public SecondFactor.Proved stepUp(Session session, String code, Optional<Method> method, Origin from) {
        return stepUp.stepUp(session, code, method, NOT_REMEMBERED, from).proved();
    }

    /** From such a device. */
    public VerifyLogin.Verified verify(String tempToken, String code, Optional<Method> method, Origin from) {
        return verifyLogin.verify(tempToken, code, method, NOT_REMEMBERED, from);
    }

    /** From such a device. */
    public AdmitLogin.Outcome admit(FirstFactor.Admitted admitted, boolean releaseAnswer, Origin from) {
        return admitLogin.admit(admitted, releaseAnswer, Optional.empty(), from);
    }

    /** What the session became. */
    public Session stored(Session session) {
        return sessions.find(session.fingerprint()).orElseThrow();
    }

    public Mfa mfa() {
        return accounts.mfa(ALICE);
    }

    public String code(TotpKey key) {
        return key.code(clock.instant());
    }

    /** Six digits that no accepted step has. */
    public String wrongCode(TotpKey key) {
        var now = clock.instant();
        var right = Set.of(key.code(now.minus(STEP)), key.code(now), key.code(now.plus(STEP)));
        for (int i = 0; ; i++) {
            var code = "00000" + i;
            if (!right.contains(code)) {
                return code;
            }
        }
    }

    /** A first factor of Alice that a legacy login let in, with this credential and this answer. */
    public FirstFactor.Admitted admitted(String credential, Optional<LegacyAnswer> answer) {
        return new FirstFactor.Admitted(
                new Identity(ALICE, Optional.of("alice@example.com"), Optional.of("admin")),
                "legacy-login",
                List.of("pwd"),
                credential,
                new Credential(Fingerprint.of(credential), clock.instant().plus(Duration.ofDays(1))),
                answer);
    }

    /** The first factor of the gateway itself, which gives a new credential each time. */
    private Optional<FirstFactor.Admitted> byPassword(String email, String password, Client client) {
        return email.equals("alice@example.com") && password.equals(PASSWORD)
                ? Optional.of(admitted("credential of login " + ++credentials, Optional.empty()))
                : Optional.empty();
    }

    /** The temp token of a login of Alice, whose second factor is on. */
    public String tempToken(String credential) {
        return switch (admit(admitted(credential, Optional.empty()), false, FROM)) {
            case AdmitLogin.Outcome.SecondFactorNeeded needed -> needed.tempToken();
            case AdmitLogin.Outcome.Complete complete -> throw new AssertionError("nothing was withheld");
        };
    }
}
