package io.portcullis.domain;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Quota;
import io.portcullis.domain.limits.Rate;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.limits.Take;
import io.portcullis.testing.Race;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link RateLimiter} promises. */
public interface RateLimiterContract {
    Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    Duration WINDOW = Duration.ofHours(1);
    Policy THREE = new Policy("three", new Rate(3, WINDOW));

    /** One instance by this clock; all of them count together. */
    RateLimiter limiter(InstantSource clock);

    @Test
    default void asManyAreTakenAsTheRateAllows() {
        var limiter = limiter(new TestClock(BEGIN));
        var key = key();
        assertThat(limiter.peek(THREE, key)).isEqualTo(new Quota(THREE, 3, Duration.ZERO));
        for (int remaining = 2; remaining >= 0; remaining--) {
            var take = limiter.take(THREE, key);
            assertThat(take).isInstanceOf(Take.Granted.class);
            assertThat(take.quota()).isEqualTo(new Quota(THREE, remaining, WINDOW));
        }
        assertThat(limiter.take(THREE, key)).isEqualTo(new Take.Denied(new Quota(THREE, 0, WINDOW)));
        assertThat(limiter.peek(THREE, key)).isEqualTo(new Quota(THREE, 0, WINDOW));
    }

    @Test
    default void eachCountsToTheMillisecondAtWhichItsWindowEnds() {
        var clock = new TestClock(BEGIN);
        var limiter = limiter(clock);
        var key = key();
        limiter.take(THREE, key);
        clock.advance(Duration.ofMinutes(10));
        limiter.take(THREE, key);
        limiter.take(THREE, key);
        clock.advance(Duration.ofMinutes(50).minusMillis(1));
        assertThat(limiter.take(THREE, key)).isEqualTo(new Take.Denied(new Quota(THREE, 0, Duration.ofMillis(1))));
        clock.advance(Duration.ofMillis(1));
        assertThat(limiter.take(THREE, key).quota()).isEqualTo(new Quota(THREE, 0, Duration.ofMinutes(10)));
        assertThat(limiter.take(THREE, key)).isInstanceOf(Take.Denied.class);
    }

    /** Windows that begin at fixed moments would let twice as many through around such a moment. */
    @Test
    default void noWindowHoweverItIsLaidHasMore() {
        var clock = new TestClock(BEGIN.minusMillis(1));
        var limiter = limiter(clock);
        var key = key();
        for (int i = 0; i < 3; i++) {
            limiter.take(THREE, key);
        }
        clock.advance(Duration.ofMillis(1));
        for (int i = 0; i < 59; i++) {
            assertThat(limiter.take(THREE, key)).isInstanceOf(Take.Denied.class);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    @Test
    default void aRefusalTakesNothing() {
        var clock = new TestClock(BEGIN);
        var limiter = limiter(clock);
        var key = key();
        for (int i = 0; i < 10; i++) {
            limiter.take(THREE, key);
            clock.advance(Duration.ofMinutes(5));
        }
        clock.advance(Duration.ofMinutes(10));
        assertThat(limiter.take(THREE, key)).isInstanceOf(Take.Granted.class);
    }

    @Test
    default void whatIsGivenBackCanBeTakenAgainOnce() {
        var clock = new TestClock(BEGIN);
        var limiter = limiter(clock);
        var key = key();
        limiter.take(THREE, key);
        clock.advance(Duration.ofMinutes(1));
        var mine = limiter.take(THREE, key).orThrow().ticket();
        limiter.take(THREE, key);
        limiter.giveBack(mine);
        limiter.giveBack(mine);
        assertThat(limiter.take(THREE, key).quota()).isEqualTo(new Quota(THREE, 0, Duration.ofMinutes(59)));
        limiter.giveBack(mine);
        assertThat(limiter.take(THREE, key)).isInstanceOf(Take.Denied.class);
    }

    @Test
    default void whatIsClearedIsForgotten() {
        var limiter = limiter(new TestClock(BEGIN));
        var key = key();
        var other = key();
        limiter.take(THREE, key);
        var before = limiter.take(THREE, key).orThrow().ticket();
        limiter.take(THREE, other);
        limiter.clear(THREE, key);
        limiter.giveBack(before);
        assertThat(limiter.peek(THREE, key)).isEqualTo(new Quota(THREE, 3, Duration.ZERO));
        assertThat(limiter.peek(THREE, other).remaining()).isEqualTo(2);
    }

    @Test
    default void everyKeyAndPolicyIsCountedByItself() {
        var limiter = limiter(new TestClock(BEGIN));
        var some = key();
        var one = new Policy("one", new Rate(1, WINDOW));
        limiter.take(one, some + "ab", "c");
        assertThat(limiter.take(one, some + "ab", "c")).isInstanceOf(Take.Denied.class);
        assertThat(limiter.take(one, some + "a", "bc")).isInstanceOf(Take.Granted.class);
        assertThat(limiter.take(one, some + "abc")).isInstanceOf(Take.Granted.class);
        assertThat(limiter.take(one, some + "ab", "c", "")).isInstanceOf(Take.Granted.class);
        assertThat(limiter.take(one, "", some + "ab", "c")).isInstanceOf(Take.Granted.class);
        assertThat(limiter.take(new Policy("other", new Rate(1, WINDOW)), some + "ab", "c"))
                .isInstanceOf(Take.Granted.class);
    }

    @Test
    default void manyAtOnceOnTwoInstancesTakeNoMore() throws Exception {
        var first = limiter(new TestClock(BEGIN));
        var second = limiter(new TestClock(BEGIN.plusMillis(3)));
        var key = key();
        var turn = new AtomicInteger();
        assertThat(Race.of(40, () -> (turn.getAndIncrement() % 2 == 0 ? first : second).take(THREE, key)))
                .filteredOn(Take.Granted.class::isInstance)
                .hasSize(3);
    }

    @Test
    default void anInstanceWhoseClockIsBehindCountsWhatTheOthersTook() {
        var ahead = limiter(new TestClock(BEGIN.plusSeconds(5)));
        var behind = limiter(new TestClock(BEGIN));
        var key = key();
        for (int i = 0; i < 3; i++) {
            ahead.take(THREE, key);
        }
        assertThat(behind.take(THREE, key)).isEqualTo(new Take.Denied(new Quota(THREE, 0, WINDOW)));
        assertThat(ahead.peek(THREE, key).remaining()).isZero();
    }

    @Test
    default void aLowerRateCountsWhatWasTakenBefore() {
        var clock = new TestClock(BEGIN);
        var limiter = limiter(clock);
        var key = key();
        for (int i = 0; i < 3; i++) {
            limiter.take(THREE, key);
            clock.advance(Duration.ofMinutes(10));
        }
        var lower = new Policy("three", new Rate(2, WINDOW));
        // One must end, and the second of the three too, before there is room for another.
        assertThat(limiter.take(lower, key)).isEqualTo(new Take.Denied(new Quota(lower, 0, Duration.ofMinutes(40))));
    }

    @Test
    default void aRefusalIsToldWithItsPolicy() {
        var clock = new TestClock(BEGIN);
        var limiter = limiter(clock);
        var key = key();
        for (int i = 0; i < 3; i++) {
            limiter.take(THREE, key).orThrow();
        }
        clock.advance(Duration.ofMinutes(59));
        assertThat(problemOf(() -> limiter.take(THREE, key).orThrow()))
                .isEqualTo(new Problem.RateLimited("three", 3, WINDOW, Duration.ofMinutes(1)));
    }

    /** Whom no other test counts. */
    private static String key() {
        return UUID.randomUUID().toString();
    }
}
