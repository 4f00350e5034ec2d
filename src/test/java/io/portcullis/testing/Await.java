package io.portcullis.testing;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for events: asks again and again until they came. The one place that sleeps while it waits. */
public final class Await {
    /** So generous that only an event that never comes reaches it. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /** Returns how long it took; fails with {@code what} when it does not come. */
    public static Duration until(String what, Callable<Boolean> came) throws Exception {
        long begun = System.nanoTime();
        while (!came.call()) {
            if (System.nanoTime() - begun > DEADLINE.toNanos()) {
                throw new AssertionError("waited in vain until " + what);
            }
            Thread.sleep(PAUSE); // between two looks, for what happens in another process and tells nobody
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
