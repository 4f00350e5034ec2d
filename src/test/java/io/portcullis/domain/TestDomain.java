package io.portcullis.domain;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.limits.LimitSettings;
import io.portcullis.domain.login.AdmitLogin;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.login.Logout;
import io.portcullis.domain.login.OwnSessions;
import io.portcullis.domain.login.PasswordAttempts;
import io.portcullis.domain.login.VerifyLogin;
import io.portcullis.domain.mfa.ConfirmSetup;
import io.portcullis.domain.mfa.Disable;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.mfa.RecoveryCode;
import io.portcullis.domain.mfa.SecondFactor;
import io.portcullis.domain.mfa.StartSetup;
import io.portcullis.domain.mfa.StepUp;
import io.portcullis.domain.mfa.TotpKey;
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
import java.util.Optional;
import java.util.Set;

/** The operations on in-memory stores, with the defaults of the config, and what one account does with them. */
public final class TestDomain {
    public static final Account ALICE = new Account("admin", "alice");
    public static final Client CLIENT = new Client("192.0.2.1", "test");
    public static final Origin FROM = new Origin(CLIENT, "request-1");
    public static final String PASSWORD = "alice's password";
    public static final Duration STEP = Duration.ofSeconds(30);

    private static final MfaSettings MFA = MfaSettings.DEFAULTS;

    public final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:10Z"));
    public final InMemoryAccounts accounts = new InMemoryAccounts(clock);
    public final InMemorySessions sessions = new InMemorySessions(clock);
    public final InMemoryPendingLogins pendingLogins = new InMemoryPendingLogins(clock);
    public final InMemoryRateLimiter limiter = new InMemoryRateLimiter(clock);
    public final PasswordAttempts attempts = new PasswordAttempts(limiter, LimitSettings.DEFAULTS.loginFailures());
    public final QuickHasher hasher = new QuickHasher();
    private final SecureRandom random = new SecureRandom();
    private final SecondFactor secondFactor = new SecondFactor(accounts, hasher, MFA, clock);
    private int credentials;

    public final StartSetup startSetup = new StartSetup(accounts, MFA, random, clock);
    public final ConfirmSetup confirmSetup = new ConfirmSetup(accounts, sessions, hasher, MFA, random, clock);
    public final Disable disable = new Disable(
            accounts,
            sessions,
            secondFactor,
            (session, password, client) ->
                    password.equals(PASSWORD) && session.account().equals(ALICE),
            MFA,
            clock);
    public final StepUp stepUp = new StepUp(accounts, secondFactor, sessions, clock);
    public final AdmitLogin admitLogin =
            new AdmitLogin(accounts, sessions, pendingLogins, MFA, SessionSettings.DEFAULTS, random, clock);
    public final VerifyLogin verifyLogin =
            new VerifyLogin(pendingLogins, secondFactor, accounts, sessions, MFA, SessionSettings.DEFAULTS, clock);
    public final Logout logout = new Logout(accounts, sessions, clock);
    public final OwnSessions ownSessions = new OwnSessions(accounts, sessions, logout, clock);

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
        var key = startSetup.start(session, FROM).key();
        var recoveryCodes = confirmSetup.confirm(session, code(key), FROM);
        clock.advance(STEP);
        return new Enrolled(stored(session), key, recoveryCodes);
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

    /** The temp token of a login of Alice, whose second factor is on. */
    public String tempToken(String credential) {
        return switch (admitLogin.admit(admitted(credential, Optional.empty()), false, FROM)) {
            case AdmitLogin.Outcome.SecondFactorNeeded needed -> needed.tempToken();
            case AdmitLogin.Outcome.Complete complete -> throw new AssertionError("nothing was withheld");
        };
    }
}
