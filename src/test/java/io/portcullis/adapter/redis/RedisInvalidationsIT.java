package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Account;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisInvalidationsIT {
    private static final String EVERYTHING = "everything";

    private final RedisStore redis = RedisStore.open(Stores.vertx(), RedisSettings.at(Stores.redisUrl()));
    private final RedisSessions sessions = new RedisSessions(redis, new TestClock(Instant.EPOCH), account -> {});
    private final RedisInvalidations invalidations =
            new RedisInvalidations(Stores.vertx(), RedisSettings.at(Stores.redisUrl()), new Random(1));
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        assertThat(invalidations.leased()).isFalse();
        invalidations.start(new RedisInvalidations.Listener() {
            @Override
            public void stale(Account account) {
                heard.add(account.realm() + "/" + account.subject());
            }

            @Override
            public void everythingStale() {
                heard.add(EVERYTHING);
            }
        });
        until(invalidations::leased);
        heard.clear();
    }

    @AfterEach
    void close() {
        invalidations.close();
        assertThat(invalidations.leased()).isFalse();
        redis.close();
    }

    @Test
    void hearsWhatIsStale() throws Exception {
        sessions.invalidate(new Account("admin", "1"));
        assertThat(next()).isEqualTo("admin/1");
    }

    @Test
    void takesAnUnreadableMessageForEverything() throws Exception {
        redis.call(Command.PUBLISH, Message.CHANNEL, "{\"v\":99}");
        assertThat(next()).isEqualTo(EVERYTHING);
    }

    @Test
    void theHeartbeatOfAnotherInstanceIsNoLease() throws Exception {
        redis.call(Command.PUBLISH, Message.CHANNEL, new Message.Heartbeat("another", Long.MAX_VALUE).text());
        sessions.invalidate(new Account("admin", "1"));
        assertThat(next()).isEqualTo("admin/1");
    }

    @Test
    void losesTheLeaseInTimeWhenRedisFreezesAndRegainsIt() throws Exception {
        Stores.freezeRedis();
        long frozen = System.nanoTime();
        try {
            until(() -> !invalidations.leased());
            assertThat(Duration.ofNanos(System.nanoTime() - frozen)).isLessThan(Duration.ofSeconds(1));
            assertThat(next()).isEqualTo(EVERYTHING);
        } finally {
            Stores.thawRedis();
        }
        until(invalidations::leased);
        sessions.invalidate(new Account("admin", "2"));
        assertThat(nextBut(EVERYTHING)).isEqualTo("admin/2");
    }

    @Test
    void losesTheLeaseWhenItsConnectionIsCutAndSubscribesAgain() throws Exception {
        redis.call(Command.CLIENT, "KILL", "TYPE", "pubsub");
        assertThat(next()).isEqualTo(EVERYTHING);
        until(invalidations::leased);
        sessions.invalidate(new Account("admin", "3"));
        assertThat(nextBut(EVERYTHING)).isEqualTo("admin/3");
    }

    @Test
    void subscribesAgainWhenRedisIsBack() throws Exception {
        Stores.stopRedis();
        try {
            assertThat(next()).isEqualTo(EVERYTHING);
            assertThat(invalidations.leased()).isFalse();
        } finally {
            Stores.startRedis();
        }
        until(invalidations::leased);
        sessions.invalidate(new Account("admin", "4"));
        assertThat(nextBut(EVERYTHING)).isEqualTo("admin/4");
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(5, TimeUnit.SECONDS));
    }

    private String nextBut(String passedOver) throws InterruptedException {
        var next = next();
        while (next.equals(passedOver)) {
            next = next();
        }
        return next;
    }

    /** The lease has no event to wait for: it ends by the clock. */
    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
