package io.portcullis.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The one way from an event loop to the blocking domain: a virtual thread for each call, and back to the event loop with what came of it. */
public final class ControlPlane implements AutoCloseable {
    private final Vertx vertx;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("control-", 0).factory());

    public ControlPlane(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Call it on an event loop; the future completes on the same one. It fails with whatever {@code work} throws. */
    @SuppressWarnings("FutureReturnValueIgnored") // what comes of the task is in the promise
    public <T> Future<T> run(Supplier<T> work) {
        var context = vertx.getOrCreateContext();
        var promise = Promise.<T>promise();
        threads.submit(() -> {
            try {
                var result = work.get();
                context.runOnContext(back -> promise.complete(result));
            } catch (Throwable failure) {
                context.runOnContext(back -> promise.fail(failure));
            }
        });
        return promise.future();
    }

    /** Waits for the calls under way. */
    @Override
    public void close() {
        threads.close();
    }
}
