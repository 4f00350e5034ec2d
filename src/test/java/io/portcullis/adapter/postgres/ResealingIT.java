package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Authenticator;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Race;
import io.portcullis.testing.States;
import io.portcullis.testing.Stores;
import io.vertx.sqlclient.Row;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResealingIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

    private final String firstKeyset = Keysets.create();
    private final String secondKeyset = Keysets.rotate(firstKeyset);
    private final OwnDatabase database = OwnDatabase.migrated();
    private final Postgres postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 4);
    private final Resealing resealing = new Resealing(postgres, SecretBox.of(secondKeyset));
    private final Account alice = new Account("admin", "alice");
    private final TotpKey key = TotpKey.random(RANDOM, TotpSettings.DEFAULTS);

    @BeforeEach
    void enrolUnderTheFirstKey() {
        enable(alice, firstKeyset);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void whatTheOldKeySealedOpensByTheNewOneAloneAndNoMoreByTheOld() {
        var bob = new Account("admin", "bob");
        start(bob, firstKeyset);
        assertThat(resealing.left()).isEqualTo(2);
        assertThat(resealing.run()).isEqualTo(2);
        assertThat(resealing.left()).isZero();
        var newKeyAlone = Keysets.retire(secondKeyset);
        assertThat(States.app(current(alice, newKeyAlone)).key().stored()).isEqualTo(key.stored());
        assertThat(States.temporaryKey(current(bob, newKeyAlone)).stored()).isEqualTo(key.stored());
        assertThatThrownBy(() -> current(alice, firstKeyset)).isInstanceOf(SecretBox.SealBroken.class);
        assertThat(resealing.run()).isZero();
    }

    @Test
    void moreThanOneBatchIsSealedAnew() {
        enableMany(250);
        assertThat(resealing.run()).isEqualTo(251);
        assertThat(resealing.left()).isZero();
    }

    @Test
    void whatIsInterruptedGoesOnAtTheNextRun() {
        enableMany(150);
        var rows = new AtomicInteger();
        var interrupted = new Resealing(
                postgres,
                SecretBox.of(secondKeyset),
                KeySeal.sealedColumns().stream()
                        .map(column -> new SealedColumn(column.table(), column.key(), column.column(), (Row row) -> {
                            if (rows.incrementAndGet() > 120) {
                                throw new IllegalStateException("the process ends here");
                            }
                            return column.place().apply(row);
                        }))
                        .toList());
        assertThatThrownBy(interrupted::run).hasMessage("the process ends here");
        assertThat(resealing.left()).isEqualTo(31);
        assertThat(resealing.run()).isEqualTo(31);
        assertThat(resealing.left()).isZero();
    }

    @Test
    void twoInstancesAndPeopleAtTheSameTimeLoseNothing() throws Exception {
        enableMany(60);
        var step = new AtomicInteger();
        var instance = new AtomicInteger();
        Race.of(4, () -> {
            if (instance.getAndIncrement() % 2 == 0) {
                return new Resealing(postgres, SecretBox.of(secondKeyset)).run();
            }
            for (int i = 0; i < 20; i++) {
                accounts(secondKeyset).<Integer>change(alice, work -> {
                    var next = step.incrementAndGet();
                    work.become(new Mfa.Enabled(
                            Optional.of(
                                    new Authenticator(States.app(work.current()).key(), next)),
                            Optional.empty(),
                            Optional.empty()));
                    return next;
                });
            }
            return 0;
        });
        resealing.run(); // the rows that were held
        assertThat(resealing.left()).isZero();
        var enabled = States.app(current(alice, Keysets.retire(secondKeyset)));
        assertThat(enabled.key().stored()).isEqualTo(key.stored());
        assertThat(enabled.lastAcceptedStep()).isEqualTo(40);
    }

    @Test
    void aRowThatSomebodyHoldsIsLeftToTheNextRun() throws SQLException {
        enable(new Account("admin", "bob"), firstKeyset);
        try (var holder = database.connect();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM mfa_account WHERE subject = 'alice' FOR UPDATE");
            assertThat(resealing.run()).isEqualTo(1);
            assertThat(resealing.left()).isEqualTo(1);
            holder.rollback();
        }
        assertThat(resealing.run()).isEqualTo(1);
        assertThat(resealing.left()).isZero();
    }

    @Test
    void whatDoesNotOpenIsToldOnceCountedAndPassedOver() {
        var mallory = new Account("admin", "mallory");
        enable(mallory, Keysets.create());
        try (var log = LogCapture.start()) {
            assertThat(resealing.run()).isEqualTo(1);
            assertThat(resealing.run()).isZero();
            assertThat(log.text()).containsOnlyOnce("mfa_account.totp_key of admin/mallory does not open");
            assertThat(log.text()).doesNotContain(key.base32()).doesNotContain("is sealed by an old key any more");
        }
        assertThat(resealing.left()).isEqualTo(1);
    }

    @Test
    void theEndIsToldOnce() {
        try (var log = LogCapture.start()) {
            resealing.run();
            resealing.run();
            assertThat(log.text())
                    .containsOnlyOnce("1 secrets were sealed anew under the primary key, 0 are left")
                    .containsOnlyOnce("no secret in PostgreSQL is sealed by an old key any more");
        }
    }

    /** Else instances with the prepared and with the promoted keyset would undo each other's work for ever. */
    @Test
    void anInstanceThatHasTheKeyOnlyPreparedDoesNotSealBack() {
        var older = Keysets.rotate(Keysets.create());
        var prepared = Keysets.prepare(older);
        var promoted = Keysets.rotate(prepared);
        var bob = new Account("admin", "bob");
        enable(bob, promoted);
        var behind = new Resealing(postgres, SecretBox.of(prepared));
        assertThat(behind.run()).isZero();
        assertThat(States.app(current(bob, Keysets.retire(promoted))).key().stored())
                .isEqualTo(key.stored());
    }

    @Test
    void aKeysetWithoutOldKeysAsksNothing() {
        postgres.close();
        assertThat(new Resealing(postgres, SecretBox.of(firstKeyset)).run()).isZero();
    }

    private PostgresAccounts accounts(String keyset) {
        return new PostgresAccounts(
                postgres,
                SecretBox.of(keyset),
                AuditKey.of("the-pepper-of-the-tests-is-public"),
                InstantSource.system());
    }

    private Mfa current(Account account, String keyset) {
        return accounts(keyset).<Mfa>change(account, Accounts.Work::current);
    }

    private void start(Account account, String keyset) {
        accounts(keyset).<Boolean>change(account, work -> {
            work.become(States.settingUp(key, LATER));
            return true;
        });
    }

    private void enable(Account account, String keyset) {
        accounts(keyset).<Boolean>change(account, work -> {
            work.become(States.settingUp(key, LATER));
            work.become(States.enabled(key, 0));
            return true;
        });
    }

    private void enableMany(int count) {
        var accounts = accounts(firstKeyset);
        List<Account> many = IntStream.range(0, count)
                .mapToObj(i -> new Account("user", "subject-" + i))
                .toList();
        many.forEach(account -> accounts.<Boolean>change(account, work -> {
            work.become(States.settingUp(key, LATER));
            work.become(States.enabled(key, 0));
            return true;
        }));
    }
}
