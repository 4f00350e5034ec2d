package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
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
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Set-ups that were running while the gateway was brought up to date. */
class SetupUpdateIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final SecretBox BOX = SecretBox.of(Keysets.create());

    private final TotpKey key = TotpKey.random(new SecureRandom(), TotpSettings.DEFAULTS);

    @Test
    void theyGoOnAsTheyBegan() throws SQLException {
        try (var database = OwnDatabase.empty()) {
            migrateToTheVersionBefore(database);
            insert(database, "plain", "NULL, NULL, NULL");
            insert(database, "polled", "'%s', 'session', '2026-03-01T12:00:06Z'".formatted(digest().value()));
            Migrations.run(PostgresUrl.of(database.url()));

            var postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 1);
            try {
                var accounts =
                        new PostgresAccounts(postgres, BOX, AuditKey.of("a pepper of this test"), new TestClock(NOW));
                var plain = setup(accounts, "plain");
                assertThat(plain.token()).isEmpty();
                assertThat(plain.recoveryCodes()).isEqualTo(Map.of());
                assertThat(setup(accounts, "polled").token())
                        .contains(
                                new Setup.Token(digest(), new Fingerprint("session"), Optional.of(NOW.plusSeconds(6))));
                accounts.<Boolean>change(account("polled"), work -> {
                    work.become(States.enabled(States.temporaryKey(work.current()), 1));
                    return true;
                });
                assertThat(States.app(accounts.read(account("polled")).mfa())
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
