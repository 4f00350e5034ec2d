package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Enrollment;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.Setup;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.States;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Set-ups outlive a restart of the gateway, and an update. */
class PostgresSetupsIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String NO_SET_UP_LEFT = """
            SELECT count(*) FROM mfa_account WHERE subject = $1 AND num_nonnulls(
                temporary_totp_key, temporary_email, setup_expires_at, enrollment_token, enrollment_session,
                enrollment_ripe_at, setup_recovery_codes) = 0""";
    private static final SecretBox BOX = SecretBox.of(Keysets.create());
    private static final AuditKey AUDIT_KEY = AuditKey.of("a pepper of this test alone");
    private static final Postgres POSTGRES = Postgres.open(Stores.vertx(), PostgresUrl.of(Stores.postgresUrl()), 2);

    private final Account alice = new Account("admin", UUID.randomUUID().toString());
    private final PostgresAccounts accounts = accounts(POSTGRES);
    private final TotpKey key = TotpKey.random(new SecureRandom(), TotpSettings.DEFAULTS);

    @AfterAll
    static void close() {
        POSTGRES.close();
    }

    @Test
    void theTokenAndTheRecoveryCodesOfASetUpOutliveARestartAndEndWithIt() {
        var mine = Fingerprint.of("a session");
        var polled = new Setup(
                new Enrollment.Totp(key),
                NOW.plusSeconds(900),
                Optional.of(new Setup.Token(Fingerprint.of("a token"), mine, Optional.of(NOW.plusSeconds(6)))),
                Map.of("AB", "hash 1", "CD", "hash 2"));
        become(new Mfa.SetupInProgress(polled));
        var restarted = accounts(POSTGRES);
        var stored = ((Mfa.SetupInProgress) restarted.read(alice).mfa()).setup();
        assertThat(stored.token()).isEqualTo(polled.token());
        assertThat(stored.recoveryCodes()).isEqualTo(polled.recoveryCodes());
        assertThat(accounts.recoveryCodes(alice)).isEmpty();

        var mailed = new Setup(
                new Enrollment.Email("alice@example.com"),
                NOW.plusSeconds(900),
                Optional.of(new Setup.Token(Fingerprint.of("another"), mine, Optional.empty())),
                Map.of());
        become(new Mfa.SetupInProgress(mailed));
        assertThat(restarted.read(alice).mfa()).isEqualTo(new Mfa.SetupInProgress(mailed));

        become(new Mfa.SetupInProgress(polled));
        become(States.enabled(key, 100));
        assertThat(count(NO_SET_UP_LEFT, alice.subject())).isEqualTo(1);
        change(work -> {
            work.become(new Mfa.Disabled());
            work.become(new Mfa.SetupInProgress(polled));
            work.become(new Mfa.Disabled());
        });
        assertThat(count(NO_SET_UP_LEFT, alice.subject())).isEqualTo(1);
    }

    @Test
    void theTokenOfAnAdditionIsReadBackToo() {
        become(States.settingUp(key, NOW.plusSeconds(900)));
        become(States.enabled(key, 100));
        var added = new Setup(
                new Enrollment.Email("alice@example.com"),
                NOW.plusSeconds(900),
                Optional.of(new Setup.Token(Fingerprint.of("a token"), Fingerprint.of("a session"), Optional.empty())),
                Map.of());
        change(work -> {
            work.become(work.current().startSetup(added));
        });
        assertThat(((Mfa.Enabled) accounts.read(alice).mfa()).addition()).contains(added);
    }

    @Test
    void thoseThatRanDuringTheUpdateGoOnAsTheyBegan() throws SQLException {
        try (var database = OwnDatabase.empty()) {
            migrateToTheVersionBefore(database);
            insert(database, "plain", "NULL, NULL, NULL");
            insert(database, "polled", "'%s', 'session', '2026-03-01T12:00:06Z'".formatted(digest().value()));
            Migrations.run(PostgresUrl.of(database.url()));

            var postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 1);
            try {
                var updated = accounts(postgres);
                var plain = setup(updated, "plain");
                assertThat(plain.token()).isEmpty();
                assertThat(plain.recoveryCodes()).isEqualTo(Map.of());
                assertThat(setup(updated, "polled").token())
                        .contains(
                                new Setup.Token(digest(), new Fingerprint("session"), Optional.of(NOW.plusSeconds(6))));
                updated.<Boolean>change(account("polled"), work -> {
                    work.become(States.enabled(States.temporaryKey(work.current()), 1));
                    return true;
                });
                assertThat(States.app(updated.read(account("polled")).mfa())
                                .key()
                                .stored())
                        .isEqualTo(key.stored());
            } finally {
                postgres.close();
            }
        }
    }

    private static void migrateToTheVersionBefore(OwnDatabase database) {
        var url = PostgresUrl.of(database.url());
        Flyway.configure()
                .dataSource(url.jdbc(), url.user(), url.password())
                .locations("classpath:db/migration")
                .target("8")
                .load()
                .migrate();
    }

    private void insert(OwnDatabase database, String subject, String token) throws SQLException {
        var sealed = new KeySeal(BOX, account(subject)).seal(key, KeySeal.Column.TEMPORARY_TOTP_KEY);
        try (var connection = database.connect();
                var statement = connection.prepareStatement("""
                        INSERT INTO mfa_account (realm, subject, state, temporary_totp_key, setup_expires_at,
                                                 enrollment_token, enrollment_session, enrollment_ripe_at)
                        VALUES ('admin', ?, 'SETUP_IN_PROGRESS', ?, '2026-03-01T12:15:00Z', %s)""".formatted(token))) {
            statement.setString(1, subject);
            statement.setBytes(2, sealed.getBytes());
            statement.executeUpdate();
        }
    }

    private static PostgresAccounts accounts(Postgres postgres) {
        return new PostgresAccounts(postgres, BOX, AUDIT_KEY, new TestClock(NOW));
    }

    private void become(Mfa next) {
        change(work -> {
            work.become(next);
        });
    }

    private void change(Consumer<Accounts.Work> change) {
        accounts.change(alice, work -> {
            change.accept(work);
            return work;
        });
    }

    private static long count(String sql, Object... parameters) {
        return POSTGRES.withConnection(
                statements -> statements.run(sql, parameters).iterator().next().getLong(0));
    }

    private static Setup setup(PostgresAccounts accounts, String subject) {
        return ((Mfa.SetupInProgress) accounts.read(account(subject)).mfa()).setup();
    }

    private static Account account(String subject) {
        return new Account("admin", subject);
    }

    private static Fingerprint digest() {
        return Fingerprint.of("a token");
    }
}
