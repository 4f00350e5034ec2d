package io.portcullis.scenario;

import io.portcullis.testing.ClusterRedis;
import io.portcullis.testing.Drill;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.ThreeGateways;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three instances under load while a cluster loses the master that carries the invalidations. */
class ClusterFailOverIT {
    private static OwnDatabase database;
    private static ClusterRedis redis;
    private static ThreeGateways gateways;

    @BeforeAll
    static void start() throws Exception {
        database = OwnDatabase.empty();
        redis = ClusterRedis.start();
        gateways = ThreeGateways.on(database.url(), redis.config());
    }

    @AfterAll
    static void stop() {
        gateways.close();
        redis.close();
        database.close();
    }

    @Test
    void aMasterIsKilled() throws Exception {
        var master = redis.masterOf("portcullis:invalidations");
        new Drill(gateways)
                .run(
                        "Cluster, a master killed",
                        () -> {
                            master.kill();
                            redis.awaitDown();
                        },
                        () -> {});
    }
}
