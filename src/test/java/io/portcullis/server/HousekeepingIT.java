package io.portcullis.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.AdvisoryLock;
import io.portcullis.adapter.postgres.AuditKey;
import io.portcullis.adapter.postgres.AuditRetention;
import io.portcullis.adapter.postgres.Outbox;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresAccounts;
import io.portcullis.adapter.postgres.PostgresAuditLog;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.adapter.postgres.Resealing;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.AuditLog.Filter;
import io.portcullis.domain.audit.AuditSettings;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.server.Housekeeping.Chore;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.States;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left over goes by itself. */
class HousekeepingIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AuditKey AUDIT_KEY = AuditKey.of("a pepper of this test alone");
    private static final Origin ORIGIN = new Origin(new Client("192.0.2.1", "a browser"), "request-1", Locale.ENGLISH);
    private static final Account ALICE = new Account("admin", "alice");
    private static final Account BOB = new Account("admin", "bob");

    private final OwnDatabase database = OwnDatabase.migrated();
    private final Postgres postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 6);
    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final String oldKeyset = Keysets.create();
    private final SecretBox box = SecretBox.of(Keysets.rotate(oldKeyset));
    private final PostgresAccounts accounts = new PostgresAccounts(postgres, box, AUDIT_KEY, clock, () -> true);
    private final Outbox outbox = new Outbox(postgres);
    private final AdvisoryLock turn = AdvisoryLock.ofHousekeeping(postgres);
    private final TotpKey key = TotpKey.random(RANDOM, TotpSettings.DEFAULTS);
    private final Housekeeping housekeeping = new Housekeeping(
            turn,
            Chores.of(
                    postgres,
                    box,
                    accounts,
                    new AuditRetention(postgres, AUDIT_KEY),
                    new OutboxWorker(outbox, new CurrentChannel(), clock, new SimpleMeterRegistry()),
                    () -> AuditSettings.DEFAULTS,
                    clock),
            RANDOM);

    @AfterEach
    void close() {
        postgres.close();
        database.close();
    }

    @Test
    void aSetUpWhoseTimeRanOutIsErasedAndWrittenDown() throws SQLException {
        start(accounts, ALICE);
        clock.advance(Duration.ofMinutes(10));
        start(accounts, BOB);
        housekeeping.run();
        assertThat(accounts.read(ALICE).mfa()).isInstanceOf(Mfa.SetupInProgress.class);
        clock.advance(Duration.ofMinutes(5));
        housekeeping.run();
        housekeeping.run();
        assertThat(accounts.read(ALICE).mfa()).isEqualTo(new Mfa.Disabled());
        assertThat(accounts.read(BOB).mfa()).isInstanceOf(Mfa.SetupInProgress.class);
        assertThat(count("mfa_account WHERE temporary_totp_key IS NOT NULL")).isEqualTo(1);
        var events = new PostgresAuditLog(postgres).find(Filter.of(ALICE, Optional.empty(), 10));
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().event().type()).isEqualTo(AuditEvent.Type.SETUP_ABANDONED);
        assertThat(events.getFirst().event().actor()).isEqualTo("system");
    }

    @Test
    void aSecretThatDoesNotOpenKeepsNobodyElses() {
        start(new PostgresAccounts(postgres, SecretBox.of(Keysets.create()), AUDIT_KEY, clock), ALICE);
        start(accounts, BOB);
        clock.advance(Duration.ofMinutes(15));
        try (var log = LogCapture.start()) {
            housekeeping.run();
            assertThat(log.text()).contains("erasing abandoned set-ups failed");
        }
        assertThat(accounts.read(BOB).mfa()).isEqualTo(new Mfa.Disabled());
    }

    @Test
    void aRevocationIsForgottenAnHourAfterItsCredentialEnded() throws SQLException {
        accounts.change(ALICE, work -> {
            work.revoke(Fingerprint.of("one"), clock.instant());
            work.revoke(Fingerprint.of("another"), clock.instant().plusSeconds(60));
            return true;
        });
        clock.advance(Duration.ofHours(1).plusSeconds(1));
        housekeeping.run();
        assertThat(count("revoked_credential")).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        housekeeping.run();
        assertThat(count("revoked_credential")).isZero();
    }

    @Test
    void theAuditLogIsKeptAsLongAsItShallBe() throws SQLException {
        record(ALICE);
        clock.advance(AuditSettings.DEFAULTS.retention());
        record(ALICE);
        housekeeping.run();
        assertThat(count("audit_event")).isEqualTo(2); // March is not over for that long
        clock.advance(Duration.ofDays(31));
        housekeeping.run();
        assertThat(count("audit_event")).isEqualTo(1);
    }

    @Test
    void whatAnOldKeySealedIsSealedAnew() {
        start(new PostgresAccounts(postgres, SecretBox.of(oldKeyset), AUDIT_KEY, clock), ALICE);
        var resealing = new Resealing(postgres, box);
        assertThat(resealing.left()).isEqualTo(1);
        housekeeping.run();
        assertThat(resealing.left()).isZero();
        assertThat(States.temporaryKey(accounts.read(ALICE).mfa()).stored()).isEqualTo(key.stored());
    }

    @Test
    void noticesThatNobodyCouldSendAreGivenUp() {
        record(ALICE);
        assertThat(outbox.waiting()).isEqualTo(1);
        clock.advance(Duration.ofDays(3).plusSeconds(1));
        housekeeping.run();
        assertThat(outbox.waiting()).isZero();
    }

    @Test
    void oneThatFailsKeepsNoOther() {
        var done = new AtomicInteger();
        var chores = List.of(
                new Chore("the first one", () -> {
                    throw new IllegalStateException("broken");
                }),
                new Chore("the second one", done::incrementAndGet));
        try (var log = LogCapture.start()) {
            new Housekeeping(turn, chores, RANDOM).run();
            assertThat(log.text()).contains("the first one failed");
        }
        assertThat(done).hasValue(1);
    }

    @Test
    void oneInstanceAtATime() {
        var done = new AtomicInteger();
        var other = new Housekeeping(turn, List.of(new Chore("counting", done::incrementAndGet)), RANDOM);
        assertThat(turn.tryRun(other::run)).isTrue();
        assertThat(done).hasValue(0);
        other.run();
        assertThat(done).hasValue(1);
    }

    private void start(PostgresAccounts by, Account account) {
        by.change(account, work -> {
            work.become(States.settingUp(key, clock.instant().plus(Duration.ofMinutes(15))));
            return true;
        });
    }

    private void record(Account account) {
        accounts.change(account, work -> {
            work.know(new Identity(account, Optional.of("alice@example.com"), Optional.empty()), Locale.ENGLISH);
            work.record(AuditEvent.own(AuditEvent.Type.MFA_ENABLED, clock.instant(), ORIGIN, "totp"));
            return true;
        });
    }

    private int count(String from) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM " + from)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
