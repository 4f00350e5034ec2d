package io.portcullis.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Supplier;

/**
 * What becomes of a request body that nobody wanted. It is read and thrown away up to a bound, so that a client in the
 * middle of sending still gets to read the answer; past the bound the connection is closed, or the stream of HTTP/2.
 */
public final class UnreadBody {
    private static final int DRAINED = 64 * 1024;

    private UnreadBody() {}

    /** Whether the head announces a body; that of HTTP/2 does as {@code listener.Http2Heads} makes it. */
    public static boolean announced(HttpServerRequest request) {
        var length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        return (length != null && !length.equals("0")) || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Whether the client may wait for a 100 before it sends its body (RFC 9110, section 10.1.1). */
    static boolean waits(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_1_0
                && announced(request)
                && request.headers().contains(HttpHeaders.EXPECT, "100-continue", true);
    }

    /**
     * Answers, and takes care of the body. Call it on the request's event loop.
     *
     * @param answer sends the whole answer
     */
    public static void end(HttpServerRequest request, Supplier<Future<Void>> answer) {
        boolean unclear = StreamEnd.isOfConnection(request) && isUnclear(request);
        if (unclear) {
            LastAnswer.announce(request);
        }
        var answered = answer.get();
        if (unclear) {
            answered.onComplete(sent -> LastAnswer.close(request));
        } else if (!request.isEnded() && announced(request)) {
            drain(request, answered);
        } else if (!request.isEnded()) {
            request.resume();
        }
    }

    /** Whether what comes next could be the body or another request: a client that waits for a 100 may leave its body out now, or send it all the same. */
    private static boolean isUnclear(HttpServerRequest request) {
        return announced(request) && (Framing.isUnclear(request) || (!request.isEnded() && waits(request)));
    }

    private static void drain(HttpServerRequest request, Future<Void> answered) {
        var clock = LoopTimer.start(WholeBody.MILLISECONDS, () -> answered.onComplete(sent -> StreamEnd.cut(request)));
        var seen = new int[1];
        request.handler(chunk -> {
            seen[0] += chunk.length();
            if (seen[0] > DRAINED) {
                answered.onComplete(sent -> StreamEnd.cut(request));
            }
        });
        request.endHandler(end -> clock.run());
        request.exceptionHandler(gone -> {
            clock.run();
            StreamEnd.cut(request);
        });
        request.resume();
    }
}
