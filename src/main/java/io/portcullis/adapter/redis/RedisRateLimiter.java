package io.portcullis.adapter.redis;

import io.portcullis.domain.limits.LimitKey;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Quota;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.limits.Take;
import io.portcullis.domain.limits.Ticket;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;

/**
 * A sorted set for each policy and key: the tickets that were taken, by the time at which. Redis forgets a key when a
 * window has passed since the last one. Each operation is one atomic step on one key.
 */
public final class RedisRateLimiter implements RateLimiter {
    /**
     * Takes a ticket when there is room, or none where ARGV[4] is empty. Answers whether it was taken, how many are, and when
     * the one was taken at whose end there is room again. Tickets from a clock that is ahead are newer than now: they
     * stay.
     */
    private static final Script TAKE = Script.of("""
            local now, ended, count, ticket = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ended)
            local taken = redis.call('ZCARD', KEYS[1])
            local granted = 0
            if ticket ~= '' and taken < count then
              redis.call('ZADD', KEYS[1], now, ticket)
              redis.call('PEXPIRE', KEYS[1], ARGV[5])
              granted = 1
              taken = taken + 1
            end
            local at = math.max(0, taken - count)
            local next = redis.call('ZRANGE', KEYS[1], at, at, 'WITHSCORES')
            return {granted, taken, next[2] or ''}""");

    private final RedisStore redis;
    private final InstantSource clock;

    public RedisRateLimiter(RedisStore redis, InstantSource clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public Take take(Policy policy, String... key) {
        var ticket = new Ticket(LimitKey.of(policy, key), UUID.randomUUID().toString());
        long now = clock.millis();
        var answer = run(policy, ticket.key(), ticket.id(), now);
        var quota = quota(policy, answer, now);
        return number(answer, 0) == 1 ? new Take.Granted(ticket, quota) : new Take.Denied(quota);
    }

    @Override
    public Quota peek(Policy policy, String... key) {
        long now = clock.millis();
        return quota(policy, run(policy, LimitKey.of(policy, key), "", now), now);
    }

    @Override
    public void giveBack(Ticket ticket) {
        redis.call(Command.ZREM, name(ticket.key()), ticket.id());
    }

    @Override
    public void clear(Policy policy, String... key) {
        redis.call(Command.DEL, name(LimitKey.of(policy, key)));
    }

    private Response run(Policy policy, LimitKey key, String ticket, long now) {
        long window = policy.rate().window().toMillis();
        var name = name(key);
        var answer = redis.take(
                late -> redis.callLater(Command.ZREM, name, ticket), // gone already where none was taken
                TAKE,
                name,
                now,
                now - window,
                policy.rate().count(),
                ticket,
                window);
        return Objects.requireNonNull(answer, "the script returns a list");
    }

    private static Quota quota(Policy policy, Response answer, long now) {
        int remaining = Math.max(0, policy.rate().count() - number(answer, 1));
        var next = answer.get(2).toString();
        if (next.isEmpty()) {
            return new Quota(policy, remaining, Duration.ZERO);
        }
        long window = policy.rate().window().toMillis();
        long reset = Math.clamp((long) Double.parseDouble(next) + window - now, 0, window);
        return new Quota(policy, remaining, Duration.ofMillis(reset));
    }

    private static int number(Response answer, int index) {
        return Integer.parseInt(answer.get(index).toString());
    }

    private static String name(LimitKey key) {
        return "portcullis:limit:{" + key.digest() + "}";
    }
}
