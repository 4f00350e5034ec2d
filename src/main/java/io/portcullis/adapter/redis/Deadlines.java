package io.portcullis.adapter.redis;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeoutException;

/**
 * Ends questions that are not answered in time, all of which have the same time. One timer looks at the oldest, so that a question costs none of its
 * own. On one event loop.
 */
final class Deadlines {
    /** So a question ends at most a tenth of its time late. */
    private static final int LOOKS = 10;

    private final Vertx vertx;
    private final Duration time;
    private final Runnable late;
    private final Queue<Deadline> running = new ArrayDeque<>();
    private boolean looks;

    /** @param late told once of all that end at a time, after them */
    Deadlines(Vertx vertx, Duration time, Runnable late) {
        this.vertx = vertx;
        this.time = time;
        this.late = late;
    }

    /** Fails the promise with {@link TimeoutException} unless it is met before. */
    Deadline set(Promise<?> promise) {
        var deadline = new Deadline(promise, System.nanoTime());
        running.add(deadline);
        if (!looks) {
            looks = true;
            lookLater();
        }
        return deadline;
    }

    private void lookLater() {
        vertx.setTimer(time.toMillis() / LOOKS, timer -> look());
    }

    private void look() {
        long now = System.nanoTime();
        boolean passed = false;
        for (var oldest = running.peek(); oldest != null && oldest.isOver(now); oldest = running.peek()) {
            running.remove();
            passed |= oldest.fail();
        }
        if (passed) {
            late.run();
        }
        looks = !running.isEmpty();
        if (looks) {
            lookLater();
        }
    }

    /** Of one question. */
    final class Deadline {
        private final Promise<?> promise;
        private final long since;
        private boolean met;

        private Deadline(Promise<?> promise, long since) {
            this.promise = promise;
            this.since = since;
        }

        void met() {
            met = true;
            for (var oldest = running.peek(); oldest != null && oldest.met; oldest = running.peek()) {
                running.remove();
            }
        }

        private boolean isOver(long now) {
            return met || now - since >= time.toNanos();
        }

        private boolean fail() {
            return !met && promise.tryFail(new TimeoutException("no answer within " + time.toMillis() + " ms"));
        }
    }
}
