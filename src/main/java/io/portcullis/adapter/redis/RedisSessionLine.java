package io.portcullis.adapter.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.portcullis.domain.session.Session;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Questions about sessions that follow each other without waiting for the answers, on one connection to each server of one event
 * loop. Made when first asked, and anew when it broke. On its event loop alone.
 */
public final class RedisSessionLine implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final int MOST_WAITING = 16 * 1024;

    private final RedisServers servers;
    private final Context context;
    private final Thread loop = Thread.currentThread();
    private final Map<RedisNode, Future<RedisConnection>> connections = new HashMap<>();

    /** By identity: the same object is asked about again and again. */
    private final Cache<Session, Stored> stored = Caffeine.newBuilder()
            .weakKeys()
            .maximumSize(10_000)
            .executor(Runnable::run)
            .build();

    private final Deadlines deadlines;

    /** A session as the store has it, and the question for it. */
    private record Stored(String key, Request request, Buffer text) {
        static Stored of(Session session) {
            var key = RedisSessions.key(session.fingerprint());
            return new Stored(
                    key, Request.cmd(Command.HGET, key, "session"), Buffer.buffer(SessionJson.write(session)));
        }

        boolean is(@Nullable Response answer) {
            return answer != null && text.equals(answer.toBuffer());
        }
    }

    /** For the event loop that makes it; connects when first asked. */
    public RedisSessionLine(Vertx vertx, RedisSettings settings) {
        context = vertx.getOrCreateContext();
        deadlines = new Deadlines(vertx, DEADLINE, this::drop);
        servers = new RedisServers(vertx, settings, options -> options.setMaxWaitingHandlers(MOST_WAITING));
    }

    /** Whether Redis has the session just as it is here; its last use does not count. Fails when it does not answer within half a second. */
    public Future<Boolean> unchanged(Session session) {
        var question = stored.get(session, Stored::of);
        var answer = Promise.<Boolean>promise();
        var deadline = deadlines.set(answer);
        servers.whereIs(question.key())
                .compose(node -> ask(node, question.request()))
                .onComplete(told -> here(() -> {
                    deadline.met();
                    if (told.succeeded()) {
                        answer.tryComplete(question.is(told.result()));
                    } else if (answer.tryFail(told.cause())) {
                        drop();
                    }
                }));
        return answer.future();
    }

    /** What a client of Redis says may come on a thread of its own. */
    private void here(Runnable next) {
        if (Thread.currentThread().equals(loop)) {
            next.run();
        } else {
            context.runOnContext(now -> next.run());
        }
    }

    private Future<@Nullable Response> ask(RedisNode node, Request request) {
        return connections.computeIfAbsent(node, this::connect).compose(open -> open.send(request));
    }

    private Future<RedisConnection> connect(RedisNode node) {
        var made = servers.connect(node);
        Runnable forget = () -> here(() -> connections.remove(node, made));
        return made.onSuccess(open -> {
            open.endHandler(end -> forget.run());
            open.exceptionHandler(broken -> forget.run());
        });
    }

    /** A server did not answer, or is not the one to ask any more: the next question looks for it and connects anew. */
    private void drop() {
        servers.doubt();
        var broken = List.copyOf(connections.keySet());
        connections.clear();
        broken.forEach(servers::hangUp); // a connection that is closed by itself goes back to its pool
    }

    @Override
    public void close() {
        servers.close();
    }
}
