package io.portcullis.adapter.redis;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Which sessions an account has: a sorted set each, of fingerprints by the time they expire. For showing alone; an entry may
 * outlive its session and may be missing, so nothing is let in or kept out by it.
 */
final class RedisSessionIndex {
    private static final Script ADD = Script.of("""
            redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])
            local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
            redis.call('PEXPIRE', KEYS[1], string.format('%d', last[2] - ARGV[3]))""");

    private final RedisStore redis;

    RedisSessionIndex(RedisStore redis) {
        this.redis = redis;
    }

    /** Adds a session that has not expired. */
    void add(Session session, Instant now) {
        redis.run(
                ADD,
                key(session.account()),
                session.fingerprint().value(),
                session.expiresAt().toEpochMilli(),
                now.toEpochMilli());
    }

    void remove(Session session) {
        redis.call(Command.ZREM, key(session.account()), session.fingerprint().value());
    }

    /** Those that expire last. */
    List<Fingerprint> fingerprints(Account account, Instant now, int most) {
        var after = "(" + now.toEpochMilli();
        var found = redis.call(Command.ZRANGE, key(account), "+inf", after, "BYSCORE", "REV", "LIMIT", 0, most);
        return found == null
                ? List.of()
                : StreamSupport.stream(found.spliterator(), false)
                        .map(Response::toString)
                        .map(Fingerprint::new)
                        .toList();
    }

    /** The account hashed: it may have any character, and no two accounts the same name. */
    private static String key(Account account) {
        var name = account.realm().length() + ":" + account.realm() + ":" + account.subject();
        return "portcullis:sessions:{" + Fingerprint.of(name).value() + "}";
    }
}
