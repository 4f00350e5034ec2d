package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.Person;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody who is refused again and again costs the stores next to nothing, and passes with the first request after the code. */
@ExtendWith(TestGateways.class)
class RefusalFloodIT {
    private static final int ROUNDS = 6;

    @Test
    void whoIsVerifiedElsewherePassesAtOnce(TestGateway gateway) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var alice = gateway.again(gateway.loggedIn().enrolled());
            var elsewhere = alice.at(gateway.secondPort());
            flooding(elsewhere, "2FA_REQUIRED", () -> {
                assertThat(alice.verify(alice.app().nextCode()).status()).isEqualTo(200);
                assertThat(elsewhere.get("/admin/metrics").status()).isEqualTo(200);
                assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
            });
        }
    }

    @Test
    void whoEnrolsElsewherePassesAtOnce(TestGateway gateway) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var alice = gateway.loggedIn();
            var elsewhere = alice.at(gateway.secondPort());
            flooding(elsewhere, "2FA_MANDATORY", () -> {
                alice.enrolled();
                assertThat(elsewhere.get("/admin/metrics").status()).isEqualTo(200);
                assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
            });
        }
    }

    @Test
    void aFloodOfRefusalsAsksTheStoresAboutOnceASecond(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        long before = Stores.redisCalls("hmget");
        var took = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        }
        long seconds = (System.nanoTime() - took) / 1_000_000_000 + 1;
        assertThat(Stores.redisCalls("hmget") - before).isLessThanOrEqualTo(4 * seconds + 4);
    }

    private static void flooding(Person person, String code, Runnable meanwhile) throws Exception {
        var over = new AtomicBoolean();
        var refusals = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> {
                    while (!over.get()) {
                        if (person.get("/admin/metrics").code().equals(code)) {
                            refusals.incrementAndGet();
                        }
                    }
                });
            }
            try {
                Await.until("refusals are remembered", () -> refusals.get() > 50);
                meanwhile.run();
            } finally {
                over.set(true);
            }
        }
    }
}
