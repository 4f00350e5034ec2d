package io.portcullis.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A master with two replicas, watched by three sentinels that give one up after a second. */
public final class SentinelRedis implements AutoCloseable {
    private static final String NAME = "portcullis";

    private final List<RedisProcess> servers;
    private final List<RedisProcess> sentinels;

    private SentinelRedis(List<RedisProcess> servers, List<RedisProcess> sentinels) {
        this.servers = servers;
        this.sentinels = sentinels;
    }

    public static SentinelRedis start() throws Exception {
        var master = RedisProcess.server();
        var replicaOf = "replicaof 127.0.0.1 " + master.port();
        var servers = List.of(master, RedisProcess.server(replicaOf), RedisProcess.server(replicaOf));
        var sentinels = Stream.generate(() -> RedisProcess.sentinel(
                        "sentinel monitor " + NAME + " 127.0.0.1 " + master.port() + " 2",
                        "sentinel auth-pass " + NAME + " \"" + RedisProcess.PASSWORD + "\"",
                        "sentinel down-after-milliseconds " + NAME + " 1000",
                        "sentinel failover-timeout " + NAME + " 5000"))
                .limit(3)
                .toList();
        var redis = new SentinelRedis(servers, sentinels);
        Await.until(
                "the sentinels know each other and the replicas",
                () -> sentinels.stream()
                        .map(sentinel -> sentinel.command("SENTINEL", "MASTER", NAME))
                        .allMatch(known ->
                                known.contains("num-slaves\n2\n") && known.contains("num-other-sentinels\n2\n")));
        redis.awaitReplicas();
        return redis;
    }

    /** Waits until two servers follow the master. */
    public void awaitReplicas() throws Exception {
        Await.until(
                "two replicas follow",
                () -> master().command("INFO", "replication").contains("connected_slaves:2")
                        && replicas().stream()
                                .allMatch(one ->
                                        one.command("INFO", "replication").contains("master_link_status:up")));
    }

    /** What the master does meanwhile dies with it: no replica hears of it. */
    public void killMasterAfter(Drill.Step meanwhile) throws Exception {
        var master = master();
        var replicas = replicas();
        replicas.forEach(RedisProcess::freeze);
        try {
            master.command("CLIENT", "KILL", "TYPE", "replica"); // a frozen one would find in its socket what was sent
            meanwhile.run();
            master.kill();
        } finally {
            replicas.forEach(RedisProcess::thaw);
        }
    }

    /** The value of {@code redis} in a config file. */
    public String config() {
        var urls = sentinels.stream().map(one -> "\"" + one.url() + "\"").collect(Collectors.joining(", "));
        return "{ mode: sentinel, master: " + NAME + ", password: \"" + RedisProcess.PASSWORD + "\", url: [" + urls
                + "] }";
    }

    /** Who is the master by the first sentinel. */
    public RedisProcess master() {
        var address = sentinels.getFirst().command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME);
        return servers.stream()
                .filter(one -> address.equals("127.0.0.1\n" + one.port()))
                .findFirst()
                .orElseThrow();
    }

    public List<RedisProcess> replicas() {
        var master = master();
        return servers.stream().filter(one -> one != master).toList();
    }

    @Override
    public void close() {
        Stream.concat(sentinels.stream(), servers.stream()).forEach(RedisProcess::close);
    }
}
