package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.postgres.AuditVerification.Anchor;
import io.portcullis.adapter.postgres.AuditVerification.Broken;
import io.portcullis.adapter.postgres.AuditVerification.Fault;
import io.portcullis.adapter.postgres.AuditVerification.Intact;
import io.portcullis.domain.account.Account;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Race;
import io.portcullis.testing.Stores;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Events as they are written, read to the end, and kept. */
class AuditChainIT extends AuditedDatabase {
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
