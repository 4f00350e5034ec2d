package io.portcullis.adapter.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Waits for something that tells nobody when it happens: a server's first answer, the end of a process that is not our child. */
final class Poll {
    private static final long EVERY_MILLIS = 20;

    interface Condition {
        boolean holds() throws IOException;
    }

    private Poll() {}

    /** Whether the condition came to hold in that time. */
    static boolean until(Duration atMost, Condition condition) throws IOException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(EVERY_MILLIS); // between two looks, as there is no event to wait for
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the embedded stores were starting");
            }
        }
        return true;
    }
}
