package io.portcullis.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * What becomes of a request body that nobody wanted. It is read and thrown away up to a bound, so that a client in the
 * middle of sending still gets to read the answer; past the bound the connection is closed, or the stream of HTTP/2.
 */
public final class UnreadBody {
    private static final int DRAINED = 64 * 1024;

    private UnreadBody() {}

    /** Whether the head announces a body; that of HTTP/2 does as {@link Http2Heads} makes it. */
    public static boolean announced(HttpServerRequest request) {
        var length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        return (length != null && !length.equals("0")) || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Call it with the end of the answer; on the request's event loop. */
    public static void end(HttpServerRequest request, Future<Void> answered) {
        if (request.isEnded()) {
            return;
        }
        if (!announced(request)) {
            request.resume();
            return;
        }
        var seen = new int[1];
        request.handler(chunk -> {
            seen[0] += chunk.length();
            if (seen[0] > DRAINED) {
                answered.onComplete(sent -> StreamEnd.cut(request));
            }
        });
        request.exceptionHandler(gone -> StreamEnd.cut(request));
        request.resume();
    }
}
