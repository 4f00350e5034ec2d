package io.portcullis.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Quota;
import io.portcullis.domain.limits.Rate;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.limits.Take;
import io.portcullis.domain.limits.Ticket;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Long random sequences on a {@link RateLimiter} and on the simplest thing that could be one: a list of what was taken. */
public interface RateLimiterModel {
    int SEQUENCES = 10;
    int STEPS = 200;

    RateLimiter limiter(InstantSource clock);

    @Test
    default void aLongRandomSequenceIsThatOfAList() {
        long seed = System.nanoTime();
        for (int i = 0; i < SEQUENCES; i++) {
            new Sequence(this, seed + i).run();
        }
    }

    /** One sequence; two instances, whose clocks differ by some milliseconds, take turns. */
    final class Sequence {
        private record Entry(int key, Ticket ticket, Instant at) {}

        private final long seed;
        private final Random random;
        private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
        private final Duration apart;
        private final RateLimiter here;
        private final RateLimiter there;
        private final Policy policy;
        private final List<String> keys =
                List.of(UUID.randomUUID().toString(), UUID.randomUUID().toString());
        private final List<Ticket> tickets = new ArrayList<>();
        private List<Entry> model = new ArrayList<>();

        Sequence(RateLimiterModel implementation, long seed) {
            this.seed = seed;
            random = new Random(seed);
            apart = Duration.ofMillis(random.nextInt(50));
            here = implementation.limiter(clock);
            there = implementation.limiter(() -> clock.instant().plus(apart));
            // Long, as Redis forgets a key by its own clock, which goes on.
            policy = new Policy("model", new Rate(1 + random.nextInt(5), Duration.ofHours(1 + random.nextInt(24))));
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                int key = random.nextInt(keys.size());
                boolean elsewhere = random.nextInt(3) == 0;
                var limiter = elsewhere ? there : here;
                var now = elsewhere ? clock.instant().plus(apart) : clock.instant();
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> take(limiter, key, now, step);
                    case 4, 5 -> giveBack(limiter);
                    case 6 -> clear(limiter, key);
                    case 7 -> clock.advance(policy.rate().window().dividedBy(1 + random.nextInt(4)));
                    default -> clock.advance(Duration.ofMillis(random.nextInt(60)));
                }
                var look = elsewhere ? clock.instant().plus(apart) : clock.instant();
                assertThat(limiter.peek(policy, keys.get(key))).as(at(step)).isEqualTo(expected(key, look));
            }
        }

        private void take(RateLimiter limiter, int key, Instant now, int step) {
            boolean room = expected(key, now).remaining() > 0;
            var take = limiter.take(policy, keys.get(key));
            assertThat(take instanceof Take.Granted).as(at(step)).isEqualTo(room);
            if (take instanceof Take.Granted granted) {
                tickets.add(granted.ticket());
                model.add(new Entry(key, granted.ticket(), now));
            }
            assertThat(take.quota()).as(at(step)).isEqualTo(expected(key, now));
        }

        /** Any that was ever taken, so also one that ended, or was given back before. */
        private void giveBack(RateLimiter limiter) {
            if (!tickets.isEmpty()) {
                var ticket = tickets.get(random.nextInt(tickets.size()));
                limiter.giveBack(ticket);
                model.removeIf(entry -> entry.ticket().equals(ticket));
            }
        }

        private void clear(RateLimiter limiter, int key) {
            limiter.clear(policy, keys.get(key));
            model.removeIf(entry -> entry.key() == key);
        }

        private Quota expected(int key, Instant now) {
            var window = policy.rate().window();
            // Who looks with a clock that is ahead ends what ended by it, for everybody.
            model = new ArrayList<>(model.stream()
                    .filter(entry ->
                            entry.key() != key || entry.at().plus(window).isAfter(now))
                    .toList());
            var live = model.stream()
                    .filter(entry -> entry.key() == key)
                    .map(Entry::at)
                    .sorted(Comparator.naturalOrder())
                    .toList();
            if (live.isEmpty()) {
                return new Quota(policy, policy.rate().count(), Duration.ZERO);
            }
            var reset = Duration.between(now, live.getFirst().plus(window));
            return new Quota(policy, policy.rate().count() - live.size(), reset.compareTo(window) > 0 ? window : reset);
        }

        private String at(int step) {
            return "seed " + seed + ", step " + step;
        }
    }
}
