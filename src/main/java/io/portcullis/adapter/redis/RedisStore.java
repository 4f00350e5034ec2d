package io.portcullis.adapter.redis;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of Redis, awaited on the caller's virtual thread. A call has half a second; what does not answer in
 * time, or not at all, is {@code StoreUnavailable}. What Redis objects to otherwise is a bug and thrown.
 */
public final class RedisStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);
    private static final long DEADLINE_MILLIS = 500;
    private final RedisServers servers;

    private RedisStore(RedisServers servers) {
        this.servers = servers;
    }

    /** Connects when first used. */
    public static RedisStore open(Vertx vertx, RedisSettings settings) {
        return new RedisStore(new RedisServers(
                vertx,
                settings,
                options -> options.setMaxPoolSize(32).setMaxPoolWaiting(256).setPoolRecycleTimeout(20_000)));
    }

    /** For readiness: throws {@link Refused} with {@code StoreUnavailable} unless every server that takes writes answers. */
    public void ping() {
        await(servers.sendToMasters(Request.cmd(Command.PING)));
    }

    /**
     * What a person should know of the servers' configuration: one that may evict keys forgets sessions and attempts.
     * A server that tells nobody its configuration gets no warning.
     *
     * @throws IllegalStateException when they cannot be asked, with the reason in words
     */
    public Optional<String> warning() {
        var asked = servers.sendToMasters(Request.cmd(Command.CONFIG, "GET", "maxmemory-policy"))
                .recover(e -> RedisFailure.isObjection(e) ? Future.succeededFuture(List.of()) : Future.failedFuture(e));
        List<@Nullable Response> answers;
        try {
            answers = asked.await(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("no answer within " + DEADLINE_MILLIS + " ms");
        }
        return answers.stream()
                .filter(Objects::nonNull)
                .map(settings -> settings.get("maxmemory-policy"))
                .filter(Objects::nonNull)
                .map(Response::toString)
                .filter(policy -> !policy.equals("noeviction"))
                .findFirst()
                .map(policy ->
                        "Redis has maxmemory-policy " + policy + ", which may forget sessions: set it to noeviction");
    }

    /** Sends one command, whose first argument is its key: that names the server. */
    @Nullable
    Response call(Command command, Object... arguments) {
        return await(servers.send(arguments[0].toString(), Request.cmd(command, arguments)));
    }

    /** Runs a script on one key, so that it stays on one node of a cluster. */
    @Nullable
    Response run(Script script, String key, Object... arguments) {
        return await(evaluate(script, key, arguments));
    }

    /**
     * The same for a script that takes something. A server that was frozen may run it long after we gave up: {@code late} gets
     * that answer, on an event loop, to give back what nobody asks for any more.
     */
    @Nullable
    Response take(Consumer<Response> late, Script script, String key, Object... arguments) {
        var answer = evaluate(script, key, arguments);
        try {
            return await(answer);
        } catch (Refused gaveUp) {
            answer.onSuccess(taken -> {
                if (taken != null) {
                    late.accept(taken);
                }
            });
            throw gaveUp;
        }
    }

    /** Runs a script; nobody waits for it. */
    void runLater(Script script, String key, Object... arguments) {
        evaluate(script, key, arguments).onFailure(e -> LOG.warn("nothing was given back: {}", e.toString()));
    }

    /** Sends one command as {@link #call} does; nobody waits for it. */
    void callLater(Command command, Object... arguments) {
        servers.send(arguments[0].toString(), Request.cmd(command, arguments))
                .onFailure(e -> LOG.warn("nothing was given back: {}", e.toString()));
    }

    private Future<@Nullable Response> evaluate(Script script, String key, Object... arguments) {
        return servers.send(key, script.request(Command.EVALSHA, script.sha(), key, arguments))
                .recover(e -> RedisFailure.code(e).equals("NOSCRIPT")
                        ? servers.send(key, script.request(Command.EVAL, script.text(), key, arguments))
                        : Future.failedFuture(e));
    }

    private <T extends @Nullable Object> T await(Future<T> future) {
        try {
            return future.await(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (Throwable e) { // the client's ErrorType is no Exception
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (e instanceof Error bug) {
                throw bug;
            }
            if (e instanceof IllegalStateException bug) {
                throw bug; // called on an event loop
            }
            if (RedisFailure.isObjection(e)) {
                throw new IllegalStateException("Redis refused a command", e);
            }
            servers.doubt();
            LOG.warn("Redis does not answer: {}", e.toString());
            throw new Refused(new Problem.StoreUnavailable());
        }
    }

    @Override
    public void close() {
        servers.close();
    }
}
