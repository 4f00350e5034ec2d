package io.portcullis.http;

import io.vertx.core.http.HttpServerRequest;

/**
 * Closes a connection whose request was answered before its body was read. Closed at once, the unread bytes would make the kernel send a reset, and a
 * client that is still writing would see that in place of its answer; so some of them are read and dropped first.
 */
public final class LingeringClose {
    static final long MILLISECONDS = 2_000;
    private static final long BYTES = 1024 * 1024;

    private LingeringClose() {}

    /** To be called when the answer is on its way; on the event loop of the request. */
    public static void close(HttpServerRequest request) {
        if (request.isEnded()) {
            request.connection().close();
            return;
        }
        var clock = LoopTimer.start(MILLISECONDS, () -> request.connection().close());
        request.connection().closeHandler(closed -> clock.run());
        long start = request.bytesRead();
        request.handler(dropped -> {
            if (request.bytesRead() - start > BYTES) {
                request.connection().close();
            }
        });
        request.endHandler(end -> request.connection().close());
        request.resume();
    }
}
