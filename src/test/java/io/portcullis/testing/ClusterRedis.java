package io.portcullis.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster of three masters, each with a replica, that gives a server up after two seconds. */
public final class ClusterRedis implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;

    private final List<RedisProcess> servers;

    private ClusterRedis(List<RedisProcess> servers) {
        this.servers = servers;
    }

    public static ClusterRedis start() throws Exception {
        var servers = Stream.generate(() -> RedisProcess.server("cluster-enabled yes", "cluster-node-timeout 2000"))
                .limit(2 * MASTERS)
                .toList();
        for (int i = 0; i < MASTERS; i++) {
            var command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            IntStream.range(i * SLOTS / MASTERS, (i + 1) * SLOTS / MASTERS)
                    .mapToObj(Integer::toString)
                    .forEach(command::add);
            servers.get(i).command(command.toArray(String[]::new));
            servers.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (var server : servers) {
            server.command(
                    "CLUSTER",
                    "MEET",
                    "127.0.0.1",
                    Integer.toString(servers.getFirst().port()));
        }
        awaitAll(servers, "CLUSTER INFO", "cluster_known_nodes:" + servers.size());
        for (int i = 0; i < MASTERS; i++) {
            var master = servers.get(i).command("CLUSTER", "MYID");
            var replica = servers.get(MASTERS + i);
            Await.until(
                    "the replica knows its master",
                    () -> replica.command("CLUSTER", "NODES").contains(master));
            replica.command("CLUSTER", "REPLICATE", master);
        }
        awaitAll(servers, "CLUSTER INFO", "cluster_state:ok");
        awaitAll(servers.subList(MASTERS, 2 * MASTERS), "INFO replication", "master_link_status:up");
        return new ClusterRedis(servers);
    }

    private static void awaitAll(List<RedisProcess> servers, String command, String said) throws Exception {
        Await.until(
                "each says " + said,
                () -> servers.stream()
                        .allMatch(one -> one.command(command.split(" ", -1)).contains(said)));
    }

    /** The value of {@code redis} in a config file. */
    public String config() {
        var urls = servers.subList(0, 2).stream()
                .map(one -> "\"" + one.url() + "\"")
                .collect(Collectors.joining(", "));
        return "{ mode: cluster, url: [" + urls + "] }";
    }

    /** Waits until the cluster sees that a server is gone, and serves nobody until a replica has taken over. */
    public void awaitDown() throws Exception {
        Await.until(
                "the cluster is down",
                () -> servers.stream()
                        .filter(RedisProcess::isRunning)
                        .anyMatch(one -> one.command("CLUSTER", "INFO").contains("cluster_state:fail")));
    }

    /** Who has the slot of a key. */
    public RedisProcess masterOf(String key) {
        int slot = Integer.parseInt(servers.getFirst().command("CLUSTER", "KEYSLOT", key));
        return servers.get(IntStream.range(0, MASTERS)
                .filter(i -> slot < (i + 1) * SLOTS / MASTERS)
                .findFirst()
                .orElseThrow());
    }

    @Override
    public void close() {
        servers.forEach(RedisProcess::close);
    }
}
