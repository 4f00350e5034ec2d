package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Race;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Six events, three in February and three in March, and what somebody might do to them who owns the database. */
class AuditChainIT {
    private static final AuditKey KEY = AuditKey.of("the pepper of this installation");
    private static final SecretBox BOX = SecretBox.of(Keysets.create());
    private static final String NO_HASH = "decode(repeat('00', 32), 'hex')";
    private static final String COPY = "INSERT INTO audit_event SELECT %s, at + interval '%s', realm, subject, type,"
            + " outcome, actor, address, user_agent, request_id, detail, hash FROM audit_event WHERE id = %d";

    private final OwnDatabase database = OwnDatabase.migrated();
    private final Postgres postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 16);
    private final TestClock clock = new TestClock(Instant.parse("2026-02-28T23:59:50.123456789Z"));
    private final PostgresAccounts accounts = new PostgresAccounts(postgres, BOX, KEY, clock);
    private final Account alice = new Account("admin", "alice");

    @AfterEach
    void close() {
        postgres.close();
        database.close();
    }

    @Test
    void aChainThatNobodyTouchedIsIntact() throws SQLException {
        assertThat(verify()).isEqualTo(new Intact(0, new Anchor(0, "")));
        writeSix();
        var intact = (Intact) verify();
        assertThat(intact.count()).isEqualTo(6);
        assertThat(intact.last()).isEqualTo(anchor(6));
        assertThat(tablesOf("audit_event_20%")).contains("audit_event_2026_02", "audit_event_2026_03");
    }

    @Test
    void aLongChainIsReadToItsEnd() {
        accounts.change(alice, work -> {
            IntStream.range(0, 2_500).forEach(i -> work.record(event("one of many")));
            return work;
        });
        assertThat(((Intact) verify()).count()).isEqualTo(2_500);
        database.tamper("DELETE FROM audit_event WHERE id = 2001");
        assertThat(verify()).isEqualTo(new Broken(2_001, Fault.MISSING));
    }

    @Test
    void textsOfEveryKindAreReadBackAsTheyWereHashed() {
        for (var text : List.of("", "é 漢字 😀", "\r\n\t\"\\'", "ab\uD83D", "a,b", "\u2028")) {
            record(accounts, alice, text);
        }
        assertThat(((Intact) verify()).count()).isEqualTo(6);
    }

    @Test
    void anyColumnThatWasAlteredIsFound() {
        writeSix();
        for (var change : List.of(
                "at = at + interval '1 microsecond'",
                "at = at + interval '1 month'",
                "realm = 'user'",
                "subject = 'bob'",
                "type = 'LOGOUT'",
                "outcome = 'failure'",
                "actor = 'bob'",
                "address = '192.0.2.9'",
                "user_agent = ''",
                "request_id = 'x'",
                "detail = detail || ' '",
                // the same letters, in another column
                "address = address || left(user_agent, 1), user_agent = substr(user_agent, 2)",
                "hash = " + NO_HASH)) {
            assertBroken(3, Fault.ALTERED, "UPDATE audit_event SET " + change + " WHERE id = 3");
        }
        assertBroken(3, Fault.MISSING, "UPDATE audit_event SET id = 30 WHERE id = 3");
        assertBroken(6, Fault.ALTERED, "UPDATE audit_event SET detail = 'x' WHERE id = 6");
        assertBroken(2, Fault.ALTERED, "UPDATE audit_event SET id = 5 - id WHERE id IN (2, 3)");
        assertBroken(
                3,
                Fault.ALTERED,
                "ALTER TABLE audit_event ALTER detail DROP NOT NULL",
                "UPDATE audit_event SET detail = NULL WHERE id = 3");
    }

    @Test
    void anyRowThatWasRemovedIsFound() {
        writeSix();
        for (long id = 1; id <= 6; id++) {
            assertBroken(id, Fault.MISSING, "DELETE FROM audit_event WHERE id = " + id);
        }
        assertBroken(5, Fault.MISSING, "DELETE FROM audit_event WHERE id >= 5");
        assertBroken(1, Fault.MISSING, "DELETE FROM audit_event");
        assertBroken(1, Fault.MISSING, "DROP TABLE audit_event_2026_02");
        assertBroken(4, Fault.MISSING, "DROP TABLE audit_event_2026_03");
    }

    @Test
    void anyRowThatWasInsertedIsFound() {
        writeSix();
        assertBroken(3, Fault.INSERTED, COPY.formatted("id", "1 millisecond", 3));
        assertBroken(3, Fault.INSERTED, COPY.formatted("id", "-1 millisecond", 3));
        assertBroken(7, Fault.INSERTED, COPY.formatted("7", "1 second", 6));
    }

    @Test
    void aRowPutInFrontIsFoundThoughTheTableWouldRefuseIt() {
        writeSix();
        assertBroken(
                -1,
                Fault.INSERTED,
                "ALTER TABLE audit_event DROP CONSTRAINT audit_event_is_chained",
                COPY.formatted("-1", "0 seconds", 1));
    }

    @Test
    void aHeadThatIsNotTheEndIsFound() {
        writeSix();
        assertBroken(6, Fault.HEAD_ALTERED, "UPDATE audit_head SET last_hash = " + NO_HASH);
        assertBroken(6, Fault.HEAD_ALTERED, "UPDATE audit_head SET last_id = 5");
        assertBroken(6, Fault.HEAD_ALTERED, "DELETE FROM audit_head");
        assertBroken(7, Fault.MISSING, "UPDATE audit_head SET last_id = 9");
    }

    @Test
    void nobodyMakesARowOrAMarkWithoutTheKey() {
        writeSix();
        assertBroken(
                7,
                Fault.ALTERED,
                COPY.formatted("7", "1 second", 6),
                "UPDATE audit_head SET last_id = 7, last_hash = (SELECT hash FROM audit_event WHERE id = 7)");
        assertBroken(
                1,
                Fault.DROPPED_MARK_FORGED,
                "INSERT INTO audit_dropped SELECT 1, 3, hash, hash FROM audit_event WHERE id = 3",
                "DELETE FROM audit_event WHERE id <= 3");
        var other = AuditKey.of("the pepper of another installation");
        assertThat(new AuditVerification(postgres, other).verify(Optional.empty()))
                .isEqualTo(new Broken(1, Fault.ALTERED));
        assertThat(KEY.toString()).doesNotContain("pepper of");
    }

    @Test
    void onlyAnAnchorTellsOfAWholeLogThatWasSetBack() throws SQLException {
        writeSix();
        var fourth = anchor(4);
        var sixth = anchor(6);
        assertThat(verify(fourth)).isInstanceOf(Intact.class);
        assertThat(verify(sixth)).isInstanceOf(Intact.class);
        database.tamper(
                "DELETE FROM audit_event WHERE id > 4",
                "UPDATE audit_head SET last_id = 4, last_hash = (SELECT hash FROM audit_event WHERE id = 4)");
        assertThat(verify()).isInstanceOf(Intact.class);
        assertThat(verify(fourth)).isInstanceOf(Intact.class);
        assertThat(verify(sixth)).isEqualTo(new Broken(6, Fault.ANCHOR_NOT_FOUND));
        assertThat(verify(new Anchor(4, sixth.hash()))).isEqualTo(new Broken(4, Fault.ANCHOR_NOT_FOUND));
        record(accounts, alice, "another fifth");
        record(accounts, alice, "another sixth");
        assertThat(verify()).isInstanceOf(Intact.class);
        assertThat(verify(sixth)).isEqualTo(new Broken(6, Fault.ANCHOR_NOT_FOUND));
    }

    @Test
    void changesOfManyAccountsOnTwoInstancesMakeOneChain() throws Exception {
        try (var second = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 16)) {
            var others = new PostgresAccounts(second, BOX, KEY, clock);
            var turn = new AtomicInteger();
            Race.of(40, () -> {
                var account = new Account("admin", UUID.randomUUID().toString());
                return (turn.incrementAndGet() % 2 == 0 ? accounts : others).change(account, work -> {
                    work.record(event("first"));
                    work.record(event("second"));
                    return work.raiseSecurityVersion();
                });
            });
        }
        assertThat(((Intact) verify()).count()).isEqualTo(80);
        assertThat(ids())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 80).boxed().toList());
    }

    @Test
    void verifyingBesideChangesFindsNothing() throws Exception {
        writeSix();
        var results = Race.of(12, () -> {
            for (int i = 0; i < 5; i++) {
                record(accounts, new Account("admin", UUID.randomUUID().toString()), "meanwhile");
            }
            return verify();
        });
        assertThat(results).allMatch(Intact.class::isInstance);
    }

    @Test
    void nothingOfAChangeThatThrowsIsInTheChain() {
        writeSix();
        assertThatThrownBy(() -> accounts.change(alice, work -> {
                    work.record(event("never"));
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");
        record(accounts, alice, "the seventh");
        assertThat(((Intact) verify()).last().id()).isEqualTo(7);
    }

    @Test
    void aMonthThatIsMissingIsMadeAgain() {
        writeSix();
        database.tamper("DROP TABLE audit_event_2026_03");
        assertThatThrownBy(() -> record(accounts, alice, "lost")).hasMessageContaining("partition");
        record(accounts, alice, "written");
        assertThat(verify()).isEqualTo(new Broken(4, Fault.MISSING));
    }

    /** The rows of version 1, which was never released, stay as they are, beside the chain. */
    @Test
    void theRowsFromBeforeTheChainAreKept() throws SQLException {
        try (var old = OwnDatabase.empty()) {
            var url = PostgresUrl.of(old.url());
            Flyway.configure()
                    .dataSource(url.jdbc(), url.user(), url.password())
                    .locations("classpath:db/migration")
                    .target("1")
                    .load()
                    .migrate();
            assertThat(Migrations.difference(url)).isEqualTo(Migrations.Difference.DATABASE_IS_OLDER);
            try (var connection = old.connect();
                    var statement = connection.createStatement()) {
                statement.execute("""
                        INSERT INTO audit_event (at, realm, subject, type, actor, address, user_agent, request_id, detail)
                        VALUES (now(), 'admin', '1', 'LOGOUT', 'self', '', '', '', 'old')""");
                Migrations.run(url);
                assertThat(Migrations.difference(url)).isEqualTo(Migrations.Difference.NONE);
                var rows = statement.executeQuery("SELECT detail FROM audit_event_before_chain");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("old");
                assertThatThrownBy(() -> statement.execute("DELETE FROM audit_event_before_chain"))
                        .hasMessageContaining("never changed");
            }
        }
        assertThat(tablesOf("audit_event_before_chain")).isEmpty(); // where version 1 had written nothing
    }

    private void writeSix() {
        for (int i = 0; i < 6; i++) {
            record(accounts, alice, "event " + i);
            clock.advance(Duration.ofSeconds(4));
        }
    }

    private void record(PostgresAccounts by, Account account, String detail) {
        by.change(account, work -> {
            work.record(event(detail));
            return work;
        });
    }

    private AuditEvent event(String detail) {
        return new AuditEvent(
                AuditEvent.Type.MFA_ENABLED,
                clock.instant(),
                AuditEvent.SELF,
                new Origin(new Client("192.0.2.1", "curl"), "r1", Locale.ENGLISH),
                detail);
    }

    private AuditVerification.Result verify() {
        return new AuditVerification(postgres, KEY).verify(Optional.empty());
    }

    private AuditVerification.Result verify(Anchor anchor) {
        return new AuditVerification(postgres, KEY).verify(Optional.of(anchor));
    }

    /** In a transaction of a superuser whom no trigger stops, rolled back so that the next one meets the six as they were. */
    private void assertBroken(long id, Fault fault, String... tampering) {
        var found = new AtomicReference<AuditVerification.Result>();
        assertThatThrownBy(() -> postgres.inTransaction(statements -> {
                    statements.run("SET LOCAL session_replication_role = replica");
                    for (var sql : tampering) {
                        statements.run(sql);
                    }
                    found.set(new AuditWalk(statements, KEY, Optional.empty()).toTheEnd());
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(found.get()).as(String.join("; ", tampering)).isEqualTo(new Broken(id, fault));
    }

    private Anchor anchor(long id) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT encode(hash, 'hex') FROM audit_event WHERE id = " + id)) {
            assertThat(rows.next()).isTrue();
            return Anchor.of(id + ":" + rows.getString(1)).orElseThrow();
        }
    }

    private List<Long> ids() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM audit_event ORDER BY id")) {
            var ids = new ArrayList<Long>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        }
    }

    private List<String> tablesOf(String pattern) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE '" + pattern + "'")) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
