package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.AuditLog.Filter;
import io.portcullis.domain.audit.AuditLog.Recorded;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.session.Client;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What was written down is found again, and each of it is told to whoever collects the log. */
class PostgresAuditLogIT {
    private static final Postgres POSTGRES = Postgres.open(Stores.vertx(), PostgresUrl.of(Stores.postgresUrl()), 4);

    private final String realm = UUID.randomUUID().toString();
    private final Account alice = new Account(realm, "alice");
    private final Account bob = new Account(realm, "bob");
    private final Instant start = Instant.parse("2026-03-31T23:59:00Z");
    private final TestClock clock = new TestClock(start);
    private final PostgresAccounts accounts = new PostgresAccounts(
            POSTGRES, SecretBox.of(Keysets.create()), AuditKey.of("a pepper of this test alone"), clock);
    private final PostgresAuditLog log = new PostgresAuditLog(POSTGRES);

    @AfterAll
    static void close() {
        POSTGRES.close();
    }

    @Test
    void anEventIsReadAsItWasRecorded() {
        var event = new AuditEvent(
                AuditEvent.Type.SECOND_FACTOR_FAILED,
                start,
                "admin/7",
                new Origin(new Client("2001:db8::1", "Mozilla/5.0"), "request-1", Locale.ROOT), // it is not kept
                "totp");
        accounts.change(alice, work -> {
            work.record(event);
            return work;
        });
        var found = log.find(Filter.of(alice, Optional.empty(), 10)).getFirst();
        assertThat(found.account()).isEqualTo(alice);
        assertThat(found.event()).isEqualTo(event);
        assertThat(found.event().outcome()).isEqualTo(AuditEvent.Outcome.FAILURE);
    }

    @Test
    void eachPartOfTheFilterIsHeeded() {
        record(alice, AuditEvent.Type.SETUP_STARTED); // 23:59:00
        record(alice, AuditEvent.Type.MFA_ENABLED); // 23:59:30
        record(bob, AuditEvent.Type.MFA_ENABLED); // the next month
        record(alice, AuditEvent.Type.LOGOUT); // 00:00:30
        assertThat(found(filter(alice.realm(), null, null, null, null, 10)))
                .containsExactly("alice LOGOUT", "bob MFA_ENABLED", "alice MFA_ENABLED", "alice SETUP_STARTED");
        assertThat(found(filter(realm, "alice", null, null, null, 2)))
                .containsExactly("alice LOGOUT", "alice MFA_ENABLED");
        assertThat(found(filter(realm, null, AuditEvent.Type.MFA_ENABLED, null, null, 10)))
                .containsExactly("bob MFA_ENABLED", "alice MFA_ENABLED");
        var midnight = Instant.parse("2026-04-01T00:00:00Z");
        assertThat(found(filter(realm, null, null, midnight, null, 10)))
                .containsExactly("alice LOGOUT", "bob MFA_ENABLED");
        assertThat(found(filter(realm, null, null, null, midnight, 10)))
                .containsExactly("alice MFA_ENABLED", "alice SETUP_STARTED");
        assertThat(found(filter("nowhere", null, null, null, null, 10))).isEmpty();
    }

    @Test
    void onePageFollowsTheOther() {
        for (int i = 0; i < 5; i++) {
            record(alice, AuditEvent.Type.LOGOUT);
        }
        var seen = new ArrayList<Long>();
        var before = Optional.<Long>empty();
        while (true) {
            var page = log.find(Filter.of(alice, before, 2));
            page.forEach(recorded -> seen.add(recorded.id()));
            if (page.isEmpty()) {
                break;
            }
            before = Optional.of(page.getLast().id());
        }
        assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void aPageHasFromOneToFiveHundred() {
        for (int limit : new int[] {0, 501}) {
            assertThatThrownBy(() -> Filter.of(alice, Optional.empty(), limit)).hasMessageContaining("1 to 500");
        }
    }

    @Test
    void eachCommittedEventIsALineOfJson() {
        try (var lines = LogCapture.start()) {
            accounts.change(alice, work -> {
                work.record(event(AuditEvent.Type.MFA_ENABLED, "a \"quoted\"\nline"));
                return work;
            });
            assertThatThrownBy(() -> accounts.change(alice, work -> {
                        work.record(event(AuditEvent.Type.LOGOUT, "rolled back"));
                        throw new IllegalStateException("a bug");
                    }))
                    .hasMessage("a bug");
            var text = lines.text().lines().filter(line -> line.contains(realm)).toList();
            assertThat(text).hasSize(1);
            var json = new JsonObject(text.getFirst().substring(text.getFirst().indexOf('{')));
            var stored = log.find(Filter.of(alice, Optional.empty(), 1)).getFirst();
            assertThat(json.remove("hash")).asString().matches("[0-9a-f]{64}");
            assertThat(json)
                    .isEqualTo(AuditLines.json(stored))
                    .isEqualTo(new JsonObject()
                            .put("id", stored.id())
                            .put("at", "2026-03-31T23:59:00Z")
                            .put("type", "MFA_ENABLED")
                            .put("outcome", "success")
                            .put("realm", realm)
                            .put("subject", "alice")
                            .put("actor", "self")
                            .put("address", "192.0.2.1")
                            .put("userAgent", "curl")
                            .put("requestId", "r1")
                            .put("detail", "a \"quoted\"\nline"));
        }
    }

    @Test
    void aLogThatThrowsFailsNoChange() {
        var full = new Handler() {
            @Override
            public void publish(LogRecord line) {
                throw new IllegalStateException("the disk is full");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger("io.portcullis");
        logger.addHandler(full);
        try {
            record(alice, AuditEvent.Type.MFA_ENABLED);
        } finally {
            logger.removeHandler(full);
        }
        assertThat(log.find(Filter.of(alice, Optional.empty(), 10))).hasSize(1);
    }

    private void record(Account account, AuditEvent.Type type) {
        accounts.change(account, work -> {
            work.record(event(type, ""));
            return work;
        });
        clock.advance(Duration.ofSeconds(30));
    }

    private AuditEvent event(AuditEvent.Type type, String detail) {
        return new AuditEvent(
                type,
                clock.instant(),
                AuditEvent.SELF,
                new Origin(new Client("192.0.2.1", "curl"), "r1", Locale.ENGLISH),
                detail);
    }

    private List<String> found(Filter filter) {
        return log.find(filter).stream()
                .map((Recorded recorded) ->
                        recorded.account().subject() + " " + recorded.event().type())
                .toList();
    }

    private static Filter filter(
            String realm,
            @Nullable String subject,
            AuditEvent.@Nullable Type type,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit) {
        return new Filter(
                Optional.of(realm),
                Optional.ofNullable(subject),
                Optional.ofNullable(type),
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                Optional.empty(),
                limit);
    }
}
