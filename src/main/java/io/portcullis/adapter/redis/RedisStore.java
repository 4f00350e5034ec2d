package io.portcullis.adapter.redis;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of connections, awaited on the caller's virtual thread. A call has half a second; what does not answer in
 * time, or not at all, is {@code StoreUnavailable}. What Redis objects to otherwise is a bug and thrown.
 */
public final class RedisStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);
    private static final long DEADLINE_MILLIS = 500;
    private static final Pattern URL = Pattern.compile(
            "rediss?://(([^/@%]|%[0-9a-fA-F]{2})*@)?([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+])(:\\d{1,5})?(/\\d{1,5})?/?");

    /** The errors of a server that cannot serve now, where the same request works later. */
    private static final List<String> OUTAGES = List.of(
            "LOADING",
            "BUSY",
            "READONLY",
            "OOM",
            "MISCONF",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "NOREPLICAS",
            "NOAUTH",
            "WRONGPASS",
            "ERR max number of clients");

    private final Redis redis;

    private RedisStore(Redis redis) {
        this.redis = redis;
    }

    /**
     * Connects when first used.
     *
     * @param url {@code redis://user:password@host:port/db}, or {@code rediss} for TLS; user, password, port and db may
     *     be left out; user and password percent-encoded
     * @throws IllegalArgumentException when it is not of this form; the message repeats no part of it
     */
    public static RedisStore open(Vertx vertx, String url) {
        return new RedisStore(Redis.createClient(
                vertx, options(url).setMaxPoolSize(32).setMaxPoolWaiting(256).setPoolRecycleTimeout(20_000)));
    }

    static RedisOptions options(String url) {
        if (!URL.matcher(url).matches()) {
            throw new IllegalArgumentException("the Redis URL is not of the form redis://user:password@host:port/db,"
                    + " user and password percent-encoded");
        }
        var transport = new NetClientOptions()
                .setConnectTimeout((int) DEADLINE_MILLIS)
                .setTcpKeepAlive(true)
                .setHostnameVerificationAlgorithm("HTTPS")
                // A server that vanished without a word: its connections close, instead of failing for ever. The pool
                // itself drops those unused for 20 s, so that none is closed at the moment it is taken.
                .setIdleTimeout(30)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return new RedisOptions().setConnectionString(url).setNetClientOptions(transport);
    }

    /** For readiness: throws {@link Refused} with {@code StoreUnavailable} unless the server answers. */
    public void ping() {
        call(Command.PING);
    }

    /**
     * What a person should know of the server's configuration: one that may evict keys forgets sessions and attempts.
     * A server that tells nobody its configuration gets no warning.
     */
    public Optional<String> warning() {
        var answer = await(redis.send(Request.cmd(Command.CONFIG, "GET", "maxmemory-policy"))
                .recover(e ->
                        e instanceof ErrorType && !isOutage(e) ? Future.succeededFuture() : Future.failedFuture(e)));
        return Optional.ofNullable(answer)
                .map(settings -> settings.get("maxmemory-policy"))
                .map(Response::toString)
                .filter(policy -> !policy.equals("noeviction"))
                .map(policy ->
                        "Redis has maxmemory-policy " + policy + ", which may forget sessions: set it to noeviction");
    }

    /** Sends one command. */
    @Nullable
    Response call(Command command, Object... arguments) {
        return await(redis.send(Request.cmd(command, arguments)));
    }

    /** Runs a script on one key, so that it stays on one node of a cluster. */
    @Nullable
    Response run(Script script, String key, Object... arguments) {
        return await(redis.send(script.request(Command.EVALSHA, script.sha(), key, arguments))
                .recover(e -> e instanceof ErrorType error && error.is("NOSCRIPT")
                        ? redis.send(script.request(Command.EVAL, script.text(), key, arguments))
                        : Future.failedFuture(e)));
    }

    private static <T extends @Nullable Object> T await(Future<T> future) {
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
            if (e instanceof ErrorType && !isOutage(e)) {
                throw new IllegalStateException("Redis refused a command", e);
            }
            LOG.warn("Redis does not answer: {}", e.toString());
            throw new Refused(new Problem.StoreUnavailable());
        }
    }

    private static boolean isOutage(Throwable e) {
        return e instanceof ErrorType error && OUTAGES.stream().anyMatch(error::is);
    }

    @Override
    public void close() {
        redis.close();
    }
}
