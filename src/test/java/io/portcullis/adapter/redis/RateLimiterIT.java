package io.portcullis.adapter.redis;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.RateLimiterContract;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.limits.LimitKey;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.limits.Take;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import io.vertx.redis.client.Command;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RateLimiterIT implements RateLimiterContract {
    private static final RedisStore REDIS = RedisStore.open(Stores.vertx(), RedisSettings.at(Stores.redisUrl()));

    private final RateLimiter limiter = limiter(new TestClock(BEGIN));
    private final String person = UUID.randomUUID() + "@example.com";

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Override
    public RateLimiter limiter(InstantSource clock) {
        return new RedisRateLimiter(REDIS, clock);
    }

    @Test
    void redisForgetsAKeyAWindowAfterTheLastOneThatWasTaken() {
        limiter.take(THREE, person);
        assertThat(millisLeft()).isBetween(3_590_000L, 3_600_000L);
        limiter.take(THREE, person);
        limiter.take(THREE, person);
        REDIS.call(Command.PEXPIRE, name(), "1000000");
        limiter.take(THREE, person); // is refused, and prolongs nothing
        limiter.peek(THREE, person);
        assertThat(millisLeft()).isBetween(1L, 1_000_000L);
    }

    @Test
    void lookingLeavesNoKey() {
        limiter.peek(THREE, person);
        assertThat(String.valueOf(REDIS.call(Command.EXISTS, name()))).isEqualTo("0");
    }

    @Test
    void whomItCountsCannotBeReadInRedis() {
        limiter.take(THREE, person, "192.0.2.77");
        var stored = Stores.everythingInRedis();
        assertThat(stored).contains(LimitKey.of(THREE, person, "192.0.2.77").digest());
        assertThat(stored).doesNotContain(person).doesNotContain("192.0.2.77");
    }

    @Test
    void twoAtTheSameMillisecondAreTwo() {
        assertThat(List.of(limiter.take(THREE, person), limiter.take(THREE, person), limiter.take(THREE, person)))
                .allMatch(Take.Granted.class::isInstance);
        assertThat(limiter.take(THREE, person)).isInstanceOf(Take.Denied.class);
    }

    @Test
    void scriptsRunAgainAfterTheServerForgotThem() {
        limiter.take(THREE, person);
        REDIS.call(Command.SCRIPT, "FLUSH");
        assertThat(limiter.take(THREE, person).quota().remaining()).isEqualTo(1);
    }

    @Test
    void whatCannotBeCountedIsNotAllowed() {
        var nowhere = RedisStore.open(Stores.vertx(), RedisSettings.at("redis://127.0.0.1:1"));
        try {
            var down = new RedisRateLimiter(nowhere, new TestClock(BEGIN));
            assertThat(problemOf(() -> down.take(THREE, person))).isEqualTo(new Problem.StoreUnavailable());
            assertThat(problemOf(() -> down.peek(THREE, person))).isEqualTo(new Problem.StoreUnavailable());
            assertThat(problemOf(() -> down.clear(THREE, person))).isEqualTo(new Problem.StoreUnavailable());
        } finally {
            nowhere.close();
        }
    }

    private long millisLeft() {
        return Long.parseLong(String.valueOf(REDIS.call(Command.PTTL, name())));
    }

    private String name() {
        return "portcullis:limit:{" + LimitKey.of(THREE, person).digest() + "}";
    }
}
