package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.postgres.AuditVerification.Anchor;
import io.portcullis.adapter.postgres.AuditVerification.Broken;
import io.portcullis.adapter.postgres.AuditVerification.Fault;
import io.portcullis.adapter.postgres.AuditVerification.Intact;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What somebody might do to the events who owns the database. */
class AuditTamperingIT extends AuditedDatabase {
    private static final String NO_HASH = "decode(repeat('00', 32), 'hex')";
    private static final String COPY = "INSERT INTO audit_event SELECT %s, at + interval '%s', realm, subject, type,"
            + " outcome, actor, address, user_agent, request_id, detail, hash FROM audit_event WHERE id = %d";

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
}
