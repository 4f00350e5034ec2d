package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.AuditVerification.Anchor;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.session.Client;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A database of its own, where six events are written: three in February and three in March. */
abstract class AuditedDatabase {
    static final AuditKey KEY = AuditKey.of("the pepper of this installation");
    static final SecretBox BOX = SecretBox.of(Keysets.create());

    final OwnDatabase database = OwnDatabase.migrated();
    final Postgres postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 16);
    final TestClock clock = new TestClock(Instant.parse("2026-02-28T23:59:50.123456789Z"));
    final PostgresAccounts accounts = new PostgresAccounts(postgres, BOX, KEY, clock);
    final Account alice = new Account("admin", "alice");

    @AfterEach
    void close() {
        postgres.close();
        database.close();
    }

    void writeSix() {
        for (int i = 0; i < 6; i++) {
            record(accounts, alice, "event " + i);
            clock.advance(Duration.ofSeconds(4));
        }
    }

    void record(PostgresAccounts by, Account account, String detail) {
        by.change(account, work -> {
            work.record(event(detail));
            return work;
        });
    }

    AuditEvent event(String detail) {
        return new AuditEvent(
                AuditEvent.Type.MFA_ENABLED,
                clock.instant(),
                AuditEvent.SELF,
                new Origin(new Client("192.0.2.1", "curl"), "r1", Locale.ENGLISH),
                detail);
    }

    AuditVerification.Result verify() {
        return new AuditVerification(postgres, KEY).verify(Optional.empty());
    }

    AuditVerification.Result verify(Anchor anchor) {
        return new AuditVerification(postgres, KEY).verify(Optional.of(anchor));
    }

    Anchor anchor(long id) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT encode(hash, 'hex') FROM audit_event WHERE id = " + id)) {
            assertThat(rows.next()).isTrue();
            return Anchor.of(id + ":" + rows.getString(1)).orElseThrow();
        }
    }
}
