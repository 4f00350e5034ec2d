package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.AuditVerification.Anchor;
import io.portcullis.adapter.postgres.AuditVerification.Broken;
import io.portcullis.adapter.postgres.AuditVerification.Fault;
import io.portcullis.adapter.postgres.AuditVerification.Intact;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.session.Client;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Months leave as wholes, and what is left is still a chain. */
class AuditRetentionIT {
    private static final AuditKey KEY = AuditKey.of("the pepper of this installation");
    private static final Instant JANUARY = Instant.parse("2026-01-10T00:00:00Z");
    private static final Instant FEBRUARY = Instant.parse("2026-02-10T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-10T00:00:00Z");
    private static final Instant END_OF_FEBRUARY = Instant.parse("2026-03-01T00:00:00Z");

    private final OwnDatabase database = OwnDatabase.migrated();
    private final Postgres postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 4);
    private final TestClock clock = new TestClock(JANUARY);
    private final PostgresAccounts accounts =
            new PostgresAccounts(postgres, SecretBox.of(Keysets.create()), KEY, clock);
    private final AuditRetention retention = new AuditRetention(postgres, KEY);

    @AfterEach
    void close() {
        postgres.close();
        database.close();
    }

    @Test
    void wholeMonthsAreDroppedAndTheRestIsIntact() {
        write(JANUARY, JANUARY, FEBRUARY, FEBRUARY, MARCH, MARCH);
        assertThat(retention.dropBefore(END_OF_FEBRUARY.minusMillis(1))).containsExactly(YearMonth.of(2026, 1));
        assertThat(((Intact) verify()).count()).isEqualTo(4);
        assertThat(retention.dropBefore(END_OF_FEBRUARY)).containsExactly(YearMonth.of(2026, 2));
        assertThat(((Intact) verify()).count()).isEqualTo(2);
        assertThat(retention.dropBefore(END_OF_FEBRUARY)).isEmpty();
        assertThat(count("audit_dropped")).isEqualTo(1);
        write(MARCH);
        assertThat(((Intact) verify()).last().id()).isEqualTo(7);
    }

    @Test
    void aLogOfWhichNothingIsLeftGoesOnWhereItWas() {
        write(JANUARY, FEBRUARY);
        var last = ((Intact) verify()).last();
        assertThat(retention.dropBefore(END_OF_FEBRUARY)).containsExactly(YearMonth.of(2026, 1), YearMonth.of(2026, 2));
        assertThat(verify()).isEqualTo(new Intact(0, last));
        write(MARCH);
        assertThat(((Intact) verify()).last().id()).isEqualTo(3);
    }

    @Test
    void aMarkThatIsAlteredOrGoneIsFound() {
        write(JANUARY, JANUARY, FEBRUARY, MARCH);
        retention.dropBefore(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(((Intact) verify()).count()).isEqualTo(2);
        database.tamper("CREATE TABLE kept AS SELECT * FROM audit_dropped", "UPDATE audit_dropped SET last_id = 3");
        assertThat(verify()).isEqualTo(new Broken(1, Fault.DROPPED_MARK_FORGED));
        assertThat(retention.dropBefore(END_OF_FEBRUARY))
                .as("nothing is sealed over a forgery")
                .isEmpty();
        database.tamper("DELETE FROM audit_dropped");
        assertThat(verify()).isEqualTo(new Broken(1, Fault.MISSING));
        database.tamper("INSERT INTO audit_dropped SELECT * FROM kept", "DELETE FROM audit_event WHERE id = 3");
        assertThat(verify()).isEqualTo(new Broken(3, Fault.MISSING));
    }

    @Test
    void aRowPutBackAmongTheDroppedOnesIsFound() {
        write(JANUARY, JANUARY, JANUARY, FEBRUARY);
        retention.dropBefore(Instant.parse("2026-02-01T00:00:00Z"));
        for (long id = 1; id <= 3; id++) {
            database.tamper("INSERT INTO audit_event SELECT " + id
                    + ", at, realm, subject, type, outcome, actor, address, user_agent, request_id, detail, hash"
                    + " FROM audit_event WHERE id = 4");
            assertThat(verify()).isInstanceOf(Broken.class);
            database.tamper("DELETE FROM audit_event WHERE id < 4");
        }
        assertThat(verify()).isInstanceOf(Intact.class);
    }

    /** Instances whose clocks differ write into two months in turn. */
    @Test
    void whatIsLeftBetweenDroppedRowsIsStillVerified() {
        write(JANUARY, FEBRUARY, JANUARY, FEBRUARY, MARCH);
        assertThat(retention.dropBefore(Instant.parse("2026-02-01T00:00:00Z"))).containsExactly(YearMonth.of(2026, 1));
        assertThat(((Intact) verify()).count()).isEqualTo(3);
        assertThat(count("audit_dropped")).isEqualTo(2);
        retention.dropBefore(END_OF_FEBRUARY);
        assertThat(count("audit_dropped")).isEqualTo(1);
        assertThat(((Intact) verify()).count()).isEqualTo(1);
    }

    @Test
    void aRowLeftBetweenDroppedRowsThatWasAlteredIsFound() {
        write(JANUARY, FEBRUARY, JANUARY, FEBRUARY);
        retention.dropBefore(Instant.parse("2026-02-01T00:00:00Z"));
        database.tamper("UPDATE audit_event SET detail = 'x' WHERE id = 2");
        assertThat(verify()).isEqualTo(new Broken(2, Fault.ALTERED));
    }

    @Test
    void aMonthThatIsNotAsItWasWrittenIsKept() {
        write(JANUARY, JANUARY, FEBRUARY, MARCH);
        database.tamper("UPDATE audit_event SET detail = 'x' WHERE id = 1");
        try (var log = LogCapture.start()) {
            assertThat(retention.dropBefore(END_OF_FEBRUARY)).isEmpty();
            assertThat(log.text()).contains("2026-01 is not as it was written");
        }
        assertThat(count("audit_event")).isEqualTo(4);
    }

    @Test
    void aRowIsNotLaunderedByMovingItIntoAnOldMonth() {
        write(JANUARY, JANUARY, MARCH, MARCH);
        database.tamper("UPDATE audit_event SET at = at - interval '2 months' WHERE id = 3");
        assertThat(retention.dropBefore(END_OF_FEBRUARY)).isEmpty();
        assertThat(verify()).isEqualTo(new Broken(3, Fault.ALTERED));
    }

    @Test
    void aNewMonthIsNotDroppedUnderAnOldName() {
        write(JANUARY, MARCH);
        database.tamper(
                "DROP TABLE audit_event_2026_02", "ALTER TABLE audit_event_2026_03 RENAME TO audit_event_2026_02");
        assertThat(retention.dropBefore(END_OF_FEBRUARY)).containsExactly(YearMonth.of(2026, 1));
        assertThat(((Intact) verify()).count()).isEqualTo(1);
    }

    @Test
    void rowsThatWereTakenOutOfAMonthAreMissedAfterItIsDropped() {
        write(JANUARY, JANUARY, JANUARY, FEBRUARY);
        database.tamper("DELETE FROM audit_event WHERE id = 2");
        assertThat(retention.dropBefore(END_OF_FEBRUARY)).isEmpty();
        assertThat(verify()).isEqualTo(new Broken(2, Fault.MISSING));
    }

    @Test
    void anAnchorThatWasDroppedIsToldSo() {
        write(JANUARY);
        var first = ((Intact) verify()).last();
        write(JANUARY);
        var second = ((Intact) verify()).last();
        write(FEBRUARY);
        retention.dropBefore(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(verify(first)).isEqualTo(new Broken(1, Fault.ANCHOR_DROPPED));
        assertThat(verify(second)).isInstanceOf(Intact.class);
        assertThat(verify(new Anchor(2, first.hash()))).isEqualTo(new Broken(2, Fault.ANCHOR_NOT_FOUND));
    }

    @Test
    void oneInstanceAtATimeDoesIt() throws Exception {
        write(JANUARY, MARCH);
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(8143, 2)");
            assertThat(retention.dropBefore(END_OF_FEBRUARY)).isEmpty();
            statement.execute("SELECT pg_advisory_unlock(8143, 2)");
        }
        assertThat(retention.dropBefore(END_OF_FEBRUARY)).hasSize(2);
    }

    private void write(Instant... times) {
        for (var at : times) {
            clock.advance(Duration.between(clock.instant(), at));
            accounts.change(new Account("admin", "alice"), work -> {
                work.record(new AuditEvent(
                        AuditEvent.Type.LOGOUT,
                        at.plusMillis(count("audit_event")),
                        AuditEvent.SELF,
                        new Origin(new Client("192.0.2.1", "curl"), "r1", Locale.ENGLISH),
                        ""));
                return work;
            });
        }
    }

    private AuditVerification.Result verify() {
        return new AuditVerification(postgres, KEY).verify(Optional.empty());
    }

    private AuditVerification.Result verify(Anchor anchor) {
        return new AuditVerification(postgres, KEY).verify(Optional.of(anchor));
    }

    private long count(String table) {
        return postgres.withConnection(statements -> statements
                .run("SELECT count(*) FROM " + table)
                .iterator()
                .next()
                .getLong(0));
    }
}
