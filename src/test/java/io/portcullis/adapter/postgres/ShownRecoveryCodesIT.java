package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.InMemoryEmailCodes;
import io.portcullis.domain.InMemoryRateLimiter;
import io.portcullis.domain.InMemorySessions;
import io.portcullis.domain.Mailroom;
import io.portcullis.domain.QuickHasher;
import io.portcullis.domain.TestDomain;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.limits.LimitSettings;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.ConfirmSetup;
import io.portcullis.domain.mfa.FreshProof;
import io.portcullis.domain.mfa.FreshRecoveryCodes;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.mfa.RecoveryCode;
import io.portcullis.domain.mfa.SecondFactor;
import io.portcullis.domain.mfa.SendCode;
import io.portcullis.domain.mfa.StartSetup;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.testing.Race;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two instances on one database: a set-up begun on one of them, confirmed on both at once. */
class ShownRecoveryCodesIT {
    private static final int RUNNERS = 20;
    private static final SecretBox BOX = SecretBox.of(Keysets.create());
    private static final AuditKey AUDIT_KEY = AuditKey.of("a pepper of this test alone");
    private static final Postgres POSTGRES = Postgres.open(Stores.vertx(), PostgresUrl.of(Stores.postgresUrl()), 4);

    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemorySessions sessions = new InMemorySessions(clock);
    private final InMemoryEmailCodes emailCodes = new InMemoryEmailCodes(clock);
    private final InMemoryRateLimiter limiter = new InMemoryRateLimiter(clock);
    private final QuickHasher hasher = new QuickHasher();
    private final SecureRandom random = new SecureRandom();
    private final MfaSettings settings = MfaSettings.DEFAULTS;
    private final Accounts one = new PostgresAccounts(POSTGRES, BOX, AUDIT_KEY, clock);
    private final Accounts other = new PostgresAccounts(POSTGRES, BOX, AUDIT_KEY, clock);
    private final Session session = session();

    @AfterAll
    static void close() {
        POSTGRES.close();
    }

    @Test
    void oneConfirmationWinsAndTheCodesThatWereShownAreTheAccounts() throws Exception {
        var started = (StartSetup.Started.App) startSetup().start(session, Method.TOTP, true, TestDomain.FROM);
        var given = new ConfirmSetup.Given(
                Optional.of(started.key().code(clock.instant())),
                Optional.empty(),
                Optional.empty(),
                Optional.of(started.verificationToken()),
                true);
        var instances = List.of(confirmSetup(one), confirmSetup(other));
        var next = new AtomicInteger();
        var outcomes = new ArrayList<>(Race.of(RUNNERS, () -> {
            var instance = instances.get(next.getAndIncrement() % instances.size());
            try {
                return instance.confirm(session, given, TestDomain.FROM);
            } catch (Refused refused) {
                return refused.problem();
            }
        }));
        assertThat(outcomes)
                .filteredOn(new ConfirmSetup.Outcome.Enabled(List.of())::equals)
                .hasSize(1);
        assertThat(outcomes)
                .filteredOn(Problem.class::isInstance)
                .hasSize(RUNNERS - 1)
                .containsOnly(new Problem.TokenInvalid(Action.RESTART_SETUP));
        assertThat(hasher.hashes()).isEqualTo(settings.recoveryCodes());
        var account = session.account();
        assertThat(one.standing(account, session.fingerprint()).recoveryCodesRemaining())
                .isEqualTo(settings.recoveryCodes());

        var secondFactor = new SecondFactor(other, emailCodes, limiter, hasher, settings, clock);
        var code = started.recoveryCodes().getFirst();
        assertThat(prove(secondFactor, code).recoveryCodesRemaining()).isEqualTo(settings.recoveryCodes() - 1);
    }

    private SecondFactor.Proved prove(SecondFactor secondFactor, RecoveryCode code) {
        return secondFactor.prove(
                session.account(),
                code.plaintext(),
                Optional.empty(),
                new Problem.SetupNotStarted(),
                TestDomain.FROM,
                () -> {});
    }

    private StartSetup startSetup() {
        var sendCode = new SendCode(
                emailCodes, new Mailroom(), limiter, one, settings.email(), LimitSettings.DEFAULTS, random, clock);
        var secondFactor = new SecondFactor(one, emailCodes, limiter, hasher, settings, clock);
        var freshProof = new FreshProof(secondFactor, (of, password, client) -> false, settings, clock);
        return new StartSetup(one, sendCode, freshProof, freshCodes(), settings, random, clock);
    }

    private ConfirmSetup confirmSetup(Accounts accounts) {
        return new ConfirmSetup(accounts, sessions, emailCodes, limiter, freshCodes(), settings, clock);
    }

    private FreshRecoveryCodes freshCodes() {
        return new FreshRecoveryCodes(hasher, limiter, settings, random);
    }

    private Session session() {
        var name = UUID.randomUUID().toString();
        return sessions.open(Session.begin(
                new Credential(Fingerprint.of(name), clock.instant().plus(Duration.ofDays(1))),
                "legacy",
                new Identity(new Account("admin", name), Optional.empty(), Optional.of("admin")),
                List.of("pwd"),
                TestDomain.CLIENT,
                clock.instant(),
                SessionSettings.DEFAULTS,
                0));
    }
}
