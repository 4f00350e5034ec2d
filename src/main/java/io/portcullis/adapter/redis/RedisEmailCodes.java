package io.portcullis.adapter.redis;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.CodeDigest;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.session.Fingerprint;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

/**
 * Mailed codes in Redis: a hash for each account and purpose, with the keyed digest of the code, its name, and the wrong
 * attempts. Each operation is one script on one key. A used code stays until its time, so that it is told from none.
 */
public final class RedisEmailCodes implements EmailCodes {
    private static final Script PUT = Script.of("""
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'id', ARGV[1], 'digest', ARGV[2], 'wrong', 0, 'used', 0)
            redis.call('PEXPIRE', KEYS[1], ARGV[3])""");

    /** Lua compares interned strings by their address, so the time tells nothing of the digest. */
    private static final Script ATTEMPT = Script.of("""
            local code = redis.call('HMGET', KEYS[1], 'id', 'digest', 'wrong', 'used')
            if not code[1] or tonumber(code[3]) >= tonumber(ARGV[2]) then return {'none'} end
            if code[4] == '1' then return {code[2] == ARGV[1] and 'used' or 'none'} end
            if code[2] == ARGV[1] then
                redis.call('HSET', KEYS[1], 'used', 1)
                return {'right', code[1]}
            end
            local wrong = redis.call('HINCRBY', KEYS[1], 'wrong', 1)
            return {'wrong', code[1], tonumber(ARGV[2]) - wrong}""");

    private static final Script GIVE_BACK = Script.of("""
            if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then return end
            if ARGV[2] == 'right' then
                redis.call('HSET', KEYS[1], 'used', 0)
            elseif tonumber(redis.call('HGET', KEYS[1], 'wrong')) > 0 then
                redis.call('HINCRBY', KEYS[1], 'wrong', -1)
            end""");

    private final RedisStore redis;
    private final CodeDigest digest;

    public RedisEmailCodes(RedisStore redis, CodeDigest digest) {
        this.redis = redis;
        this.digest = digest;
    }

    @Override
    public void put(Account account, Purpose purpose, String address, String code, Duration life) {
        redis.run(
                PUT,
                key(account, purpose),
                UUID.randomUUID().toString(),
                digest(account, purpose, address, code),
                life.toMillis());
    }

    @Override
    public Attempt attempt(Account account, Purpose purpose, String address, String code, int attempts) {
        var key = key(account, purpose);
        var answer = redis.take(
                late -> giveBack(key, attempt(late)), ATTEMPT, key, digest(account, purpose, address, code), attempts);
        if (answer == null) {
            throw new IllegalStateException("the script answers with what came of it");
        }
        return attempt(answer);
    }

    private static Attempt attempt(Response answer) {
        return switch (answer.get(0).toString()) {
            case "right" -> new Attempt.Right(answer.get(1).toString());
            case "wrong" ->
                new Attempt.Wrong(
                        answer.get(1).toString(), Integer.parseInt(answer.get(2).toString()));
            case "used" -> new Attempt.Used();
            default -> new Attempt.None();
        };
    }

    @Override
    public void giveBack(Account account, Purpose purpose, Attempt attempt) {
        var key = key(account, purpose);
        switch (attempt) {
            case Attempt.Right right -> redis.run(GIVE_BACK, key, right.id(), "right");
            case Attempt.Wrong wrong -> redis.run(GIVE_BACK, key, wrong.id(), "wrong");
            case Attempt.Used used -> {} // took nothing
            case Attempt.None none -> {} // took nothing
        }
    }

    /** What a frozen Redis took when nobody waited any more. */
    private void giveBack(String key, Attempt late) {
        switch (late) {
            case Attempt.Right right -> redis.runLater(GIVE_BACK, key, right.id(), "right");
            case Attempt.Wrong wrong -> redis.runLater(GIVE_BACK, key, wrong.id(), "wrong");
            case Attempt.Used used -> {} // took nothing
            case Attempt.None none -> {} // took nothing
        }
    }

    private String digest(Account account, Purpose purpose, String address, String code) {
        return Base64.getEncoder()
                .encodeToString(digest.digest(code, account.realm(), account.subject(), purpose.name(), address));
    }

    /** Hashed, as a subject may have any form; with the length of the realm, so that two accounts never share a key. */
    private static String key(Account account, Purpose purpose) {
        var name = account.realm().length() + ":" + account.realm() + account.subject();
        return "portcullis:code:{" + Fingerprint.of(name).value() + "}:" + purpose.name();
    }
}
