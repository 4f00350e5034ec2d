package io.portcullis.adapter.redis;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Sessions in Redis, one key each, until they expire. What ends is deleted first and told after. */
public final class RedisSessions implements Sessions {
    private static final int PATIENCE = 3;

    private final RedisStore redis;
    private final InstantSource clock;
    private final Consumer<Account> here;

    /**
     * Tells {@code here} at once what it tells the other instances through Redis: who made a change finds it in force with
     * the next request, however long the message takes.
     */
    public RedisSessions(RedisStore redis, InstantSource clock, Consumer<Account> here) {
        this.redis = redis;
        this.clock = clock;
        this.here = here;
    }

    @Override
    public Optional<Session> find(Fingerprint fingerprint) {
        var stored = redis.call(Command.GET, key(fingerprint));
        return Optional.ofNullable(stored)
                .map(json -> SessionJson.read(fingerprint, json.toString()))
                .filter(session -> !session.expired(clock.instant()));
    }

    @Override
    public Session open(Session session) {
        long millis = millisLeft(session);
        if (millis <= 0) {
            return session;
        }
        var json = SessionJson.write(session);
        for (int i = 0; i < PATIENCE; i++) {
            if (redis.call(Command.SET, key(session.fingerprint()), json, "NX", "PX", millis) != null) {
                return session;
            }
            var winner = find(session.fingerprint());
            if (winner.isPresent()) {
                return winner.get();
            }
            // It expired or ended between the two commands.
        }
        throw new Refused(new Problem.StoreUnavailable());
    }

    @Override
    public void put(Session session) {
        long millis = millisLeft(session);
        if (millis > 0) {
            redis.call(Command.SET, key(session.fingerprint()), SessionJson.write(session), "PX", millis);
        }
    }

    @Override
    public void end(Session session) {
        redis.call(Command.DEL, key(session.fingerprint()));
        invalidate(session.account());
    }

    @Override
    public void invalidate(Account account) {
        here.accept(account);
        redis.call(Command.PUBLISH, Message.CHANNEL, new Message.Stale(account).text());
    }

    private long millisLeft(Session session) {
        return Duration.between(clock.instant(), session.expiresAt()).toMillis();
    }

    private static String key(Fingerprint fingerprint) {
        return "portcullis:session:{" + fingerprint.value() + "}";
    }
}
