package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Await;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No store, no answer: what is not known is refused, nothing is consumed, and all is well again without a restart. */
@ExtendWith(TestGateways.class)
class StoreOutageIT {
    @Test
    void redisIsStopped(TestGateway gateway) throws Exception {
        redisIsOut(gateway, Stores::stopRedis, Stores::startRedis);
    }

    @Test
    void redisIsFrozen(TestGateway gateway) throws Exception {
        redisIsOut(gateway, Stores::freezeRedis, Stores::thawRedis);
    }

    private static void redisIsOut(TestGateway gateway, Runnable out, Runnable back) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        var code = alice.app().nextCode();
        out.run();
        try {
            // The lease lasts 750 ms; after it, not one more request gets through.
            Await.until(
                    "a verified session is refused",
                    () -> alice.get("/admin/metrics").code().equals("STORE_UNAVAILABLE"));
            var refused = alice.get("/admin/metrics");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.error("action")).isEqualTo("RETRY");
            assertThat(gateway.loggedIn().get("/admin/slow?ms=1").code()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(alice.verify(code).code()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(gateway.nobody().get("/").status()).isEqualTo(200);
            assertThat(health(gateway)).isEqualTo(503);
        } finally {
            back.run();
        }
        Await.until("the gateway is ready again", () -> health(gateway) == 200);
        // Nothing was consumed: the very code that was refused is right.
        assertThat(alice.verify(code).status()).isEqualTo(200);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void postgresIsStopped(@OwnRealm TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn(LegacyAccounts.ALICE).enrolled();
        var laptop = alice.holding(gateway.token(1, "superAdmin", Duration.ofHours(1)));
        var tempToken = gateway.login(LegacyAccounts.ALICE).string("/mfaTempToken");
        var wrong = alice.app().wrongCode();
        assertThat(laptop.verify(wrong).error("remainingAttempts")).isEqualTo(4);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        Stores.stopPostgres();
        try {
            for (int i = 0; i < 6; i++) {
                assertThat(laptop.verify(wrong).code()).isEqualTo("STORE_UNAVAILABLE");
                assertThat(gateway.nobody().verifyLogin(tempToken, wrong).code())
                        .isEqualTo("STORE_UNAVAILABLE");
            }
            assertThat(laptop.get("/admin/metrics").code()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(gateway.login(LegacyAccounts.ALICE).code()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(gateway.nobody().get("/").status()).isEqualTo(200);
            // Who was let in a moment ago is remembered for some seconds, and not longer.
            Await.until(
                    "a verified session is refused",
                    () -> alice.get("/admin/metrics").code().equals("STORE_UNAVAILABLE"));
        } finally {
            Stores.startPostgres();
        }
        Await.until("the gateway is ready again", () -> health(gateway) == 200);
        assertThat(laptop.verify(wrong).error("remainingAttempts")).isEqualTo(3);
        assertThat(gateway.nobody()
                        .verifyLogin(tempToken, alice.app().nextCode())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void redisForgetsEverything(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        var code = alice.app().nextCode();
        assertThat(alice.verify(code).status()).isEqualTo(200);
        var gone = gateway.again(alice);
        gone.verify(alice.app().nextCode());
        assertThat(gone.logout().status()).isEqualTo(204);
        var locked = gateway.loggedIn().enrolled();
        for (int i = 0; i < 5; i++) {
            locked.verify(locked.app().wrongCode());
        }

        Stores.flushRedis();

        Await.until(
                "nobody is two-factor", () -> alice.get("/admin/metrics").code().equals("2FA_REQUIRED"));
        assertThat(alice.at(gateway.secondPort()).verify(alice.app().code(-1)).code())
                .isEqualTo("CODE_ALREADY_USED");
        assertThat(gone.get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(gone.at(gateway.secondPort()).verify(alice.app().nextCode()).code())
                .isEqualTo("AUTH_REQUIRED");
        assertThat(locked.verify(locked.app().nextCode()).code()).isEqualTo("ACCOUNT_LOCKED");
        assertThat(alice.verify(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    private static int health(TestGateway gateway) {
        return gateway.nobody()
                .at(gateway.managementPort())
                .get("/health/ready")
                .status();
    }
}
