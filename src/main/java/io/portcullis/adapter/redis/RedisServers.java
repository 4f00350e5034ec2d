package io.portcullis.adapter.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that are Redis together: a pool of connections to each, and who has which key now. Connects when first used.
 * For any thread.
 */
final class RedisServers implements AutoCloseable {
    static final int CONNECT_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(RedisServers.class);

    private final Vertx vertx;
    private final UnaryOperator<RedisOptions> pool;
    private final Optional<String> ca;
    private final RedisUrl access;
    private final Topology topology;
    private final List<Redis> sentinels;
    private final Map<RedisNode, Redis> clients = new ConcurrentHashMap<>();

    /** {@code pool} sets the size of each pool. */
    RedisServers(Vertx vertx, RedisSettings settings, UnaryOperator<RedisOptions> pool) {
        this.vertx = vertx;
        this.pool = pool;
        this.ca = settings.ca();
        switch (settings) {
            case RedisSettings.Standalone one -> {
                access = one.url();
                sentinels = List.of();
                topology = new Topology.OneServer(one.url().node());
            }
            case RedisSettings.Sentinel watched -> {
                var first = watched.sentinels().getFirst();
                access = RedisUrl.of(first.tls(), watched.user(), watched.password(), first.node());
                sentinels = watched.sentinels().stream().map(this::open).toList();
                topology = new SentinelTopology(sentinels, watched.master(), this::client);
            }
            case RedisSettings.Cluster cluster -> {
                access = cluster.seeds().getFirst();
                sentinels = List.of();
                topology = new ClusterTopology(
                        cluster.seeds().stream().map(RedisUrl::node).toList(), this::client);
            }
        }
    }

    private Redis client(RedisNode node) {
        return clients.computeIfAbsent(node, one -> open(access.at(one)));
    }

    private Redis open(RedisUrl url) {
        return Redis.createClient(vertx, pool.apply(options(url)));
    }

    RedisOptions options(RedisNode node) {
        return options(access.at(node));
    }

    private RedisOptions options(RedisUrl url) {
        var transport = new NetClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setTcpKeepAlive(true)
                .setHostnameVerificationAlgorithm("HTTPS")
                // A server that vanished without a word: its connections close however much is written to
                // them. The pool drops those unused for 20 s, so none is closed at the moment it is taken.
                .setReadIdleTimeout(30)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        if (url.tls()) {
            transport.setSsl(true);
            ca.ifPresent(pem -> transport.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        }
        return new RedisOptions().setConnectionString(url.text()).setNetClientOptions(transport);
    }

    /** Who has the key. */
    Future<RedisNode> whereIs(String key) {
        return topology.whereIs(key);
    }

    /** A connection to this server that is the caller's alone. */
    Future<RedisConnection> connect(RedisNode node) {
        return client(node).connect();
    }

    /** Closes all connections to this server; the next question makes a new one. */
    void hangUp(RedisNode node) {
        var client = clients.remove(node);
        if (client != null) {
            close(client);
        }
    }

    /** A server did not answer in time. */
    void doubt() {
        topology.doubt();
    }

    /** Sends to who has the key; once more, to another, when the first one says that it was the wrong one and did nothing. */
    Future<@Nullable Response> send(String key, Request request) {
        return topology.whereIs(key)
                .compose(node -> client(node).send(request))
                .recover(failure -> afresh(key, request, failure));
    }

    private Future<@Nullable Response> afresh(String key, Request request, Throwable failure) {
        return switch (RedisFailure.code(failure)) {
            case "MOVED" -> {
                topology.doubt();
                yield client(RedisFailure.target(failure)).send(request);
            }
            case "ASK" ->
                client(RedisFailure.target(failure))
                        .batch(List.of(Request.cmd(Command.ASKING), request))
                        .map(List::getLast);
            case "READONLY" -> {
                topology.doubt();
                yield topology.whereIs(key).compose(node -> client(node).send(request));
            }
            default -> {
                if (!RedisFailure.isObjection(failure)) {
                    topology.doubt();
                }
                yield Future.failedFuture(failure);
            }
        };
    }

    /** The answer of each server that takes writes. */
    Future<List<@Nullable Response>> sendToMasters(Request request) {
        return topology.masters()
                .compose(nodes -> Future.<@Nullable Response>all(nodes.stream()
                                .map(node -> client(node).send(request))
                                .toList())
                        .map(all -> all.<@Nullable Response>list()))
                .onFailure(failure -> topology.doubt());
    }

    @Override
    public void close() {
        sentinels.forEach(RedisServers::close);
        clients.values().forEach(RedisServers::close);
    }

    private static void close(Redis client) {
        client.close().onFailure(e -> LOG.debug("a Redis client did not close cleanly: {}", e.toString()));
    }
}
