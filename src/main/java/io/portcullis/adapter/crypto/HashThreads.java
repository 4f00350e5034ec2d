package io.portcullis.adapter.crypto;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Threads for hashes that are slow on purpose. No more are computed at a time than there are threads; the others wait in their
 * order. They have the lowest priority and are nobody else's: a virtual thread that computed for tens of milliseconds would hold
 * up all others on its carrier, and requests wait for no login. With {@code -XX:ThreadPriorityPolicy=1} the operating system
 * knows of the priority, too. For any thread; unused threads end by themselves.
 */
public final class HashThreads {
    private static final long IDLE_SECONDS = 10;

    private final ExecutorService threads;

    /** {@code most}: how many hashes are computed at a time. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // nothing relies on it: without it requests are slower beside logins, that is all
    public HashThreads(int most) {
        var pool = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .name("hash-", 0)
                        .daemon()
                        .priority(Thread.MIN_PRIORITY)
                        .factory());
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    /** Waits for the result; throws what the computation throws. Not to be called on an event loop. */
    public <T> T compute(Supplier<T> computation) {
        try {
            return CompletableFuture.supplyAsync(computation, threads).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
