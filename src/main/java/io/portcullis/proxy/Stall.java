package io.portcullis.proxy;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Watches that something moves. One timer an exchange, which looks at the last step when it fires: a step costs no timer. */
final class Stall {
    private final Vertx vertx;
    private final long timeout;
    private final Runnable stalled;
    private long last = System.nanoTime();
    private long timer;

    Stall(Vertx vertx, Duration timeout, Runnable stalled) {
        this.vertx = vertx;
        this.timeout = timeout.toNanos();
        this.stalled = stalled;
        arm(this.timeout);
    }

    void moved() {
        last = System.nanoTime();
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void arm(long nanos) {
        timer = vertx.setTimer(Math.max(1, Duration.ofNanos(nanos).toMillis()), fired -> look());
    }

    private void look() {
        long left = timeout - (System.nanoTime() - last);
        if (left > 0) {
            arm(left);
        } else {
            stalled.run();
        }
    }
}
