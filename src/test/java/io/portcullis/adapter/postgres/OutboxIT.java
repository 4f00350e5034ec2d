package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.Outbox.Claimed;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Enrollment;
import io.portcullis.domain.mfa.Mailbox;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.Setup;
import io.portcullis.domain.notice.Message.Kind;
import io.portcullis.domain.notice.Message.Notice;
import io.portcullis.domain.session.Client;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Race;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notices are written with their change or not at all, and each is in one hand at a time. */
class OutboxIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Account ALICE = new Account("admin", "alice");
    private static final Identity IDENTITY =
            new Identity(ALICE, Optional.of("alice@example.com"), Optional.of("admin"));
    private static final Origin ORIGIN = new Origin(new Client("192.0.2.1", "a browser"), "request-1", Locale.ENGLISH);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final OwnDatabase database = OwnDatabase.migrated();
    private final Postgres postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 8);
    private final TestClock clock = new TestClock(NOW);
    private boolean hasChannel = true;
    private final PostgresAccounts accounts = new PostgresAccounts(
            postgres,
            SecretBox.of(Keysets.create()),
            AuditKey.of("a pepper of this test alone"),
            clock,
            () -> hasChannel);
    private final Outbox outbox = new Outbox(postgres);

    @AfterEach
    void close() {
        postgres.close();
        database.close();
    }

    @Test
    void aNoticeIsReadBackAsItWas() {
        change(work -> {
            work.know(IDENTITY, Locale.CANADA_FRENCH);
            record(work, AuditEvent.Type.MFA_ENABLED, "totp");
        });
        assertThat(claim().orElseThrow().notice())
                .isEqualTo(new Notice(
                        ALICE,
                        "alice@example.com",
                        Kind.MFA_ENABLED,
                        "totp",
                        Locale.CANADA_FRENCH,
                        NOW,
                        "192.0.2.1",
                        "a browser"));
    }

    @Test
    void whomALaterChangeIsToldToIsInTheTable() {
        change(work -> work.know(IDENTITY, Locale.FRENCH));
        change(work -> record(work, AuditEvent.Type.RECOVERY_CODE_USED, "3"));
        var notices = all();
        assertThat(notices.stream().map(Notice::kind))
                .containsExactly(Kind.RECOVERY_CODE_USED, Kind.RECOVERY_CODES_LOW);
        assertThat(notices.stream().map(Notice::to)).containsOnly("alice@example.com");
        assertThat(notices.stream().map(Notice::language)).containsOnly(Locale.FRENCH);
    }

    @Test
    void aChangeThatIsNotKeptIsNotTold() {
        change(work -> work.know(IDENTITY, Locale.FRENCH));
        assertThatThrownBy(() -> change(work -> {
                    record(work, AuditEvent.Type.MFA_ENABLED, "totp");
                    throw new IllegalArgumentException("lost");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        change(work -> record(work, AuditEvent.Type.MFA_ENABLED, "a text that no table holds: \0")))
                .isInstanceOf(RuntimeException.class);
        assertThat(outbox.waiting()).isZero();
    }

    @Test
    void withoutAChannelOrAnAddressNothingIsWritten() {
        change(work -> record(work, AuditEvent.Type.MFA_ENABLED, "totp"));
        hasChannel = false;
        change(work -> {
            work.know(IDENTITY, Locale.FRENCH);
            record(work, AuditEvent.Type.MFA_ENABLED, "totp");
        });
        assertThat(outbox.waiting()).isZero();
    }

    @Test
    void aMailboxThatIsTakenAwayIsToldOfThat() {
        var setup =
                new Setup(new Enrollment.Email("box@example.com"), NOW.plusSeconds(900), Optional.empty(), Map.of());
        change(work -> {
            work.become(new Mfa.SetupInProgress(setup));
            work.become(new Mfa.Enabled(
                    Optional.empty(), Optional.of(new Mailbox("box@example.com", false)), Optional.empty()));
        });
        change(work -> {
            work.become(new Mfa.Disabled());
            record(work, AuditEvent.Type.MFA_DISABLED, "");
        });
        assertThat(all().stream().map(Notice::to)).containsExactly("box@example.com");
    }

    @Test
    void oneThatIsClaimedIsNobodyElsesUntilItsLeaseEnds() {
        tell();
        var first = claim().orElseThrow();
        assertThat(first.attempts()).isEqualTo(1);
        assertThat(claim()).isEmpty();
        clock.advance(LEASE);
        var second = claim().orElseThrow();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.attempts()).isEqualTo(2);
        outbox.putOff(first, clock.instant(), "TOO_LATE"); // whose lease is over
        assertThat(claim()).isEmpty();
        outbox.putOff(second, clock.instant().plusSeconds(10), "MAIL_UNAVAILABLE");
        assertThat(claim()).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        outbox.remove(claim().orElseThrow());
        assertThat(outbox.waiting()).isZero();
    }

    @Test
    void ofManyWhoClaimEachGetsAnother() throws Exception {
        for (int i = 0; i < 20; i++) {
            tell();
        }
        var ids = new ConcurrentLinkedQueue<Long>();
        Race.of(8, () -> {
            for (var claimed = claim(); claimed.isPresent(); claimed = claim()) {
                ids.add(claimed.get().id());
            }
            return true;
        });
        assertThat(ids).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void whatANewerVersionWroteIsLeftToIt() {
        tell();
        database.tamper("UPDATE outbox SET kind = 'OF_TOMORROW'");
        assertThat(claim()).isEmpty();
        assertThat(outbox.dropBefore(NOW.plusSeconds(1))).isZero();
    }

    private void tell() {
        change(work -> {
            work.know(IDENTITY, Locale.FRENCH);
            record(work, AuditEvent.Type.MFA_DISABLED, "");
        });
    }

    private Optional<Claimed> claim() {
        return outbox.claim(clock.instant(), clock.instant().plus(LEASE));
    }

    private List<Notice> all() {
        var notices = new ArrayList<Notice>();
        for (var claimed = claim(); claimed.isPresent(); claimed = claim()) {
            notices.add(claimed.get().notice());
        }
        return notices;
    }

    private void change(Consumer<Accounts.Work> change) {
        accounts.change(ALICE, work -> {
            change.accept(work);
            return true;
        });
    }

    private void record(Accounts.Work work, AuditEvent.Type type, String detail) {
        work.record(AuditEvent.own(type, clock.instant(), ORIGIN, detail));
    }
}
