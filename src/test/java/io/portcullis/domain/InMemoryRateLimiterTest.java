package io.portcullis.domain;

import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.testing.TestClock;
import java.time.InstantSource;

/** What the tests of the domain count with keeps the promises of the real one. */
class InMemoryRateLimiterTest implements RateLimiterContract, RateLimiterModel {
    private final InMemoryRateLimiter first = new InMemoryRateLimiter(new TestClock(BEGIN));

    @Override
    public RateLimiter limiter(InstantSource clock) {
        return first.at(clock);
    }
}
