package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.operator.Usage;
import io.portcullis.domain.operator.UsageFigures.Scope;
import io.portcullis.domain.session.Client;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Which mailed codes ran out without having been used, and which accounts are locked. */
class PostgresUsageFiguresIT {
    private static final Postgres POSTGRES = Postgres.open(Stores.vertx(), PostgresUrl.of(Stores.postgresUrl()), 4);
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final String realm = UUID.randomUUID().toString();
    private final Account alice = new Account(realm, "alice");
    private final Account bob = new Account(realm, "bob");
    private final TestClock clock = new TestClock(Instant.parse("2026-03-15T12:00:00Z"));
    private final PostgresAccounts accounts = new PostgresAccounts(
            POSTGRES, SecretBox.of(Keysets.create()), AuditKey.of("a pepper of this test alone"), clock);
    private final PostgresUsageFigures figures = new PostgresUsageFigures(POSTGRES);

    @AfterAll
    static void close() {
        POSTGRES.close();
    }

    private void record(Account account, AuditEvent.Type type, String detail) {
        accounts.change(account, work -> {
            var origin = new Origin(new Client("192.0.2.1", ""), "", Locale.ENGLISH);
            work.record(AuditEvent.own(type, clock.instant(), origin, detail));
            return work;
        });
        clock.advance(Duration.ofMinutes(1));
    }

    private Usage usage(boolean mailedProof) {
        var now = clock.instant();
        return figures.count(
                new Scope(Optional.of(realm), now.minus(Duration.ofHours(24)), now, LIFE, mailedProof, 100));
    }

    private void assertCodes(long sent, long expired) {
        assertThat(List.of(usage(false).codesSent(), usage(false).codesExpiredUnused()))
                .containsExactly(sent, expired);
    }

    @Test
    void aCodeThatNobodyUsedCountsOnceItsLifeIsOver() {
        record(alice, AuditEvent.Type.CODE_SENT, "verify");
        assertCodes(1, 0);
        clock.advance(Duration.ofMinutes(8));
        assertCodes(1, 0);
        clock.advance(Duration.ofMinutes(1));
        assertCodes(1, 1);
        clock.advance(Duration.ofHours(24));
        assertCodes(0, 0);
    }

    @Test
    void aCodeThatWasReplacedUnusedCountsAtOnce() {
        record(alice, AuditEvent.Type.CODE_SENT, "verify");
        record(alice, AuditEvent.Type.CODE_SENT, "verify");
        assertCodes(2, 1);
        record(alice, AuditEvent.Type.SECOND_FACTOR_PASSED, "email");
        clock.advance(LIFE);
        assertCodes(2, 1);
    }

    @Test
    void aCodeThatWasUsedNeverCounts() {
        record(alice, AuditEvent.Type.CODE_SENT, "verify");
        record(alice, AuditEvent.Type.SECOND_FACTOR_PASSED, "email");
        record(bob, AuditEvent.Type.CODE_SENT, "setup");
        record(bob, AuditEvent.Type.MFA_ENABLED, "email");
        record(alice, AuditEvent.Type.CODE_SENT, "setup");
        record(alice, AuditEvent.Type.METHOD_ADDED, "email");
        clock.advance(LIFE);
        assertCodes(3, 0);
    }

    @Test
    void whatIsNoUseOfItSavesNoCode() {
        record(alice, AuditEvent.Type.CODE_SENT, "verify");
        record(alice, AuditEvent.Type.SECOND_FACTOR_PASSED, "totp");
        record(bob, AuditEvent.Type.SECOND_FACTOR_PASSED, "email"); // of somebody else
        record(bob, AuditEvent.Type.CODE_SENT, "verify");
        clock.advance(LIFE);
        record(bob, AuditEvent.Type.SECOND_FACTOR_PASSED, "email"); // after its life
        assertCodes(2, 2);
    }

    @Test
    void aCodeForAnotherPurposeNeitherReplacesNorUsesIt() {
        record(alice, AuditEvent.Type.CODE_SENT, "setup");
        record(alice, AuditEvent.Type.CODE_SENT, "verify");
        record(alice, AuditEvent.Type.SECOND_FACTOR_PASSED, "email");
        assertCodes(2, 0);
        clock.advance(LIFE);
        assertCodes(2, 1);
    }

    @Test
    void whereEverySetupIsProvedByMailAnyOneUsesTheCode() {
        record(alice, AuditEvent.Type.CODE_SENT, "setup");
        record(alice, AuditEvent.Type.MFA_ENABLED, "totp");
        clock.advance(LIFE);
        assertThat(usage(true).codesExpiredUnused()).isZero();
        assertThat(usage(false).codesExpiredUnused()).isEqualTo(1);
    }

    @Test
    void locksOfBothKindsAreCounted() {
        lock(alice, 5, Optional.of(clock.instant().plusSeconds(60)));
        lock(bob, 100, Optional.of(clock.instant().minusSeconds(60)));
        lock(new Account(realm, "carol"), 5, Optional.of(clock.instant().minusSeconds(60)));
        record(alice, AuditEvent.Type.SECOND_FACTOR_LOCKED, "");
        record(alice, AuditEvent.Type.SECOND_FACTOR_FAILED, "");
        clock.advance(Duration.ofSeconds(-61));
        assertThat(usage(false).lockedNow()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(121));
        assertThat(usage(false).lockedNow()).isEqualTo(1);
        assertThat(usage(false).lockouts()).isEqualTo(1);
        assertThat(usage(false).failures()).isEqualTo(1);
    }

    private void lock(Account account, int inARow, Optional<Instant> until) {
        accounts.change(account, work -> {
            work.lockout(new Lockout(List.of(), inARow, 1, until));
            return work;
        });
    }
}
