package io.portcullis.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.adapter.redis.RedisInvalidations;
import io.portcullis.gate.PassportCache;

/** The leased cache of sessions, and its lease. */
final class CacheMetrics {
    private CacheMetrics() {}

    static void register(MeterRegistry registry, PassportCache cache, RedisInvalidations invalidations) {
        Gauge.builder("portcullis.cache.leased", invalidations, lease -> lease.leased() ? 1 : 0)
                .description("1 while the lease is held; without it every request asks the stores")
                .register(registry);
        Gauge.builder("portcullis.cache.heartbeat.age", invalidations, RedisInvalidations::heartbeatAge)
                .description("Since the last heartbeat that came back from Redis; NaN before the first")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("portcullis.cache.entries", cache, PassportCache::entries)
                .description("Sessions that are remembered")
                .register(registry);
        FunctionCounter.builder("portcullis.cache.hits", cache, PassportCache::hits)
                .description("Lookups that found a session")
                .register(registry);
        FunctionCounter.builder("portcullis.cache.misses", cache, PassportCache::misses)
                .description("Lookups that did not, so that the stores were asked")
                .register(registry);
    }
}
