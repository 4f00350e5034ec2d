package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Accounts.StoredRecoveryCode;
import io.portcullis.domain.mfa.Authenticator;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.testing.Await;
import io.portcullis.testing.Race;
import io.portcullis.testing.States;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresAccountsIT {
    private static final int CONNECTIONS = 4;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Fingerprint CREDENTIAL = Fingerprint.of("a credential");
    private static final SecretBox BOX = SecretBox.of(Keysets.create());
    private static final AuditKey AUDIT_KEY = AuditKey.of("a pepper of this test alone");
    private static final Postgres POSTGRES =
            Postgres.open(Stores.vertx(), PostgresUrl.of(Stores.postgresUrl()), CONNECTIONS);

    private final TestClock clock = new TestClock(NOW);
    private final PostgresAccounts accounts = new PostgresAccounts(POSTGRES, BOX, AUDIT_KEY, clock);
    private final Account alice = new Account("admin", UUID.randomUUID().toString());
    private final TotpKey key = TotpKey.random(new SecureRandom(), TotpSettings.DEFAULTS);

    @AfterAll
    static void close() {
        POSTGRES.close();
    }

    @Test
    void migratingAgainChangesNothing() {
        Migrations.run(PostgresUrl.of(Stores.postgresUrl()));
        POSTGRES.ping();
    }

    @Test
    void anAccountNeverSeenIsDisabled() {
        var standing = accounts.standing(alice, CREDENTIAL);
        assertThat(standing.state()).isEqualTo(MfaState.DISABLED);
        assertThat(standing.methods()).isEmpty();
        assertThat(standing.securityVersion()).isZero();
        assertThat(standing.credentialRevoked()).isFalse();
        assertThat(accounts.<Mfa>change(alice, Accounts.Work::current)).isEqualTo(new Mfa.Disabled());
    }

    @Test
    void aSetUpIsReadBackAndIsNoneAfterItsTime() {
        startSetup();
        var stored = accounts.<Mfa>change(alice, Accounts.Work::current);
        assertThat(States.temporaryKey(stored).stored()).isEqualTo(key.stored());
        assertThat(((Mfa.SetupInProgress) stored).setup().expiresAt()).isEqualTo(NOW.plusSeconds(900));
        assertThat(accounts.standing(alice, CREDENTIAL).state()).isEqualTo(MfaState.SETUP_IN_PROGRESS);
        clock.advance(Duration.ofMinutes(15));
        assertThat(accounts.standing(alice, CREDENTIAL).state()).isEqualTo(MfaState.DISABLED);
    }

    @Test
    void anEnabledKeyIsReadBackAndStands() {
        enable();
        var stored = States.app(accounts.<Mfa>change(alice, Accounts.Work::current));
        assertThat(stored.key().stored()).isEqualTo(key.stored());
        assertThat(stored.lastAcceptedStep()).isEqualTo(100);
        var standing = accounts.standing(alice, CREDENTIAL);
        assertThat(standing.state()).isEqualTo(MfaState.ENABLED);
        assertThat(standing.methods()).containsExactly(Method.TOTP);
    }

    @Test
    void theSameSubjectInAnotherRealmIsAnotherAccount() {
        enable();
        var other = new Account("user", alice.subject());
        assertThat(accounts.standing(other, CREDENTIAL).state()).isEqualTo(MfaState.DISABLED);
    }

    @Test
    void nothingOfAChangeThatThrowsIsKept() {
        assertThatThrownBy(() -> change(work -> {
                    work.become(States.settingUp(key, NOW.plusSeconds(900)));
                    work.record(event("rolled back"));
                    throw new Refused(new Problem.SetupNotStarted());
                }))
                .isInstanceOf(Refused.class)
                .hasMessage("SETUP_NOT_STARTED");
        assertThat(accounts.standing(alice, CREDENTIAL).state()).isEqualTo(MfaState.DISABLED);
        assertThat(count("SELECT count(*) FROM audit_event WHERE subject = $1", alice.subject()))
                .isZero();
    }

    @Test
    void manyFailedChangesLeaveNoConnectionBehind() {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> accounts.change(alice, work -> {
                        throw new IllegalStateException("a bug");
                    }))
                    .hasMessage("a bug");
        }
        POSTGRES.ping();
    }

    @Test
    void changesOfOneAccountAreSerialised() throws Exception {
        Race.of(
                30,
                () -> accounts.change(alice, work -> {
                    var before = work.lockout();
                    var failures = new ArrayList<>(before.failures());
                    failures.add(NOW);
                    work.lockout(new Lockout(failures, before.inARow() + 1, 0, Optional.empty()));
                    return before;
                }));
        assertThat(accounts.<Lockout>change(alice, Accounts.Work::lockout))
                .isEqualTo(new Lockout(Collections.nCopies(30, NOW), 30, 0, Optional.empty()));
    }

    @Test
    void manyChangesOfOneAccountHoldOneConnection() throws Exception {
        var bob = new Account("admin", UUID.randomUUID().toString());
        var locked = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var holder = threads.submit(() -> accounts.change(alice, work -> {
                locked.countDown();
                await(done);
                return work.raiseSecurityVersion();
            }));
            locked.await();
            var waiting = new ArrayList<Thread>();
            var changes = new ArrayList<Future<Long>>();
            for (int i = 0; i < 3 * CONNECTIONS; i++) {
                var change = new FutureTask<Long>(() -> accounts.change(alice, Accounts.Work::raiseSecurityVersion));
                changes.add(change);
                waiting.add(Thread.ofVirtual().start(change));
            }
            try {
                Await.until(
                        "all wait",
                        () -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
                assertThat(accounts.standing(bob, CREDENTIAL).state()).isEqualTo(MfaState.DISABLED);
                assertThat(accounts.<Long>change(bob, Accounts.Work::raiseSecurityVersion))
                        .isEqualTo(1);
            } finally {
                done.countDown();
            }
            assertThat(holder.get()).isEqualTo(1);
            for (var change : changes) {
                change.get();
            }
        }
        assertThat(accounts.standing(alice, CREDENTIAL).securityVersion()).isEqualTo(1 + 3 * CONNECTIONS);
    }

    @Test
    void oneOfManyUsesOfTheSameStepIsAccepted() throws Exception {
        enable();
        var accepted = Race.of(
                30,
                () -> accounts.change(alice, work -> {
                    var app = States.app(work.current());
                    if (app.lastAcceptedStep() >= 101) {
                        return false;
                    }
                    work.become(new Mfa.Enabled(
                            Optional.of(new Authenticator(app.key(), 101)), Optional.empty(), Optional.empty()));
                    return true;
                }));
        assertThat(accepted).filteredOn(accept -> accept).hasSize(1);
    }

    @Test
    void recoveryCodesAreUsedOnce() {
        enable();
        change(work -> {
            work.replaceRecoveryCodes(Map.of("AB", "hash 1", "CD", "hash 2"));
        });
        assertThat(accounts.standing(alice, CREDENTIAL).recoveryCodesRemaining())
                .isEqualTo(2);
        change(work -> {
            assertThat(work.recoveryCodes())
                    .containsExactly(
                            new StoredRecoveryCode("AB", "hash 1", false),
                            new StoredRecoveryCode("CD", "hash 2", false));
            work.useRecoveryCode("AB");
            assertThat(work.recoveryCodes()).contains(new StoredRecoveryCode("AB", "hash 1", true));
            assertThat(work.recoveryCodesRemaining()).isEqualTo(1);
        });
        assertThatThrownBy(() -> change(work -> {
                    work.useRecoveryCode("AB");
                }))
                .isInstanceOf(IllegalStateException.class);
        change(work -> {
            work.replaceRecoveryCodes(Map.of());
        });
        assertThat(accounts.standing(alice, CREDENTIAL).recoveryCodesRemaining())
                .isZero();
    }

    @Test
    void aRevokedCredentialIsRevokedForGood() {
        var mine = Fingerprint.of(alice.subject());
        change(work -> {
            work.revoke(mine, NOW.plusSeconds(60));
            work.revoke(mine, NOW.plusSeconds(30));
        });
        assertThat(accounts.standing(alice, mine).credentialRevoked()).isTrue();
        assertThat(accounts.standing(alice, CREDENTIAL).credentialRevoked()).isFalse();
    }

    @Test
    void theSecurityVersionOnlyRises() {
        assertThat(accounts.<Long>change(alice, Accounts.Work::raiseSecurityVersion))
                .isEqualTo(1);
        assertThat(accounts.<Long>change(alice, Accounts.Work::raiseSecurityVersion))
                .isEqualTo(2);
        assertThat(accounts.standing(alice, CREDENTIAL).securityVersion()).isEqualTo(2);
        assertThat(accounts.standing(alice, CREDENTIAL).credentialsValidSince()).contains(NOW);
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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AuditEvent event(String detail) {
        return new AuditEvent(
                AuditEvent.Type.MFA_ENABLED,
                NOW,
                AuditEvent.SELF,
                new Origin(new Client("192.0.2.1", "curl"), "r1", Locale.ENGLISH),
                detail);
    }

    private static long count(String sql, Object... parameters) {
        return POSTGRES.withConnection(
                statements -> statements.run(sql, parameters).iterator().next().getLong(0));
    }
}
