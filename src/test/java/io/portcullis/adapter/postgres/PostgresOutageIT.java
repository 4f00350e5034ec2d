package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.testing.Signals;
import io.portcullis.testing.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One connection in the pool: whoever does not give it back is found out by the next call. */
class PostgresOutageIT {
    private static final AuditKey AUDIT_KEY = AuditKey.of("a pepper of this test alone");
    private static final Duration DEADLINE = Duration.ofMillis(2_500);

    private final Postgres postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(Stores.postgresUrl()), 1);
    private final PostgresAccounts accounts =
            new PostgresAccounts(postgres, SecretBox.of(Keysets.create()), AUDIT_KEY, InstantSource.system());
    private final Account alice = new Account("admin", UUID.randomUUID().toString());

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void aStoppedServerIsToldInTimeAndIsUsedAgainWhenItIsBack() {
        accounts.change(alice, Accounts.Work::raiseSecurityVersion);
        Stores.stopPostgres();
        try {
            assertUnavailable(postgres::ping);
            assertUnavailable(() -> accounts.standing(alice, Fingerprint.of("x")));
            assertUnavailable(() -> accounts.change(alice, Accounts.Work::raiseSecurityVersion));
        } finally {
            Stores.startPostgres();
        }
        assertThat(accounts.<Long>change(alice, Accounts.Work::raiseSecurityVersion))
                .isEqualTo(2);
    }

    @Test
    void aServerThatFreezesInMidChangeIsToldInTimeAndNothingIsKept() {
        var backend = backend();
        assertUnavailable(() -> accounts.change(alice, work -> {
            work.raiseSecurityVersion();
            Signals.stop(Stream.of(backend));
            return work.raiseSecurityVersion();
        }));
        assertUnavailable(postgres::ping); // it stays out of the pool until it answers
        Signals.resume(Stream.of(backend));
        assertThat(accounts.<Long>change(alice, Accounts.Work::raiseSecurityVersion))
                .isEqualTo(1);
    }

    @Test
    void aConnectionLostInMidChangeIsToldAndReplaced() {
        var backend = backend();
        assertUnavailable(() -> accounts.change(alice, work -> {
            Signals.terminate(Stream.of(backend));
            backend.onExit().join();
            return work.raiseSecurityVersion();
        }));
        assertThat(accounts.<Long>change(alice, Accounts.Work::raiseSecurityVersion))
                .isEqualTo(1);
    }

    @Test
    void aWaitForALockedAccountIsToldInTime() throws Exception {
        var locked = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        try (var other = Postgres.open(Stores.vertx(), PostgresUrl.of(Stores.postgresUrl()), 1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var others = new PostgresAccounts(other, SecretBox.of(Keysets.create()), AUDIT_KEY, InstantSource.system());
            var holder = threads.submit(() -> others.change(alice, work -> {
                locked.countDown();
                await(done);
                return work.raiseSecurityVersion();
            }));
            locked.await();
            assertUnavailable(() -> accounts.change(alice, Accounts.Work::raiseSecurityVersion));
            done.countDown();
            assertThat(holder.get()).isEqualTo(1);
        }
        assertThat(accounts.<Long>change(alice, Accounts.Work::raiseSecurityVersion))
                .isEqualTo(2);
    }

    @Test
    void aWrongStatementIsABugAndNoOutage() {
        assertThatThrownBy(() -> postgres.withConnection(statements -> statements.run("SELECT nothing FROM nowhere")))
                .isInstanceOf(io.vertx.pgclient.PgException.class);
        postgres.ping();
    }

    /** The server's process behind the only connection of the pool. */
    private ProcessHandle backend() {
        int pid = postgres.withConnection(statements ->
                statements.run("SELECT pg_backend_pid()").iterator().next().getInteger(0));
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertUnavailable(ThrowingCallable call) {
        long start = System.nanoTime();
        assertThatThrownBy(call).hasMessage("STORE_UNAVAILABLE");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
    }
}
