package io.portcullis.http;

import io.vertx.core.Vertx;
import java.util.Objects;

/** A timer of the event loop that starts it. */
final class LoopTimer {
    private LoopTimer() {}

    /** Gives back what stops it. */
    static Runnable start(long milliseconds, Runnable action) {
        var vertx = Objects.requireNonNull(Vertx.currentContext(), "on an event loop")
                .owner();
        long timer = vertx.setTimer(milliseconds, over -> action.run());
        return () -> vertx.cancelTimer(timer);
    }
}
