package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.Drill;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.RedisProcess;
import io.portcullis.testing.ThreeGateways;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three instances under load on one Redis that stops, freezes, comes back empty, or is full. */
class RedisFaultsIT {
    private static OwnDatabase database;
    private static RedisProcess redis;
    private static ThreeGateways gateways;

    @BeforeAll
    static void start() {
        database = OwnDatabase.empty();
        redis = RedisProcess.server("appendonly yes", "appendfsync always");
        gateways = ThreeGateways.on(database.url(), "{ url: \"" + redis.url() + "\" }");
    }

    @AfterAll
    static void stop() {
        gateways.close();
        redis.close();
        database.close();
    }

    @Test
    void killedAndStarted() throws Exception {
        new Drill(gateways).run("Redis killed, started with its data", redis::kill, redis::restart);
    }

    @Test
    void frozen() throws Exception {
        new Drill(gateways).run("Redis frozen", redis::freeze, redis::thaw);
    }

    @Test
    void startedEmpty() throws Exception {
        new Drill(gateways).thatForgets().run("Redis killed, started empty", redis::kill, () -> {
            redis.forget();
            redis.restart();
        });
    }

    /** Reading and ending go on: who has passed is let in, who logs out is out; what must be written is refused. */
    @Test
    void full() throws Exception {
        var alice = gateways.loggedIn().enrolled();
        var laptop = gateways.again(alice);
        var code = alice.app().nextCode();
        redis.command("CONFIG", "SET", "maxmemory", "1");
        try {
            assertThat(laptop.get("/admin/metrics").code()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(laptop.verify(code).code()).isEqualTo("STORE_UNAVAILABLE");
            for (int port : gateways.ports()) {
                assertThat(alice.at(port).get("/admin/metrics").status()).isEqualTo(200);
            }
            assertThat(alice.logout().status()).isEqualTo(204);
            for (int port : gateways.ports()) {
                Await.until(
                        "the logout is known",
                        () -> alice.at(port).get("/admin/metrics").code().equals("AUTH_REQUIRED"));
            }
        } finally {
            redis.command("CONFIG", "SET", "maxmemory", "0");
        }
        assertThat(laptop.verify(code).status()).isEqualTo(200);
        assertThat(laptop.get("/admin/metrics").status()).isEqualTo(200);
    }
}
