package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.LegacyChanges.Claimed;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.legacy.LegacyBacklog.Backlog;
import io.portcullis.domain.legacy.LegacyRecords;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Enrollment;
import io.portcullis.domain.mfa.Mailbox;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.Setup;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes are written with what they are or not at all, and those of an account are worked on one after the other. */
class LegacyChangesIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Account ALICE = new Account("admin", "alice");
    private static final Account BOB = new Account("admin", "bob");

    private final OwnDatabase database = OwnDatabase.migrated();
    private final Postgres postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 4);
    private final TestClock clock = new TestClock(NOW);
    private final List<Long> told = new ArrayList<>();
    private final Accounts accounts = new PostgresAccounts(
            postgres,
            SecretBox.of(Keysets.create()),
            AuditKey.of("a pepper of this test alone"),
            clock,
            () -> false,
            new LegacyRecords() {
                @Override
                public boolean has(String realm) {
                    return realm.equals("admin");
                }

                @Override
                public void changed(Account account, long change) {
                    assertThat(changes.waits(change)).as("it is committed").isTrue();
                    told.add(change);
                }
            });
    private final LegacyChanges changes = new LegacyChanges(postgres);

    @AfterEach
    void close() {
        postgres.close();
        database.close();
    }

    @Test
    void aChangeIsReadBackAsItWas() {
        enable(ALICE);
        var claimed = changes.claimFirst(ALICE).orElseThrow();
        assertThat(claimed.change().account()).isEqualTo(ALICE);
        assertThat(claimed.change().enabled()).isTrue();
        assertThat(claimed.change().at()).isEqualTo(NOW);
        assertThat(claimed.attempts()).isEqualTo(1);
        assertThat(told).containsExactly(claimed.change().id());
    }

    @Test
    void onlyOnAndOffAreChanges() {
        accounts.change(ALICE, this::begin);
        assertThat(changes.pending("admin")).isZero();
        accounts.change(ALICE, this::confirm);
        assertThat(changes.pending("admin")).isEqualTo(1);
        accounts.change(ALICE, work -> work.raiseSecurityVersion());
        assertThat(changes.pending("admin")).isEqualTo(1);
        disable(ALICE);
        disable(ALICE);
        assertThat(changes.pending("admin")).isEqualTo(2);
        assertThat(told).hasSize(2);
    }

    @Test
    void aChangeThatIsRolledBackLeavesNone() {
        assertThatThrownBy(() -> accounts.change(ALICE, work -> {
                    begin(work);
                    confirm(work);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(changes.pending("admin")).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void aRealmWithoutLegacyRecordHasNone() {
        enable(new Account("user", "alice"));
        assertThat(changes.pending("user")).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void aNewOneIsFirstOfAllForWhoeverMadeIt() {
        enable(ALICE);
        assertThat(changes.claimDue("admin")).isEmpty();
        assertThat(changes.claimFirst(ALICE)).isPresent();
        assertThat(changes.claimFirst(ALICE)).isEmpty();
    }

    @Test
    void aLaterOneWaitsForTheEarlierAndForNobodyElse() {
        enable(ALICE);
        disable(ALICE);
        enable(BOB);
        expireLeases();
        var first = changes.claimDue("admin").orElseThrow();
        assertThat(first.change().account()).isEqualTo(ALICE);
        assertThat(first.change().enabled()).isTrue();
        assertThat(changes.claimDue("admin").orElseThrow().change().account()).isEqualTo(BOB);
        assertThat(changes.claimDue("admin")).isEmpty();
        assertThat(changes.claimFirst(ALICE)).isEmpty();
        changes.putOff(first, Duration.ofMinutes(5), "no answer");
        assertThat(changes.claimDue("admin")).isEmpty();
        var again = changes.claimFirst(ALICE).orElseThrow();
        assertThat(again.change().id()).isEqualTo(first.change().id());
        assertThat(again.lastError()).isEqualTo("no answer");
        changes.done(again);
        assertThat(changes.claimFirst(ALICE).orElseThrow().change().enabled()).isFalse();
    }

    @Test
    void whoeverWasTooSlowDecidesNothingAnyMore() {
        enable(ALICE);
        var slow = changes.claimFirst(ALICE).orElseThrow();
        expireLeases();
        var quick = changes.claimDue("admin").orElseThrow();
        changes.done(slow);
        changes.putOff(slow, Duration.ZERO, "slow");
        assertThat(changes.waits(slow.change().id())).isTrue();
        assertThat(changes.claimDue("admin")).isEmpty();
        changes.done(quick);
        assertThat(changes.waits(slow.change().id())).isFalse();
    }

    @Test
    void whenTheRealmIsBackNobodyWaitsForTheirPause() {
        enable(ALICE);
        changes.putOff(changes.claimFirst(ALICE).orElseThrow(), Duration.ofMinutes(5), "no answer");
        assertThat(changes.claimDue("admin")).isEmpty();
        changes.hurry("user");
        assertThat(changes.claimDue("admin")).isEmpty();
        changes.hurry("admin");
        assertThat(changes.claimDue("admin")).isPresent();
    }

    @Test
    void theBacklogIsThatOfTheOldest() {
        assertThat(changes.backlog(ALICE)).isEqualTo(new Backlog(0, Optional.empty(), 0, Optional.empty()));
        enable(ALICE);
        clock.advance(Duration.ofMinutes(1));
        disable(ALICE);
        assertThat(changes.backlog(ALICE)).isEqualTo(new Backlog(2, Optional.of(NOW), 0, Optional.empty()));
        Claimed claimed = changes.claimFirst(ALICE).orElseThrow();
        changes.putOff(claimed, Duration.ofMinutes(5), "HTTP status 500");
        assertThat(changes.backlog(ALICE))
                .isEqualTo(new Backlog(2, Optional.of(NOW), 1, Optional.of("HTTP status 500")));
    }

    private void expireLeases() {
        database.tamper("UPDATE legacy_sync SET leased_until = now() - interval '1 second'");
    }

    private void enable(Account account) {
        accounts.change(account, work -> {
            begin(work);
            return confirm(work);
        });
    }

    private void disable(Account account) {
        accounts.<Boolean>change(account, work -> {
            work.become(new Mfa.Disabled());
            return true;
        });
    }

    private boolean begin(Accounts.Work work) {
        var setup = new Setup(
                new Enrollment.Email("alice@example.com"),
                NOW.plus(Duration.ofMinutes(15)),
                Optional.empty(),
                Map.of());
        work.become(new Mfa.SetupInProgress(setup));
        return true;
    }

    private boolean confirm(Accounts.Work work) {
        work.become(new Mfa.Enabled(
                Optional.empty(), Optional.of(new Mailbox("alice@example.com", false)), Optional.empty()));
        return true;
    }
}
