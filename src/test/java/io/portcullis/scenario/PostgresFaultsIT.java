package io.portcullis.scenario;

import io.portcullis.testing.Drill;
import io.portcullis.testing.OwnPostgres;
import io.portcullis.testing.RedisProcess;
import io.portcullis.testing.ThreeGateways;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three instances under load on one PostgreSQL that stops, or freezes. */
class PostgresFaultsIT {
    private static OwnPostgres postgres;
    private static RedisProcess redis;
    private static ThreeGateways gateways;

    @BeforeAll
    static void start() {
        postgres = OwnPostgres.start();
        redis = RedisProcess.server();
        gateways = ThreeGateways.on(postgres.url(), "{ url: \"" + redis.url() + "\" }");
    }

    @AfterAll
    static void stop() {
        gateways.close();
        redis.close();
        postgres.close();
    }

    @Test
    void stoppedAndStarted() throws Exception {
        new Drill(gateways).run("PostgreSQL stopped and started", postgres::stop, postgres::restart);
    }

    @Test
    void frozen() throws Exception {
        new Drill(gateways).run("PostgreSQL frozen", postgres::freeze, postgres::thaw);
    }
}
