package io.portcullis.domain;

import io.portcullis.domain.limits.LimitKey;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Quota;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.limits.Take;
import io.portcullis.domain.limits.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tickets by key, each with the time at which it was taken. */
public final class InMemoryRateLimiter implements RateLimiter {
    private record Taken(Ticket ticket, Instant at) {}

    private final Map<LimitKey, List<Taken>> store;
    private final InstantSource clock;

    public InMemoryRateLimiter(InstantSource clock) {
        this(new HashMap<>(), clock);
    }

    private InMemoryRateLimiter(Map<LimitKey, List<Taken>> store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Another instance on the same store. */
    public InMemoryRateLimiter at(InstantSource otherClock) {
        return new InMemoryRateLimiter(store, otherClock);
    }

    @Override
    public Take take(Policy policy, String... key) {
        synchronized (store) {
            var now = clock.instant();
            var name = LimitKey.of(policy, key);
            var live = live(policy, name, now);
            if (live.size() >= policy.rate().count()) {
                return new Take.Denied(quota(policy, live, now));
            }
            var ticket = new Ticket(name, java.util.UUID.randomUUID().toString());
            live.add(new Taken(ticket, now));
            return new Take.Granted(ticket, quota(policy, live, now));
        }
    }

    @Override
    public Quota peek(Policy policy, String... key) {
        synchronized (store) {
            var now = clock.instant();
            return quota(policy, live(policy, LimitKey.of(policy, key), now), now);
        }
    }

    @Override
    public void giveBack(Ticket ticket) {
        synchronized (store) {
            store.getOrDefault(ticket.key(), new ArrayList<>())
                    .removeIf(taken -> taken.ticket().equals(ticket));
        }
    }

    @Override
    public void clear(Policy policy, String... key) {
        synchronized (store) {
            store.remove(LimitKey.of(policy, key));
        }
    }

    private List<Taken> live(Policy policy, LimitKey key, Instant now) {
        var tickets = store.computeIfAbsent(key, name -> new ArrayList<>());
        tickets.removeIf(taken -> !now.isBefore(taken.at().plus(policy.rate().window())));
        tickets.sort(Comparator.comparing(Taken::at));
        return tickets;
    }

    private static Quota quota(Policy policy, List<Taken> live, Instant now) {
        int count = policy.rate().count();
        if (live.isEmpty()) {
            return new Quota(policy, count, Duration.ZERO);
        }
        var window = policy.rate().window();
        var byTime = live.stream().sorted(Comparator.comparing(Taken::at)).toList();
        var frees = byTime.get(Math.max(0, live.size() - count)).at().plus(window);
        var reset = Duration.between(now, frees);
        return new Quota(policy, Math.max(0, count - live.size()), reset.compareTo(window) > 0 ? window : reset);
    }
}
