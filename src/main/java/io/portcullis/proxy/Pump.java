package io.portcullis.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/** Copies one stream to another and reads no faster than the other takes. Holds one write queue of bytes at most. On the event loop of both. */
final class Pump {
    private final ReadStream<Buffer> from;
    private final WriteStream<Buffer> to;
    private final Runnable progress;
    private boolean begun;
    private boolean stopped;

    /** @param progress told of every step forward */
    Pump(ReadStream<Buffer> from, WriteStream<Buffer> to, Runnable progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    void start(Runnable ended) {
        from.handler(this::copy);
        from.endHandler(end -> {
            if (!stopped) {
                begun = true;
                ended.run();
            }
        });
        from.resume();
    }

    /** From now on it copies nothing, and the end is not told. */
    void stop() {
        stopped = true;
    }

    /** Whether anything was copied yet, if only the end. */
    boolean begun() {
        return begun;
    }

    private void copy(Buffer bytes) {
        if (stopped) {
            return;
        }
        begun = true;
        progress.run();
        if (stopped) { // by what the progress led to
            return;
        }
        to.write(bytes);
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(drained -> {
                progress.run();
                from.resume();
            });
        }
    }
}
