package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.Drill;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.SentinelRedis;
import io.portcullis.testing.ThreeGateways;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three instances under load while Sentinel makes another server the master. */
class SentinelFailOverIT {
    private static OwnDatabase database;
    private static SentinelRedis redis;
    private static ThreeGateways gateways;

    @BeforeAll
    static void start() throws Exception {
        database = OwnDatabase.empty();
        redis = SentinelRedis.start();
        gateways = ThreeGateways.on(database.url(), redis.config());
    }

    @AfterAll
    static void stop() {
        gateways.close();
        redis.close();
        database.close();
    }

    /** The revocation reaches no replica: the new master has the session as it was, and PostgreSQL knows better. */
    @Test
    void aMasterThatTakesRevocationsWithItAndOneThatFreezes() throws Exception {
        var alice = gateways.loggedIn().enrolled();
        var bob = gateways.loggedIn().enrolled();
        for (int port : gateways.ports()) {
            assertThat(alice.at(port).get("/admin/metrics").status()).isEqualTo(200);
            assertThat(bob.at(port).get("/admin/metrics").status()).isEqualTo(200);
        }
        var master = redis.master();
        new Drill(gateways)
                .run(
                        "Sentinel, master killed",
                        () -> redis.killMasterAfter(() -> {
                            assertThat(alice.logout().status()).isEqualTo(204);
                            assertThat(bob.disable(bob.app().code(1)).status()).isEqualTo(200);
                        }),
                        () -> {});
        assertThat(redis.master()).isNotSameAs(master);
        for (int port : gateways.ports()) {
            assertThat(alice.at(port).get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
            assertThat(bob.at(port).get("/admin/metrics").status()).isNotEqualTo(200);
        }

        master.restart();
        redis.awaitReplicas();
        var second = redis.master();
        new Drill(gateways)
                .run(
                        "Sentinel, master frozen",
                        second::freeze,
                        () -> Await.until("there is another master", () -> redis.master() != second));
        second.thaw();
    }
}
