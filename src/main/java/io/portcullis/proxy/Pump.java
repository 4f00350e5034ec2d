package io.portcullis.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/** Copies one stream to another and reads no faster than the other takes. Holds one write queue of bytes at most. On the event loop of both. */
final class Pump {
    static final long UNKNOWN = -1;

    private final ReadStream<Buffer> from;
    private final WriteStream<Buffer> to;
    private final Runnable progress;
    private long left;
    private boolean begun;
    private boolean stopped;

    /** What is done at the end. */
    interface End {
        /**
         * Called once.
         *
         * @param last bytes that are not copied yet; null where there are none
         */
        void reached(@Nullable Buffer last);
    }

    /**
     * @param length in bytes of all that will come, or {@link #UNKNOWN}. Where it is known, the last bytes and the end are one write: that
     *     of a short answer is its only one
     * @param progress told of every step forward
     */
    Pump(ReadStream<Buffer> from, WriteStream<Buffer> to, long length, Runnable progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
        left = length;
    }

    void start(End end) {
        from.handler(bytes -> copy(bytes, end));
        from.endHandler(over -> {
            if (!stopped) {
                begun = true;
                end.reached(null);
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

    private void copy(Buffer bytes, End end) {
        if (stopped) {
            return;
        }
        begun = true;
        progress.run();
        if (stopped) { // by what the progress led to
            return;
        }
        left -= bytes.length();
        if (left == 0) {
            stopped = true;
            end.reached(bytes);
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
