package io.portcullis.adapter.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.ZModem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The masters of a cluster by their slots, as the first of a few servers tells that are asked at once. */
final class ClusterTopology implements Topology {
    private static final long ASK_MILLIS = 250;
    private static final int ASKED = 3;

    private final List<RedisNode> seeds;
    private final Function<RedisNode, Redis> servers;
    private final Sighting<Slots> sighting = new Sighting<>(this::look);

    ClusterTopology(List<RedisNode> seeds, Function<RedisNode, Redis> servers) {
        this.seeds = List.copyOf(seeds);
        this.servers = servers;
    }

    @Override
    public Future<RedisNode> whereIs(String key) {
        return sighting.now().compose(slots -> slots.of(ZModem.generate(key)));
    }

    @Override
    public Future<Set<RedisNode>> masters() {
        return sighting.now().map(Slots::masters);
    }

    @Override
    public void doubt() {
        sighting.doubt();
    }

    private Future<Slots> look() {
        var known = new LinkedHashSet<>(seeds);
        var last = sighting.last();
        if (last != null) {
            known.addAll(last.masters());
        }
        var nodes = new ArrayList<>(known);
        Collections.shuffle(nodes);
        var asked = nodes.stream().limit(ASKED).map(this::ask).toList();
        return Future.any(asked)
                .map(any -> asked.stream()
                        .filter(Future::succeeded)
                        .findFirst()
                        .orElseThrow()
                        .result());
    }

    private Future<Slots> ask(RedisNode node) {
        return servers.apply(node)
                .send(Request.cmd(Command.CLUSTER, "SLOTS"))
                .timeout(ASK_MILLIS, TimeUnit.MILLISECONDS)
                .map(answer -> Slots.read(answer, node));
    }

    /** The master of each range, by its first slot. */
    private record Slots(NavigableMap<Integer, Range> ranges) {
        record Range(int last, RedisNode master) {}

        /** A server that does not know its own address is the one that was asked. */
        static Slots read(@Nullable Response answer, RedisNode asked) {
            if (answer == null || answer.size() == 0) {
                throw new IllegalStateException(asked + " knows no slots");
            }
            var ranges = new TreeMap<Integer, Range>();
            for (var range : answer) {
                var master = range.get(2);
                var host = master.get(0) == null ? "" : master.get(0).toString();
                var server = new RedisNode(host.isEmpty() ? asked.host() : host, number(master, 1));
                ranges.put(number(range, 0), new Range(number(range, 1), server));
            }
            return new Slots(ranges);
        }

        private static int number(Response list, int index) {
            return Integer.parseInt(list.get(index).toString());
        }

        Future<RedisNode> of(int slot) {
            Map.Entry<Integer, Range> range = ranges.floorEntry(slot);
            return range == null || range.getValue().last() < slot
                    ? Future.failedFuture("nobody has the slot " + slot)
                    : Future.succeededFuture(range.getValue().master());
        }

        Set<RedisNode> masters() {
            return ranges.values().stream().map(Range::master).collect(Collectors.toUnmodifiableSet());
        }
    }
}
