package io.portcullis.proxy;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The exchanges with one upstream that are under way on one event loop. One timer for all asks each whether it moved since it was asked last. */
final class Stalls {
    /** So an exchange that stands still ends at most a sixteenth of its time late. */
    private static final int LOOKS = 16;

    private final Vertx vertx;
    private final long pause;
    private final long bytesOfALook;
    private final List<Stall> moving = new ArrayList<>();
    private boolean runs;

    /**
     * @param timeout how long nothing may move
     * @param bodyRate bytes a second at which a request's body moves at least; 0 for any
     */
    Stalls(Vertx vertx, Duration timeout, int bodyRate) {
        this.vertx = vertx;
        pause = Math.max(1, timeout.toMillis() / LOOKS);
        bytesOfALook = Math.ceilDiv(bodyRate * pause, 1000L);
    }

    /** What a request's body has to bring between two looks. */
    long bytesOfALook() {
        return bytesOfALook;
    }

    void add(Stall stall) {
        stall.place = moving.size();
        moving.add(stall);
        if (!runs) {
            runs = true;
            vertx.setTimer(pause, this::look);
        }
    }

    void remove(Stall stall) {
        var last = moving.removeLast();
        if (last != stall) {
            moving.set(stall.place, last);
            last.place = stall.place;
        }
    }

    private void look(long timer) {
        // From the end: one that has ended gives its place to the last.
        for (int i = moving.size() - 1; i >= 0; i--) {
            if (i < moving.size()) {
                moving.get(i).look(LOOKS);
            }
        }
        runs = !moving.isEmpty();
        if (runs) {
            vertx.setTimer(pause, this::look);
        }
    }
}
