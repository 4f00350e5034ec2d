package io.portcullis.adapter.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.portcullis.domain.session.Session;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one event loop, on which questions about sessions follow each other without waiting for the answers. Made
 * when first asked, and anew when it broke. On its event loop alone.
 */
public final class RedisSessionLine implements AutoCloseable {
    private static final long DEADLINE_MILLIS = 500;
    private static final int MOST_WAITING = 16 * 1024;

    private final Redis redis;

    /** By identity: the same object is asked about again and again. */
    private final Cache<Session, Stored> stored =
            Caffeine.newBuilder().weakKeys().maximumSize(10_000).build();

    private @Nullable Future<RedisConnection> connection;

    /** A session as the store has it, and the question for it. */
    private record Stored(Request request, Buffer text) {
        static Stored of(Session session) {
            return new Stored(
                    Request.cmd(Command.HGET, RedisSessions.key(session.fingerprint()), "session"),
                    Buffer.buffer(SessionJson.write(session)));
        }

        boolean is(@Nullable Response answer) {
            return answer != null && text.equals(answer.toBuffer());
        }
    }

    /** Connects when first asked; the URL is as for {@link RedisStore#open}. */
    public RedisSessionLine(Vertx vertx, String url) {
        redis = Redis.createClient(vertx, RedisStore.options(url).setMaxWaitingHandlers(MOST_WAITING));
    }

    /** Whether Redis has the session just as it is here; its last use does not count. Fails when it does not answer within half a second. */
    public Future<Boolean> unchanged(Session session) {
        var question = stored.get(session, Stored::of);
        return connected()
                .compose(open -> open.send(question.request()))
                .timeout(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                .map(question::is)
                .onFailure(failure -> drop());
    }

    private Future<RedisConnection> connected() {
        var known = connection;
        if (known == null) {
            known = redis.connect().onSuccess(open -> {
                open.endHandler(end -> drop());
                open.exceptionHandler(broken -> drop());
            });
            connection = known;
        }
        return known;
    }

    /** The next question connects anew. */
    private void drop() {
        var broken = connection;
        connection = null;
        if (broken != null) {
            broken.onSuccess(RedisConnection::close);
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
