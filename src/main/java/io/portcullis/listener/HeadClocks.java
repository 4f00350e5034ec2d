package io.portcullis.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes connections whose clients take too long over a head. Only a head that is cut in two is put down here, and looked at by the one timer of its
 * event loop: one that comes whole costs no look at a clock. On that loop alone.
 */
final class HeadClocks {
    private final long limit;
    private final Runnable late;
    private final List<HeadClock> running = new ArrayList<>();

    /** @param late told of each connection that is closed */
    HeadClocks(Duration limit, Runnable late) {
        this.limit = limit.toNanos();
        this.late = late;
    }

    /** Until it stands still, or its time is over. */
    void run(HeadClock clock) {
        running.add(clock);
    }

    /** To be called again and again, a few times within the limit. */
    void look() {
        long now = System.nanoTime();
        running.removeIf(clock -> clock.leaves(now, limit, late));
    }
}
