package io.portcullis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One fault of a store under crowd on three instances, with what must hold before, while and after, whatever the fault. */
public final class Drill {
    private static final Logger LOG = LoggerFactory.getLogger(Drill.class);

    private final ThreeGateways gateways;
    private boolean forgets;

    public Drill(ThreeGateways gateways) {
        this.gateways = gateways;
    }

    /** The fault loses what Redis knew: everybody verifies once more after it. */
    public Drill thatForgets() {
        forgets = true;
        return this;
    }

    /** A step that may fail in any way. */
    public interface Step {
        void run() throws Exception;
    }

    /** Breaks a store, waits until it is felt, mends it, and waits until all is well without a restart of a gateway. */
    public void run(String fault, Step breaks, Step mends) throws Exception {
        var alice = gateways.loggedIn().enrolled();
        var laptop = gateways.again(alice);
        var left = gateways.loggedIn().enrolled();
        try (var crowd = Crowd.on(gateways)) {
            crowd.awaitRecovery();
            crowd.logsOut(left);
            var code = alice.app().nextCode();
            var wrong = alice.app().wrongCode();
            crowd.longestGapMillis();
            breaks.run();
            try {
                nothingIsConsumed(laptop, code, wrong);
            } finally {
                mends.run();
            }
            gateways.awaitReady();
            if (forgets) {
                for (var person : crowd.passing()) {
                    Await.until(
                            "a new code is accepted",
                            () -> person.verify(person.app().nextCode()).status() == 200);
                }
                code = alice.app().code();
            }
            crowd.awaitRecovery();
            assertThat(laptop.verify(wrong).error("remainingAttempts")).isEqualTo(4);
            assertThat(laptop.verify(code).status()).isEqualTo(200);
            for (int port : gateways.ports()) {
                assertThat(left.at(port).get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
                assertThat(laptop.at(port).get("/admin/metrics").status()).isEqualTo(200);
            }
            LOG.info(
                    "{}: somebody was let in nowhere for {} ms; answers {}",
                    fault,
                    crowd.longestGapMillis(),
                    crowd.answers());
            assertThat(crowd.breaches()).isEmpty();
            assertThat(crowd.answers()).doesNotContainKey("INTERNAL_ERROR");
        }
    }

    /** At once, so that a fail-over does not end in the middle of it. */
    private void nothingIsConsumed(Person laptop, String code, String wrong) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = gateways.ports().stream()
                    .flatMap(port -> Stream.of(code, wrong)
                            .map(sent -> threads.submit(() -> laptop.at(port).verify(sent))))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get().code()).isEqualTo("STORE_UNAVAILABLE");
            }
        }
    }
}
