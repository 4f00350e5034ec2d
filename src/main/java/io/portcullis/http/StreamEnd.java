package io.portcullis.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** How one request ends before its time: with its connection in HTTP/1, and in HTTP/2 with its stream alone, as others share the connection. */
public final class StreamEnd {
    private static final long NO_ERROR = 0; // RFC 9113, section 7
    private static final long INTERNAL_ERROR = 2;

    private StreamEnd() {}

    /** Whether the request has a connection for itself. */
    public static boolean isOfConnection(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2;
    }

    /** Tells a client that has half an answer, or none, that no more comes. */
    public static void abort(HttpServerRequest request) {
        request.response().reset(INTERNAL_ERROR);
    }

    /** After a whole answer the rest of the request is not wanted (RFC 9113, section 8.1); half an answer must never look like a whole one. */
    public static void cut(HttpServerRequest request) {
        if (isOfConnection(request)) {
            request.connection().close();
        } else {
            request.response().reset(request.response().ended() ? NO_ERROR : INTERNAL_ERROR);
        }
    }
}
