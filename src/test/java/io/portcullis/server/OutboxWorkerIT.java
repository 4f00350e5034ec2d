package io.portcullis.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.AuditKey;
import io.portcullis.adapter.postgres.Outbox;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresAccounts;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.notice.Message;
import io.portcullis.domain.notice.Messenger;
import io.portcullis.domain.session.Client;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxWorkerIT {
    private final OwnDatabase database = OwnDatabase.migrated();
    private final Postgres postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 4);
    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final PostgresAccounts accounts = new PostgresAccounts(
            postgres, SecretBox.of(Keysets.create()), AuditKey.of("a pepper of this test alone"), clock, () -> true);
    private final Outbox outbox = new Outbox(postgres);
    private final CurrentChannel channel = new CurrentChannel();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OutboxWorker worker = new OutboxWorker(outbox, channel, clock, registry);
    private final List<Message> sent = new ArrayList<>();

    @AfterEach
    void close() {
        postgres.close();
        database.close();
    }

    @Test
    void allThatIsDueIsSentAndGone() {
        channel.becomes(Optional.of(sent::add));
        tell("alice");
        tell("bob");
        worker.run();
        assertThat(sent.stream().map(Message::to)).containsExactly("alice@example.com", "bob@example.com");
        assertThat(outbox.waiting()).isZero();
        assertThat(count("portcullis.outbox.sent")).isEqualTo(2);
    }

    @Test
    void withoutAChannelTheyWaitForWhoeverHasOne() {
        tell("alice");
        worker.run();
        assertThat(registry.get("portcullis.outbox.waiting").gauge().value()).isEqualTo(1);
        channel.becomes(Optional.of(sent::add));
        worker.run();
        assertThat(sent).hasSize(1);
        assertThat(registry.get("portcullis.outbox.waiting").gauge().value()).isZero();
    }

    @Test
    void whatTheServerDoesNotTakeIsTriedAgainLater() {
        channel.becomes(Optional.of(refusing(new Problem.MailUnavailable())));
        tell("alice");
        worker.run();
        channel.becomes(Optional.of(sent::add));
        worker.run();
        assertThat(sent).isEmpty();
        clock.advance(OutboxWorker.FIRST_PAUSE);
        worker.run();
        assertThat(sent).hasSize(1);
    }

    @Test
    void anAddressThatCannotBeIsGivenUpAndTheOthersAreSent() {
        channel.becomes(Optional.of(message -> {
            if (message.to().startsWith("alice")) {
                throw new Refused(Problem.InvalidRequest.field("email", "must be an e-mail address"));
            }
            sent.add(message);
        }));
        tell("alice");
        tell("bob");
        try (var log = LogCapture.start()) {
            worker.run();
            assertThat(log.text()).contains("MFA_DISABLED to admin/alice was given up");
            assertThat(log.text()).doesNotContain("@example.com");
        }
        assertThat(sent.stream().map(Message::to)).containsExactly("bob@example.com");
        assertThat(outbox.waiting()).isZero();
        assertThat(count("portcullis.outbox.given.up")).isEqualTo(1);
    }

    @Test
    void aBugInOneKeepsItAndNotTheOthers() {
        channel.becomes(Optional.of(message -> {
            if (message.to().startsWith("alice")) {
                throw new IllegalStateException(message.to());
            }
            sent.add(message);
        }));
        tell("alice");
        tell("bob");
        try (var log = LogCapture.start()) {
            worker.run();
            assertThat(log.text()).contains("IllegalStateException").doesNotContain("@example.com");
        }
        assertThat(sent).hasSize(1);
        assertThat(outbox.waiting()).isEqualTo(1);
    }

    @Test
    void afterThreeDaysTheyAreGivenUp() {
        tell("alice");
        clock.advance(Duration.ofDays(3));
        tell("bob");
        worker.giveUpOld();
        assertThat(outbox.waiting()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(1));
        worker.giveUpOld();
        channel.becomes(Optional.of(sent::add));
        worker.run();
        assertThat(sent.stream().map(Message::to)).containsExactly("bob@example.com");
        assertThat(count("portcullis.outbox.given.up")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 10s", "2, 20s", "3, 40s", "9, 2560s", "10, 3600s", "1000000, 3600s"})
    void thePauseDoublesUpToAnHour(int attempts, String pause) {
        assertThat(OutboxWorker.pauseAfter(attempts)).isEqualTo(Duration.parse("PT" + pause));
    }

    private void tell(String subject) {
        var account = new Account("admin", subject);
        var origin = new Origin(new Client("192.0.2.1", "a browser"), "request-1", Locale.ENGLISH);
        accounts.change(account, work -> {
            work.know(new Identity(account, Optional.of(subject + "@example.com"), Optional.empty()), Locale.ENGLISH);
            work.record(AuditEvent.own(AuditEvent.Type.MFA_DISABLED, clock.instant(), origin, ""));
            return true;
        });
    }

    private static Messenger refusing(Problem problem) {
        return message -> {
            throw new Refused(problem);
        };
    }

    private double count(String counter) {
        return registry.get(counter).counter().count();
    }
}
