package io.portcullis.adapter.redis;

import io.portcullis.domain.RateLimiterModel;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.testing.Stores;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;

class RateLimiterModelIT implements RateLimiterModel {
    private static final RedisStore REDIS = RedisStore.open(Stores.vertx(), RedisSettings.at(Stores.redisUrl()));

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Override
    public RateLimiter limiter(InstantSource clock) {
        return new RedisRateLimiter(REDIS, clock);
    }
}
