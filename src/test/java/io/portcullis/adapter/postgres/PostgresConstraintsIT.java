package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Authenticator;
import io.portcullis.domain.mfa.Mailbox;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.session.Client;
import io.portcullis.testing.States;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the database itself refuses, whatever its callers believe. */
class PostgresConstraintsIT {
    private static final String MAILED =
            "state = 'SETUP_IN_PROGRESS', temporary_email = 'a@example.com', setup_expires_at = now()";
    private static final String ADDED = "state = 'ENABLED', mailbox = 'a@example.com', mailbox_provisional = false,"
            + " temporary_totp_key = 'x', setup_expires_at = now()";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final SecretBox BOX = SecretBox.of(Keysets.create());
    private static final AuditKey AUDIT_KEY = AuditKey.of("a pepper of this test alone");
    private static final Postgres POSTGRES = Postgres.open(Stores.vertx(), PostgresUrl.of(Stores.postgresUrl()), 4);

    private final TestClock clock = new TestClock(NOW);
    private final PostgresAccounts accounts = new PostgresAccounts(POSTGRES, BOX, AUDIT_KEY, clock);
    private final Account alice = new Account("admin", UUID.randomUUID().toString());
    private final TotpKey key = TotpKey.random(new SecureRandom(), TotpSettings.DEFAULTS);

    @AfterAll
    static void close() {
        POSTGRES.close();
    }

    @Test
    void auditEventsAreWrittenAndNeverChanged() {
        change(work -> {
            work.record(event("totp"));
        });
        assertThat(count("""
                        SELECT count(*) FROM audit_event WHERE subject = $1 AND realm = 'admin' AND type = 'MFA_ENABLED'
                        AND actor = 'self' AND address = '192.0.2.1' AND user_agent = 'curl' AND request_id = 'r1'
                        AND detail = 'totp' AND outcome = 'success' AND at = '2026-03-01T12:00:00Z'""", alice.subject())).isEqualTo(1);
        for (var change : List.of(
                "UPDATE audit_event SET detail = ''",
                "DELETE FROM audit_event",
                "TRUNCATE audit_event",
                "UPDATE audit_event_2026_03 SET detail = ''",
                "DELETE FROM audit_event_2026_03",
                "TRUNCATE audit_event_2026_03",
                "DELETE FROM audit_head",
                "TRUNCATE audit_head")) {
            assertThatThrownBy(() -> sql(change)).hasMessageContaining("never changed");
        }
    }

    @Test
    void theTableRefusesMixedStates() {
        var states = new String[] {
            "state = 'ENABLED'",
            "state = 'SETUP_IN_PROGRESS'",
            "state = 'OTHER'",
            "totp_key = 'x'",
            "temporary_totp_key = 'x'",
            "state = 'ENABLED', totp_key = 'x'",
            "state = 'ENABLED', totp_key = 'x', last_accepted_step = 1, temporary_totp_key = 'x'",
            "state = 'SETUP_IN_PROGRESS', temporary_totp_key = 'x'",
            "state = 'SETUP_IN_PROGRESS', temporary_totp_key = 'x', setup_expires_at = now(), totp_key = 'x'",
            "failures_in_a_row = -1",
            "state = 'ENABLED', mailbox = 'a@example.com'",
            "temporary_email = 'a@example.com'",
            "setup_expires_at = now()",
            "state = 'SETUP_IN_PROGRESS', temporary_totp_key = 'x', temporary_email = 'a', setup_expires_at = now()",
            "state = 'SETUP_IN_PROGRESS', temporary_email = 'a', setup_expires_at = now(), enrollment_token = 'x'",
            "enrollment_token = 'x', enrollment_session = 'y'",
            "state = 'SETUP_IN_PROGRESS', temporary_totp_key = 'x', setup_expires_at = now(), enrollment_ripe_at = now()",
            MAILED + ", enrollment_token = 'x', enrollment_session = 'y', enrollment_ripe_at = now()",
            ADDED + ", enrollment_token = 'x', enrollment_session = 'y', enrollment_ripe_at = now()",
            "setup_recovery_codes = '{\"AB\": \"hash\"}'",
            ADDED + ", setup_recovery_codes = '{\"AB\": \"hash\"}'",
            "state = 'ENABLED', totp_key = 'x', last_accepted_step = 1, setup_recovery_codes = '{\"AB\": \"hash\"}'",
            MAILED + ", setup_recovery_codes = '[]'",
            MAILED + ", setup_recovery_codes = 'null'",
            MAILED + ", setup_recovery_codes = '{}'"
        };
        accounts.change(alice, Accounts.Work::current);
        for (var state : states) {
            assertThatThrownBy(() -> sql("UPDATE mfa_account SET " + state + " WHERE subject = $1", alice.subject()))
                    .as(state)
                    .hasMessageContaining("check constraint");
        }
    }

    /** So that each of those above is refused for the one reason. */
    @Test
    void theTableTakesWholeSetUps() {
        accounts.change(alice, Accounts.Work::current);
        for (var state : List.of(
                MAILED,
                MAILED + ", enrollment_token = 'x', enrollment_session = 'y'",
                MAILED + ", setup_recovery_codes = '{\"AB\": \"hash\"}'",
                "temporary_email = NULL, temporary_totp_key = 'x', enrollment_ripe_at = now()",
                "state = 'DISABLED', temporary_totp_key = NULL, setup_expires_at = NULL, enrollment_token = NULL,"
                        + " enrollment_session = NULL, enrollment_ripe_at = NULL, setup_recovery_codes = NULL",
                ADDED + ", enrollment_token = 'x', enrollment_session = 'y'")) {
            sql("UPDATE mfa_account SET " + state + " WHERE subject = $1", alice.subject());
        }
    }

    @Test
    void aCiphertextMovedToAnotherRowOrColumnIsRefused() {
        enable();
        var mallory = new Account("admin", UUID.randomUUID().toString());
        accounts.change(mallory, Accounts.Work::current);
        sql("""
                UPDATE mfa_account thief SET state = 'ENABLED', totp_key = owner.totp_key, last_accepted_step = 0
                  FROM mfa_account owner WHERE thief.subject = $1 AND owner.subject = $2""", mallory.subject(), alice.subject());
        assertThatThrownBy(() -> accounts.change(mallory, Accounts.Work::current))
                .isInstanceOf(SecretBox.SealBroken.class);
        sql("""
                UPDATE mfa_account SET state = 'SETUP_IN_PROGRESS', temporary_totp_key = totp_key, totp_key = NULL,
                       last_accepted_step = NULL, setup_expires_at = now() WHERE subject = $1""", alice.subject());
        assertThatThrownBy(() -> accounts.change(alice, Accounts.Work::current))
                .isInstanceOf(SecretBox.SealBroken.class);
    }

    @Test
    void noKeyIsStoredInTheClear() {
        enable();
        assertThat(count(
                        "SELECT count(*) FROM mfa_account WHERE subject = $1 AND encode(totp_key, 'escape') LIKE '%SHA1%'",
                        alice.subject()))
                .isZero();
    }

    @Test
    void theRowItselfRefusesAStepThatIsNotLater() {
        enable();
        for (long step : new long[] {100, 99}) {
            assertThatThrownBy(() -> become(States.enabled(key, step)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("guard");
        }
    }

    @Test
    void theRowItselfRefusesATemporaryKeyOverAnEnabledOne() {
        enable();
        assertThatThrownBy(() -> become(States.settingUp(key, NOW))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theRowItselfRefusesToEnableWithoutASetUp() {
        assertThatThrownBy(() -> become(States.enabled(key, 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEnabledKeyIsNeverReplacedByAnother() {
        enable();
        var other = TotpKey.random(new SecureRandom(), TotpSettings.DEFAULTS);
        assertThatThrownBy(() -> become(States.enabled(other, 101))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theRowItselfRefusesToLoseItsLastMethod() {
        enable();
        var provisional = Optional.of(new Mailbox("a@example.com", true));
        change(work -> work.become(with(app(work), provisional)));
        assertThatThrownBy(() -> change(work -> work.become(with(Optional.empty(), provisional))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("guard");
    }

    @Test
    void eitherOfTwoMethodsCanGo() {
        enable();
        var mailbox = Optional.of(new Mailbox("a@example.com", false));
        change(work -> work.become(with(app(work), mailbox)));
        change(work -> work.become(with(app(work), Optional.empty())));
        change(work -> work.become(with(app(work), mailbox)));
        change(work -> work.become(with(Optional.empty(), mailbox)));
        assertThat(accounts.read(alice).mfa()).isEqualTo(with(Optional.empty(), mailbox));
    }

    private static Mfa.Enabled with(Optional<Authenticator> app, Optional<Mailbox> mailbox) {
        return new Mfa.Enabled(app, mailbox, Optional.empty());
    }

    private static Optional<Authenticator> app(Accounts.Work work) {
        return ((Mfa.Enabled) work.current()).totp();
    }

    private void startSetup() {
        become(States.settingUp(key, NOW.plusSeconds(900)));
    }

    private void enable() {
        startSetup();
        become(States.enabled(key, 100));
    }

    private void become(Mfa next) {
        accounts.change(alice, work -> {
            work.become(next);
            assertThat(work.current()).isEqualTo(next);
            return next;
        });
    }

    private void change(Consumer<Accounts.Work> change) {
        accounts.change(alice, work -> {
            change.accept(work);
            return work;
        });
    }

    private static AuditEvent event(String detail) {
        return new AuditEvent(
                AuditEvent.Type.MFA_ENABLED,
                NOW,
                AuditEvent.SELF,
                new Origin(new Client("192.0.2.1", "curl"), "r1", Locale.ENGLISH),
                detail);
    }

    private static void sql(String sql, Object... parameters) {
        POSTGRES.withConnection(statements -> statements.run(sql, parameters));
    }

    private static long count(String sql, Object... parameters) {
        return POSTGRES.withConnection(
                statements -> statements.run(sql, parameters).iterator().next().getLong(0));
    }
}
