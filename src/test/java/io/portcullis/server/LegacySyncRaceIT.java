package io.portcullis.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.AuditKey;
import io.portcullis.adapter.postgres.LegacyChanges;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresAccounts;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.legacy.LegacyChange;
import io.portcullis.domain.legacy.LegacyRecord;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Enrollment;
import io.portcullis.domain.mfa.Mailbox;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.Setup;
import io.portcullis.testing.Await;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Race;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several instances on one database: each change arrives, those of an account in their order and one at a time. */
class LegacySyncRaceIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int PEOPLE = 4;
    private static final int ROUNDS = 3;

    private final OwnDatabase database = OwnDatabase.migrated();
    private final SecretBox box = SecretBox.of(Keysets.create());
    private final List<Postgres> pools = new ArrayList<>();
    private final List<LegacySync> syncs = new ArrayList<>();

    @AfterEach
    void close() {
        syncs.forEach(LegacySync::close);
        pools.forEach(Postgres::close);
        database.close();
    }

    /** Takes two of three; tells when two of one account are under way at once. */
    private static final class Moody implements LegacyRecord {
        private final AtomicInteger calls = new AtomicInteger();
        private final Set<Account> underWay = ConcurrentHashMap.newKeySet();
        private final Map<Account, List<LegacyChange>> taken = new ConcurrentHashMap<>();
        private final List<Account> overtaken = new CopyOnWriteArrayList<>();

        @Override
        public Outcome set(LegacyChange change) {
            var account = change.account();
            if (!underWay.add(account)) {
                overtaken.add(account);
            }
            try {
                int call = calls.incrementAndGet();
                if (call % 3 == 0) {
                    return call % 2 == 0 ? new Outcome.NoAnswer("down") : new Outcome.Rejected("no");
                }
                taken.computeIfAbsent(account, first -> new CopyOnWriteArrayList<>())
                        .add(change);
                return new Outcome.Done();
            } finally {
                underWay.remove(account);
            }
        }
    }

    private Accounts instance(LegacyRecord record) {
        var postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 8);
        pools.add(postgres);
        var sync = new LegacySync(new LegacyChanges(postgres), new SimpleMeterRegistry());
        sync.becomes(Map.of("admin", record));
        sync.start(Stores.vertx());
        syncs.add(sync);
        return new PostgresAccounts(
                postgres, box, AuditKey.of("a pepper of this test alone"), new TestClock(NOW), () -> false, sync);
    }

    @Test
    void eachChangeArrivesInOrderOverTwoInstances() throws Exception {
        var record = new Moody();
        var instances = List.of(instance(record), instance(record));
        var next = new AtomicInteger();
        Race.of(PEOPLE, () -> {
            var account = new Account("admin", "person" + next.incrementAndGet());
            for (int round = 0; round < ROUNDS; round++) {
                enable(instances.get(round % 2), account);
                disable(instances.get((round + 1) % 2), account);
            }
            return true;
        });
        var changes = new LegacyChanges(pools.getFirst());
        Await.until("all have arrived", () -> changes.pending("admin") == 0);
        assertThat(record.overtaken).isEmpty();
        assertThat(record.taken).hasSize(PEOPLE);
        assertThat(record.taken.values()).allSatisfy(of -> {
            assertThat(of).hasSize(2 * ROUNDS);
            for (int i = 0; i < of.size(); i++) {
                assertThat(of.get(i).enabled()).isEqualTo(i % 2 == 0);
            }
        });
    }

    @Test
    void whatAnInstanceTookAndNeverDeliveredIsDeliveredByAnother() throws Exception {
        var record = new Moody();
        var accounts = instance(record);
        syncs.getFirst().becomes(Map.of("admin", change -> {
            throw new OutOfMemoryError("this instance dies");
        }));
        var alice = new Account("admin", "alice");
        enable(accounts, alice);
        assertThat(record.taken).isEmpty();
        syncs.getFirst().close();
        instance(record);
        database.tamper("UPDATE legacy_sync SET leased_until = now()"); // the time of its lease goes by
        Await.until("it has arrived", () -> record.taken.containsKey(alice));
    }

    @ParameterizedTest
    @CsvSource({"1, 1s", "2, 2s", "3, 4s", "9, 256s", "10, 300s", "1000000, 300s"})
    void thePauseDoublesUpToFiveMinutes(int attempts, String pause) {
        assertThat(LegacySync.pauseAfter(attempts)).isEqualTo(Duration.parse("PT" + pause));
    }

    private static void enable(Accounts accounts, Account account) {
        accounts.<Boolean>change(account, work -> {
            work.become(new Mfa.SetupInProgress(new Setup(
                    new Enrollment.Email("a@example.com"),
                    NOW.plus(Duration.ofMinutes(15)),
                    Optional.empty(),
                    Map.of())));
            work.become(new Mfa.Enabled(
                    Optional.empty(), Optional.of(new Mailbox("a@example.com", false)), Optional.empty()));
            return true;
        });
    }

    private static void disable(Accounts accounts, Account account) {
        accounts.<Boolean>change(account, work -> {
            work.become(new Mfa.Disabled());
            return true;
        });
    }
}
