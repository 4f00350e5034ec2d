package io.portcullis.adapter.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.legacy.LegacyChange;
import io.portcullis.domain.legacy.LegacyRecord.Outcome;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Stores;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A legacy table as it is: whatever the type of its key, exactly one row is changed, or none. */
class SqlLegacyRecordIT {
    private static final String UPDATE = "UPDATE admins SET enabled = $1 WHERE id = $2";

    private final OwnDatabase database = OwnDatabase.empty();

    @AfterEach
    void close() {
        database.close();
    }

    private Outcome set(String sql, String subject) {
        var record =
                OpenRecord.open(Stores.vertx(), new SyncSettings.Sql("admin", PostgresUrl.of(database.url()), sql));
        try (record) {
            return record.set(new LegacyChange(1, new Account("admin", subject), true, Instant.EPOCH));
        }
    }

    private int enabled() throws SQLException {
        try (var connection = database.connect();
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM admins WHERE enabled")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "smallint, 42",
        "integer, 42",
        "bigint, 9007199254740993",
        "text, it's me",
        "varchar(40), 42",
        "char(8), 42",
        "uuid, 0190163d-8694-739b-aea5-966c26f8ad91",
        "citext, Alice",
        "'numeric(20,0)', 42",
    })
    void theKeyMayBeOfManyTypes(String type, String subject) throws SQLException {
        var literal = "'" + subject.replace("'", "''") + "'";
        database.tamper(
                "CREATE EXTENSION IF NOT EXISTS citext",
                "CREATE TABLE admins (id " + type + " PRIMARY KEY, enabled boolean)",
                "INSERT INTO admins VALUES (" + literal + ", false)");
        assertThat(set(UPDATE, subject)).isEqualTo(new Outcome.Done());
        assertThat(enabled()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "bigint, alice@example.com",
        "smallint, 70000",
        "integer, 4294971760",
        "bigint, 04464",
        "bigint, +4464",
        "numeric, 04464",
        "bigint, 99999999999999999999",
        "uuid, 42",
    })
    void aSubjectThatCannotBeAKeyIsRejected(String type, String subject) throws SQLException {
        database.tamper(
                "CREATE TABLE admins (id " + type + " PRIMARY KEY, enabled boolean)",
                "INSERT INTO admins VALUES (" + (type.equals("uuid") ? "gen_random_uuid()" : "4464") + ", false)");
        assertThat(set(UPDATE, subject))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).doesNotContain(subject));
        assertThat(enabled()).isZero();
    }

    @Test
    void aKeyOfAnotherTypeNeedsACast() throws SQLException {
        database.tamper(
                "CREATE TABLE admins (id date PRIMARY KEY, enabled boolean)",
                "INSERT INTO admins VALUES ('2026-03-01', false)");
        assertThat(set(UPDATE, "2026-03-01"))
                .isEqualTo(new Outcome.Rejected("$2 of the statement is date, which no subject is; cast it"));
        assertThat(set("UPDATE admins SET enabled = $1 WHERE id::text = $2", "2026-03-01"))
                .isEqualTo(new Outcome.Done());
        assertThat(enabled()).isEqualTo(1);
    }

    @Test
    void ofSeveralRowsNoneIsChanged() throws SQLException {
        database.tamper(
                "CREATE TABLE admins (id int, enabled boolean)", "INSERT INTO admins VALUES (1, false), (1, false)");
        assertThat(set(UPDATE, "1"))
                .isEqualTo(new Outcome.Rejected("the statement would change 2 rows, and may change one"));
        assertThat(enabled()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE admins SET flag = $1::boolean::int, enabled = $1 WHERE id = $2",
                "UPDATE admins SET flag = CASE WHEN $1 THEN 1 ELSE 0 END, enabled = $1 WHERE id = $2",
                "UPDATE admins SET enabled = $1 WHERE id = $2::int AND id > 0",
                "INSERT INTO admins (id, enabled) VALUES ($2, $1) ON CONFLICT (id) DO UPDATE SET enabled = $1",
            })
    void otherStatementsDoToo(String sql) throws SQLException {
        database.tamper(
                "CREATE TABLE admins (id int PRIMARY KEY, flag int, enabled boolean)",
                "INSERT INTO admins VALUES (1, 0, false)");
        assertThat(set(sql, "1")).isEqualTo(new Outcome.Done());
        assertThat(enabled()).isEqualTo(1);
    }

    @Test
    void aColumnThatIsNoBooleanNeedsACast() {
        database.tamper("CREATE TABLE admins (id int PRIMARY KEY, enabled int)", "INSERT INTO admins VALUES (1, 0)");
        assertThat(set(UPDATE, "1"))
                .isEqualTo(new Outcome.Rejected("$1 of the statement is integer; write it as $1::boolean"));
    }

    @Test
    void severalStatementsAreNone() throws SQLException {
        database.tamper("CREATE TABLE admins (id int, enabled boolean)", "INSERT INTO admins VALUES (1, false)");
        assertThat(set(UPDATE + "; " + UPDATE, "1"))
                .isEqualTo(new Outcome.Rejected("SQLSTATE 42601, the statement is wrong"));
        assertThat(enabled()).isZero();
    }
}
