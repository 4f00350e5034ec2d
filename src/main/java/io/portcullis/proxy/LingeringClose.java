package io.portcullis.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Closes a connection whose request was answered before its body was read. Closed at once, the unread bytes would make the kernel send a reset, and a
 * client that is still writing would see that in place of its answer; so some of them are read and dropped first.
 */
final class LingeringClose {
    private static final long MILLISECONDS = 2_000;
    private static final long BYTES = 1024 * 1024;

    private LingeringClose() {}

    /** To be called when the answer is on its way. */
    static void close(Vertx vertx, HttpServerRequest request) {
        if (request.isEnded()) {
            request.connection().close();
            return;
        }
        long timer = vertx.setTimer(MILLISECONDS, late -> request.connection().close());
        request.connection().closeHandler(closed -> vertx.cancelTimer(timer));
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
