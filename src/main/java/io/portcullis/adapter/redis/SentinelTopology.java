package io.portcullis.adapter.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The master that most sentinels name, once it says itself that it is one. All are asked at once: one that is frozen, or
 * cut off with an old master, decides nothing.
 */
final class SentinelTopology implements Topology {
    private static final long ASK_MILLIS = 250;

    private final List<Redis> sentinels;
    private final String master;
    private final Function<RedisNode, Redis> servers;
    private final Sighting<RedisNode> sighting = new Sighting<>(this::look);

    SentinelTopology(List<Redis> sentinels, String master, Function<RedisNode, Redis> servers) {
        this.sentinels = List.copyOf(sentinels);
        this.master = master;
        this.servers = servers;
    }

    @Override
    public Future<RedisNode> whereIs(String key) {
        return sighting.now();
    }

    @Override
    public Future<Set<RedisNode>> masters() {
        return sighting.now().map(Set::of);
    }

    @Override
    public void doubt() {
        sighting.doubt();
    }

    private Future<RedisNode> look() {
        return named().compose(node -> servers.apply(node)
                .send(Request.cmd(Command.ROLE))
                .timeout(ASK_MILLIS, TimeUnit.MILLISECONDS)
                .compose(role -> role != null && role.get(0).toString().equals("master")
                        ? Future.succeededFuture(node)
                        : Future.failedFuture(node + " is not yet the master of " + master)));
    }

    private Future<RedisNode> named() {
        var promise = Promise.<RedisNode>promise();
        var votes = new ConcurrentHashMap<RedisNode, Integer>();
        var open = new AtomicInteger(sentinels.size());
        for (var sentinel : sentinels) {
            ask(sentinel).onComplete(answer -> {
                if (answer.succeeded() && votes.merge(answer.result(), 1, Integer::sum) * 2 > sentinels.size()) {
                    promise.tryComplete(answer.result());
                }
                if (open.decrementAndGet() == 0) {
                    votes.entrySet().stream()
                            .max(Map.Entry.comparingByValue())
                            .ifPresentOrElse(
                                    most -> promise.tryComplete(most.getKey()),
                                    () -> promise.tryFail("no sentinel names the master " + master));
                }
            });
        }
        return promise.future();
    }

    private Future<RedisNode> ask(Redis sentinel) {
        return sentinel.send(Request.cmd(Command.SENTINEL, "get-master-addr-by-name", master))
                .timeout(ASK_MILLIS, TimeUnit.MILLISECONDS)
                .compose(address -> address == null
                        ? Future.failedFuture("a sentinel does not know " + master)
                        : Future.succeededFuture(new RedisNode(
                                address.get(0).toString(),
                                Integer.parseInt(address.get(1).toString()))));
    }
}
