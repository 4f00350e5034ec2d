package io.portcullis.adapter.redis;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was seen at the last look, and a new look when that is a second old, or is doubted. One look at a time, and not
 * sooner than 100 ms after the last, so that an outage does not become a storm. Who asks waits for the look only in doubt;
 * when it fails, what was seen before is the best there is. For any thread.
 */
final class Sighting<T> {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Supplier<Future<T>> look;

    private @Nullable T seen;
    private boolean doubted;
    private long lookedAt = System.nanoTime() - FRESH_NANOS;
    private @Nullable Future<T> looking;

    Sighting(Supplier<Future<T>> look) {
        this.look = look;
    }

    synchronized void doubt() {
        doubted = true;
    }

    /** What was seen last, without a look. */
    synchronized @Nullable T last() {
        return seen;
    }

    Future<T> now() {
        synchronized (this) {
            var known = seen;
            long age = System.nanoTime() - lookedAt;
            if (looking == null && known != null && age < (doubted ? PAUSE_NANOS : FRESH_NANOS)) {
                return Future.succeededFuture(known);
            }
            if (looking == null) {
                lookedAt = System.nanoTime();
                boolean inDoubt = doubted;
                doubted = false; // a doubt that comes from now on is about what this look sees
                var begun = look.get();
                looking = begun;
                begun.onComplete(done -> ended(begun, inDoubt));
                return known == null || inDoubt ? orBefore(begun, known) : Future.succeededFuture(known);
            }
            return known == null || doubted ? orBefore(looking, known) : Future.succeededFuture(known);
        }
    }

    private synchronized void ended(Future<T> done, boolean inDoubt) {
        looking = null;
        if (done.succeeded()) {
            seen = done.result();
        } else {
            doubted |= inDoubt;
        }
    }

    private static <T> Future<T> orBefore(Future<T> look, @Nullable T before) {
        return before == null ? look : look.otherwise(before);
    }
}
