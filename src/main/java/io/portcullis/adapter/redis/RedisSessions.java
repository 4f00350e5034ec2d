package io.portcullis.adapter.redis;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in Redis, a hash each, until they expire: the session, when it was {@code seen} last and how long it may be
 * {@code idle}, in milliseconds, so that noting a use never overwrites a proof. Each operation is one atomic step on one key.
 * One that idled out stays until it expires: a session that was ended by its account's security version is remembered as long
 * as its credential could come back. What ends is deleted first and told after.
 */
public final class RedisSessions implements Sessions {
    /** One that is live stays and is returned. */
    private static final Script OPEN = Script.of("""
            local stored = redis.call('HMGET', KEYS[1], 'session', 'seen', 'idle', 'expires')
            local now = tonumber(ARGV[5])
            if stored[1] and now < stored[2] + stored[3] and now < tonumber(stored[4]) then
                return {stored[1], stored[2]}
            end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'session', ARGV[1], 'seen', ARGV[2], 'idle', ARGV[3], 'expires', ARGV[4])
            redis.call('PEXPIRE', KEYS[1], ARGV[4] - ARGV[5])
            return false""");

    /**
     * A use that was noted meanwhile counts. Says for how many milliseconds another instance may still refuse by what it read
     * before.
     */
    private static final Script PUT = Script.of("""
            local seen = redis.call('HGET', KEYS[1], 'seen')
            if not seen or tonumber(seen) < tonumber(ARGV[2]) then seen = ARGV[2] end
            redis.call('HSET', KEYS[1], 'session', ARGV[1], 'seen', seen, 'idle', ARGV[3], 'expires', ARGV[4])
            redis.call('PEXPIRE', KEYS[1], ARGV[4] - ARGV[5])
            local refused = redis.call('HMGET', KEYS[1], 'refusedBy', 'refusedUntil')
            if not refused[1] or refused[1] == ARGV[6] then return 0 end
            local time = redis.call('TIME')
            return math.max(0, refused[2] - time[1] * 1000 - math.floor(time[2] / 1000))""");

    /** By the clock of Redis, the same for all. Of two instances the name of neither stands. */
    private static final Script REFUSED = Script.of("""
            if redis.call('EXISTS', KEYS[1]) == 0 then return end
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local before = redis.call('HMGET', KEYS[1], 'refusedBy', 'refusedUntil')
            local by = ARGV[1]
            if before[1] and before[1] ~= by and tonumber(before[2]) > now then by = 'several' end
            redis.call('HSET', KEYS[1], 'refusedBy', by, 'refusedUntil', string.format('%d', now + ARGV[2]))""");

    private static final long REFUSED_MILLIS = 1000;

    private static final Script TOUCH = Script.of("""
            local seen = redis.call('HGET', KEYS[1], 'seen')
            if seen and tonumber(seen) < tonumber(ARGV[1]) then redis.call('HSET', KEYS[1], 'seen', ARGV[1]) end""");

    private final RedisStore redis;
    private final RedisSessionIndex index;
    private final InstantSource clock;
    private final Consumer<Account> here;
    private final String self = UUID.randomUUID().toString();

    /**
     * Tells {@code here} at once what it tells the other instances through Redis: who made a change finds it in force with
     * the next request, however long the message takes.
     */
    public RedisSessions(RedisStore redis, InstantSource clock, Consumer<Account> here) {
        this.redis = redis;
        this.index = new RedisSessionIndex(redis);
        this.clock = clock;
        this.here = here;
    }

    @Override
    public Optional<Session> find(Fingerprint fingerprint) {
        return session(fingerprint, redis.call(Command.HMGET, key(fingerprint), "session", "seen"));
    }

    @Override
    public List<Session> ofAccount(Account account) {
        return index.fingerprints(account, clock.instant(), LISTED).stream()
                .flatMap(fingerprint -> find(fingerprint).stream())
                .filter(session -> session.account().equals(account))
                .toList();
    }

    @Override
    public Session open(Session session) {
        return store(OPEN, session)
                .flatMap(winner -> session(session.fingerprint(), winner))
                .orElse(session);
    }

    @Override
    public void put(Session session) {
        var remembered = store(PUT, session, self);
        here.accept(session.account());
        remembered.map(Response::toLong).ifPresent(RedisSessions::outwait);
    }

    @Override
    public void refusedHere(Session session) {
        redis.run(REFUSED, key(session.fingerprint()), self, REFUSED_MILLIS);
    }

    /** Until the memory of the other instance is over by time. */
    private static void outwait(long millis) {
        try {
            Thread.sleep(Math.min(millis, REFUSED_MILLIS)); // that instance is not asked, so nothing tells when
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** In the index first: an entry without a session is passed over, a session without an entry would be seen by nobody. */
    private Optional<Response> store(Script script, Session session, Object... more) {
        var now = clock.instant();
        if (session.expired(now)) {
            return Optional.empty();
        }
        index.add(session, now);
        var arguments = new ArrayList<Object>(List.of(
                SessionJson.write(session),
                session.lastSeenAt().toEpochMilli(),
                session.idle().toMillis(),
                session.expiresAt().toEpochMilli(),
                now.toEpochMilli()));
        arguments.addAll(List.of(more));
        return Optional.ofNullable(redis.run(script, key(session.fingerprint()), arguments.toArray()));
    }

    @Override
    public void touch(Session session, Instant usedAt) {
        redis.run(TOUCH, key(session.fingerprint()), usedAt.toEpochMilli());
    }

    @Override
    public void end(Session session) {
        redis.call(Command.DEL, key(session.fingerprint()));
        invalidate(session.account());
        index.remove(session);
    }

    @Override
    public void invalidate(Account account) {
        here.accept(account);
        redis.call(Command.DEL, Message.FENCE);
        redis.call(Command.PUBLISH, Message.CHANNEL, new Message.Stale(account).text());
    }

    /** Of a record and its time of last use, either of which may be missing. */
    private Optional<Session> session(Fingerprint fingerprint, @Nullable Response stored) {
        if (stored == null || stored.get(0) == null || stored.get(1) == null) {
            return Optional.empty();
        }
        var seen = Instant.ofEpochMilli(Long.parseLong(stored.get(1).toString()));
        return Optional.of(SessionJson.read(fingerprint, stored.get(0).toString(), seen))
                .filter(session -> !session.expired(clock.instant()));
    }

    /** The form of the record is in its name: what an earlier or a later version of the gateway stored is not there. */
    static String key(Fingerprint fingerprint) {
        return "portcullis:session:2:{" + fingerprint.value() + "}";
    }
}
