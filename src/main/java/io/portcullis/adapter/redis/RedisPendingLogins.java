package io.portcullis.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portcullis.adapter.crypto.AssociatedData;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.login.PendingLogin;
import io.portcullis.domain.login.PendingLogins;
import io.portcullis.domain.session.Fingerprint;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.Optional;

/**
 * Pending logins in Redis: a hash each, under the SHA-256 of its token, with the sealed login and the count of attempts
 * taken. Each operation is one atomic step on one key. A sealed login opens under its own key alone.
 */
public final class RedisPendingLogins implements PendingLogins {
    private static final Script STORE = Script.of("""
            redis.call('HSET', KEYS[1], 'login', ARGV[1], 'taken', 0)
            redis.call('PEXPIRE', KEYS[1], ARGV[2])""");

    /** Counts before anybody compares a code, so that parallel guesses share the attempts. */
    private static final Script ATTEMPT = Script.of("""
            local stored = redis.call('HMGET', KEYS[1], 'login', 'taken')
            if not stored[1] or tonumber(stored[2]) >= tonumber(ARGV[1]) then return false end
            local taken = redis.call('HINCRBY', KEYS[1], 'taken', 1)
            return {stored[1], tonumber(ARGV[1]) - taken}""");

    private static final Script WAITING = Script.of("""
            local stored = redis.call('HMGET', KEYS[1], 'login', 'taken')
            if not stored[1] or tonumber(stored[2]) >= tonumber(ARGV[1]) then return false end
            return {stored[1], redis.call('PTTL', KEYS[1])}""");

    /** A key that is gone stays gone. */
    private static final Script GIVE_BACK = Script.of("""
            local taken = redis.call('HGET', KEYS[1], 'taken')
            if taken and tonumber(taken) > 0 then redis.call('HINCRBY', KEYS[1], 'taken', -1) end""");

    private final RedisStore redis;
    private final SecretBox box;

    public RedisPendingLogins(RedisStore redis, SecretBox box) {
        this.redis = redis;
        this.box = box;
    }

    @Override
    public void store(String token, PendingLogin login, Duration ttl) {
        var key = key(token);
        var sealed = box.seal(PendingLoginJson.write(login).getBytes(UTF_8), AssociatedData.of(key));
        redis.run(STORE, key, sealed, ttl.toMillis());
    }

    @Override
    public Optional<Attempt> attempt(String token, int attempts) {
        var key = key(token);
        return Optional.ofNullable(redis.take(late -> redis.runLater(GIVE_BACK, key), ATTEMPT, key, attempts))
                .map(taken -> new Attempt(
                        open(key, taken.get(0).toBytes()),
                        Integer.parseInt(taken.get(1).toString())));
    }

    @Override
    public Optional<PendingLogin> find(String token) {
        var key = key(token);
        return Optional.ofNullable(redis.call(Command.HGET, key, "login")).map(login -> open(key, login.toBytes()));
    }

    @Override
    public Optional<Waiting> waiting(String token, int attempts) {
        var key = key(token);
        return Optional.ofNullable(redis.run(WAITING, key, attempts))
                .map(found -> new Waiting(
                        open(key, found.get(0).toBytes()),
                        Duration.ofMillis(Long.parseLong(found.get(1).toString()))));
    }

    @Override
    public void giveBack(String token) {
        redis.run(GIVE_BACK, key(token));
    }

    @Override
    public boolean finish(String token) {
        var deleted = redis.call(Command.DEL, key(token));
        return deleted != null && deleted.toString().equals("1");
    }

    private PendingLogin open(String key, byte[] sealed) {
        return PendingLoginJson.read(new String(box.open(sealed, AssociatedData.of(key)), UTF_8));
    }

    private static String key(String token) {
        return "portcullis:pending:{" + Fingerprint.of(token).value() + "}";
    }
}
