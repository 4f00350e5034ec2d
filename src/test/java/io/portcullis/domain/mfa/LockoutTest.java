package io.portcullis.domain.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LockoutTest {
    private static final LockoutSettings SETTINGS = LockoutSettings.DEFAULTS;
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private Instant now = START;
    private Lockout lockout = Lockout.NONE;

    @Test
    void fiveFailuresInFifteenMinutesLockForFifteenMinutes() {
        fail(4);
        assertThat(lockout.problem(now, SETTINGS)).isEmpty();
        now = START.plus(Duration.ofMinutes(15)).minusMillis(1);
        fail(1);
        assertThat(locked()).contains(Duration.ofMinutes(15));
    }

    @Test
    void aLockEndsToTheInstant() {
        fail(5);
        now = now.plus(Duration.ofMinutes(15)).minusMillis(1);
        assertThat(locked()).contains(Duration.ofMillis(1));
        now = now.plusMillis(1);
        assertThat(lockout.problem(now, SETTINGS)).isEmpty();
    }

    @Test
    void failuresBeforeTheWindowAreForgotten() {
        fail(4);
        now = now.plus(Duration.ofMinutes(15));
        fail(4);
        assertThat(lockout.problem(now, SETTINGS)).isEmpty();
        assertThat(lockout.remaining(now, SETTINGS)).isEqualTo(1);
    }

    @Test
    void remainingCountsDownToTheLockAndStartsAgainAfterIt() {
        for (int left = 4; left >= 0; left--) {
            fail(1);
            assertThat(lockout.remaining(now, SETTINGS)).isEqualTo(left);
        }
        now = now.plus(Duration.ofMinutes(15));
        assertThat(lockout.remaining(now, SETTINGS)).isEqualTo(5);
    }

    @Test
    void eachLockIsTwiceAsLongUpToADay() {
        var locks = new ArrayList<Duration>();
        for (int i = 0; i < 9; i++) {
            fail(5);
            locks.add(locked().orElseThrow());
            now = now.plus(locked().orElseThrow());
        }
        assertThat(locks)
                .containsExactly(
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(30),
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofHours(4),
                        Duration.ofHours(8),
                        Duration.ofHours(16),
                        Duration.ofHours(24),
                        Duration.ofHours(24));
    }

    @Test
    void aHundredInARowLockUntilAnOperatorUnlocks() {
        failInARow(99);
        now = now.plus(Duration.ofDays(365));
        assertThat(lockout.problem(now, SETTINGS)).isEmpty();
        fail(1);
        now = now.plus(Duration.ofDays(365));
        assertThat(lockout.problem(now, SETTINGS)).contains(new Problem.AccountLocked(Optional.empty()));
        assertThat(lockout.remaining(now, SETTINGS)).isZero();
    }

    @Test
    void slowFailuresThatNeverLockAreCountedInARowToo() {
        for (int i = 0; i < 100; i++) {
            fail(1);
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(lockout.problem(now, SETTINGS)).contains(new Problem.AccountLocked(Optional.empty()));
    }

    @Test
    void nobodyIsPromisedMoreThanWhatIsLeftOfTheHundred() {
        for (int i = 0; i < 98; i++) {
            fail(1);
            now = now.plus(Duration.ofHours(1));
        }
        fail(1);
        assertThat(lockout.remaining(now, SETTINGS)).isEqualTo(1);
    }

    private Optional<Duration> locked() {
        return lockout.problem(now, SETTINGS).flatMap(Problem.AccountLocked::retryAfter);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            lockout = lockout.failed(now, SETTINGS);
        }
    }

    private void failInARow(int times) {
        for (int i = 0; i < times; i++) {
            fail(1);
            now = now.plus(locked().orElse(Duration.ZERO));
        }
    }
}
