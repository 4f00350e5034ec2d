package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Await;
import io.portcullis.testing.LegacyTables;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.Person;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A legacy backend that reads its own column sees the truth, at the next request where it can, and in the end anyway. */
class LegacySyncIT {
    @Test
    void theColumnIsRightWhenTheAnswerArrives() {
        try (var tables = LegacyTables.with(LegacyTables.ADMINS)) {
            var alice = tables.admin().enrolled();
            assertThat(tables.column("admins", alice)).isTrue();
            assertThat(alice.disable(alice.app().nextCode()).status()).isEqualTo(200);
            assertThat(tables.column("admins", alice)).isFalse();
            assertThat(tables.seen(alice)).containsExactly(true, false);
        }
    }

    @Test
    void aResetByAnOperatorToo() {
        try (var tables = LegacyTables.with(LegacyTables.ADMINS)) {
            var operator = tables.operator();
            var alice = tables.admin().enrolled();
            var answer = operator.post(path(alice) + "/reset");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(tables.column("admins", alice)).isFalse();
            assertThat(answer.json("/sync"))
                    .isEqualTo(JsonObject.of("pending", 0, "since", null, "attempts", 0, "lastError", null));
        }
    }

    @Test
    void anAdminAndAUserOfOneIdHaveEachTheirOwnRecord() {
        try (var tables = LegacyTables.with(LegacyTables.ADMINS, LegacyTables.USERS)) {
            var admin = tables.admin();
            var user = tables.userLike(admin);
            user.enrolled();
            assertThat(tables.column("users", user)).isTrue();
            assertThat(tables.column("admins", admin)).isFalse();
            admin.enrolled();
            user.disable(user.app().nextCode());
            assertThat(tables.column("users", user)).isFalse();
            assertThat(tables.column("admins", admin)).isTrue();
        }
    }

    @Test
    void aSetupThatIsOnlyBegunIsNoChange() {
        try (var tables = LegacyTables.with(LegacyTables.ADMINS)) {
            var alice = tables.admin();
            alice.startSetup("totp");
            alice.logout();
            tables.again(alice).enrolled();
            assertThat(tables.seen(alice)).containsExactly(true);
        }
    }

    @Test
    void aRealmWithoutSyncHasNone() {
        try (var tables = LegacyTables.with(LegacyTables.USERS)) {
            var operator = tables.operator();
            assertThat(operator.get(path(operator)).json().containsKey("sync")).isFalse();
            assertThat(usage(operator).json("/syncPending")).isEqualTo(0);
            assertThat(tables.column("admins", operator)).isFalse();
        }
    }

    @Test
    void aDatabaseThatIsDownIsToldInOrderWhenItIsBack() throws Exception {
        try (var tables = LegacyTables.with(LegacyTables.ADMINS);
                var log = LogCapture.start()) {
            var operator = tables.operator();
            var alice = tables.admin();
            tables.relay().cut();
            alice.enrolled();
            Await.until("the failure is seen", () -> sync(operator, alice).getString("lastError") != null);
            assertThat(sync(operator, alice).getLong("pending")).isEqualTo(1);
            assertThat(sync(operator, alice).getString("lastError")).isEqualTo("the connection is refused");
            assertThat(alice.disable(alice.app().nextCode()).status()).isEqualTo(200);
            tables.again(alice).enrolled();
            var behind = sync(operator, alice);
            assertThat(behind.getLong("pending")).isEqualTo(3);
            assertThat(behind.getString("since")).isNotEmpty();
            assertThat(behind.getInteger("attempts")).isPositive();
            assertThat(usage(operator).json("/syncPending")).isEqualTo(3);
            assertThat(usage(operator).json("/syncOldestSeconds")).isEqualTo(30);
            Await.until(
                    "the metric tells", () -> metrics(tables).contains("portcullis_sync_pending{realm=\"admin\"} 3"));
            assertThat(metrics(tables)).contains("portcullis_sync_failed_total{realm=\"admin\"}");

            tables.relay().mend();
            Await.until("the record is in step", () -> sync(operator, alice).getLong("pending") == 0);
            assertThat(tables.column("admins", alice)).isTrue();
            assertThat(tables.seen(alice)).containsExactly(true, false, true);
            Await.until(
                    "the metric tells", () -> metrics(tables).contains("portcullis_sync_pending{realm=\"admin\"} 0"));
            assertThat(metrics(tables)).contains("portcullis_sync_delivered_total{realm=\"admin\"} 4");
            assertThat(log.text().split("cannot be put in step now", -1)).hasSize(2);
            assertThat(log.text()).contains("the legacy records of admin can be put in step again");
        }
    }

    @Test
    void aLockedTableHoldsUpNoAnswer() throws Exception {
        try (var tables = LegacyTables.with(LegacyTables.ADMINS)) {
            var operator = tables.operator();
            var alice = tables.admin();
            var bob = tables.admin();
            try (var connection = tables.database().connect();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE admins");
                // Each answer arrives while the lock is held.
                alice.enrolled();
                bob.enrolled();
                assertThat(alice.disable(alice.app().nextCode()).status()).isEqualTo(200);
                Await.until(
                        "the failure is seen",
                        () -> "SQLSTATE 57014, it took too long, mostly because it is locked"
                                .equals(sync(operator, alice).getString("lastError")));
                connection.rollback();
            }
            Await.until("alice is in step", () -> sync(operator, alice).getLong("pending") == 0);
            Await.until("bob is in step", () -> sync(operator, bob).getLong("pending") == 0);
            assertThat(tables.seen(alice)).containsExactly(true, false);
            assertThat(tables.column("admins", bob)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE admins ADD CONSTRAINT never CHECK (NOT two_fa_enabled OR id < 0) NOT VALID"
                        + " | ALTER TABLE admins DROP CONSTRAINT never | SQLSTATE 23514, a constraint forbids it",
                "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''%'', new.id; END';"
                        + " CREATE TRIGGER a BEFORE UPDATE ON admins FOR EACH ROW EXECUTE FUNCTION no()"
                        + " | DROP TRIGGER a ON admins | SQLSTATE P0001, a function or trigger of the database refused it",
                "ALTER TABLE admins RENAME TO people | ALTER TABLE people RENAME TO admins"
                        + " | SQLSTATE 42P01, there is no such table",
                "ALTER TABLE admins RENAME COLUMN id TO key; | ALTER TABLE admins RENAME COLUMN key TO id"
                        + " | SQLSTATE 42703, there is no such column",
                "UPDATE admins SET id = -id | UPDATE admins SET id = -id"
                        + " | there is no such record: the statement changed no row",
            })
    void aDatabaseThatSaysNoIsAskedAgain(String refuse, String relent, String error) throws Exception {
        try (var tables = LegacyTables.with(LegacyTables.ADMINS);
                var log = LogCapture.start()) {
            var operator = tables.operator();
            var alice = tables.admin();
            tables.sql(refuse);
            alice.enrolled();
            assertThat(sync(operator, alice).getString("lastError")).isEqualTo(error);
            assertThat(log.text())
                    .contains("the legacy record of admin/" + alice.subject() + " was not put in step: " + error);
            tables.sql(relent);
            Await.until("the record is in step", () -> sync(operator, alice).getLong("pending") == 0);
            assertThat(tables.column("admins", alice)).isTrue();
        }
    }

    @Test
    void aRecordThatIsRefusedDoesNotHoldUpOthers() {
        try (var tables = LegacyTables.with(LegacyTables.ADMINS)) {
            var operator = tables.operator();
            var alice = tables.admin();
            tables.sql("DELETE FROM admins WHERE id = " + alice.subject());
            alice.enrolled();
            var bob = tables.admin().enrolled();
            assertThat(tables.column("admins", bob)).isTrue();
            assertThat(sync(operator, alice).getLong("pending")).isEqualTo(1);
        }
    }

    @Test
    void aWebhookIsToldWhatHappened() {
        try (var tables = LegacyTables.with(LegacyTables.HOOK)) {
            var alice = tables.admin().enrolled();
            alice.disable(alice.app().nextCode());
            var told = tables.receiver().taken(alice.subject());
            assertThat(told).hasSize(2);
            var on = told.getFirst();
            assertThat(on.fieldNames())
                    .containsExactlyInAnyOrder("id", "realm", "subject", "twoFAEnabled", "state", "occurredAt");
            assertThat(on.getString("realm")).isEqualTo("admin");
            assertThat(on.getBoolean("twoFAEnabled")).isTrue();
            assertThat(on.getString("state")).isEqualTo("ENABLED");
            assertThat(on.getInstant("occurredAt")).isNotNull();
            var off = told.getLast();
            assertThat(off.getBoolean("twoFAEnabled")).isFalse();
            assertThat(off.getString("state")).isEqualTo("DISABLED");
            assertThat(off.getLong("id")).isGreaterThan(on.getLong("id"));
        }
    }

    @ParameterizedTest
    @CsvSource({"500", "302", "503"})
    void aWebhookThatSaysNoIsToldAgainInOrder(int status) throws Exception {
        try (var tables = LegacyTables.with(LegacyTables.HOOK)) {
            var operator = tables.operator();
            var alice = tables.admin();
            tables.receiver().answer(change -> status);
            alice.enrolled();
            assertThat(sync(operator, alice).getString("lastError")).isEqualTo("HTTP status " + status);
            alice.disable(alice.app().nextCode());
            tables.again(alice).enrolled();
            assertThat(tables.receiver().taken(alice.subject())).isEmpty();
            tables.receiver().answer(change -> 200);
            Await.until("the receiver knows", () -> sync(operator, alice).getLong("pending") == 0);
            assertThat(tables.receiver().states(alice.subject())).containsExactly(true, false, true);
        }
    }

    @Test
    void aReloadIsInForceForWhatWaits() throws Exception {
        try (var tables = LegacyTables.with(LegacyTables.HOOK)) {
            var alice = tables.admin();
            tables.receiver().answer(change -> 500);
            alice.enrolled();
            tables.reload(LegacyTables.ADMINS);
            Await.until("the record is in step", () -> tables.column("admins", alice));
            tables.reload(LegacyTables.USERS);
            alice.disable(alice.app().nextCode());
            assertThat(tables.seen(alice)).containsExactly(true);
        }
    }

    @Test
    void whatWaitsOutlivesTheGateway() throws Exception {
        try (var tables = LegacyTables.with(LegacyTables.ADMINS)) {
            var alice = tables.admin();
            tables.relay().cut();
            alice.enrolled();
            tables.stopGateways();
            tables.relay().mend();
            assertThat(tables.column("admins", alice)).isFalse();
            tables.launch();
            Await.until("the record is in step", () -> tables.column("admins", alice));
            assertThat(tables.seen(alice)).containsExactly(true);
        }
    }

    private static String path(Person person) {
        return "/auth/operator/accounts/admin/" + person.subject();
    }

    private static JsonObject sync(Person operator, Person person) {
        return operator.get(path(person)).json().getJsonObject("sync");
    }

    private static Answer usage(Person operator) {
        return operator.get("/auth/operator/usage");
    }

    private static String metrics(LegacyTables tables) {
        return Person.at(
                        tables.gateway().managementPort(), new io.portcullis.testing.TestClock(java.time.Instant.now()))
                .get("/metrics")
                .text();
    }
}
