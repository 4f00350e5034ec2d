package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.testing.Stores;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A server that is down, frozen, or set up in a way that loses what it was given. */
class RedisStoreIT extends StoredSessions {
    private static final RedisStore REDIS = RedisStore.open(Stores.vertx(), RedisSettings.at(Stores.redisUrl()));

    RedisStoreIT() {
        super(REDIS);
    }

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Test
    void aStoppedServerIsToldInTimeAndIsUsedAgainWhenItIsBack() {
        REDIS.ping();
        Stores.stopRedis();
        try {
            assertUnavailable(REDIS::ping);
            assertUnavailable(() -> sessions.find(fingerprint));
        } finally {
            Stores.startRedis();
        }
        sessions.open(session("legacy", Map.of()));
        assertThat(sessions.find(fingerprint)).isPresent();
    }

    @Test
    void aFrozenServerIsToldInTimeAndIsUsedAgainWhenItIsBack() {
        REDIS.ping();
        Stores.freezeRedis();
        try {
            assertUnavailable(() -> sessions.find(fingerprint));
            assertUnavailable(() -> sessions.end(session("legacy", Map.of())));
        } finally {
            Stores.thawRedis();
        }
        assertThat(sessions.find(fingerprint)).isEmpty();
    }

    @Test
    void aWrongCommandIsABugAndNoOutage() {
        REDIS.call(Command.SET, "portcullis:test:text", "text");
        assertThatThrownBy(() -> REDIS.call(Command.HGETALL, "portcullis:test:text"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("STORE_UNAVAILABLE");
    }

    @Test
    void warnsOfAServerThatMayForget() {
        REDIS.call(Command.CONFIG, "SET", "maxmemory-policy", "allkeys-lru");
        try {
            assertThat(REDIS.warning())
                    .hasValueSatisfying(warning -> assertThat(warning).contains("allkeys-lru"));
        } finally {
            REDIS.call(Command.CONFIG, "SET", "maxmemory-policy", "noeviction");
        }
        assertThat(REDIS.warning()).isEmpty();
    }

    @Test
    void aServerThatTellsNobodyItsConfigurationGetsNoWarning() {
        REDIS.call(Command.ACL, "SETUSER", "guest", "on", ">guest", "~*", "&*", "+@all", "-config");
        var port = Stores.redisUrl().substring(Stores.redisUrl().lastIndexOf(':') + 1);
        try (var guest =
                RedisStore.open(Stores.vertx(), RedisSettings.at("redis://guest:guest@127.0.0.1:" + port + "/1"))) {
            guest.ping();
            assertThat(guest.warning()).isEmpty();
        }
    }

    private static void assertUnavailable(ThrowingCallable call) {
        long start = System.nanoTime();
        assertThatThrownBy(call).hasMessage("STORE_UNAVAILABLE");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
    }
}
