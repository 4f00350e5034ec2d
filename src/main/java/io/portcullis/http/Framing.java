package io.portcullis.http;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * How the body of a request is framed (RFC 9112, section 6); that of HTTP/2 is told in the same headers by {@code listener.Http2Heads}. What two servers could frame differently is
 * refused: behind it hides a second request.
 */
public final class Framing {
    /** In place of a length: there is no body. */
    public static final long NONE = -1;

    /** In place of a length: it ends with its last chunk. */
    public static final long CHUNKED = -2;

    private Framing() {}

    /**
     * The length in bytes, or {@link #NONE} or {@link #CHUNKED}.
     *
     * @throws Refused {@code INVALID_REQUEST}
     */
    public static long length(HttpServerRequest request) {
        var encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        var lengths = request.headers().getAll(HttpHeaders.CONTENT_LENGTH);
        if (!encodings.isEmpty()) {
            boolean plain = encodings.size() == 1
                    && encodings.getFirst().equalsIgnoreCase("chunked")
                    && lengths.isEmpty()
                    && request.version() != HttpVersion.HTTP_1_0;
            if (!plain) {
                throw refused("Transfer-Encoding", "is chunked alone, and not beside Content-Length");
            }
            return CHUNKED;
        }
        if (lengths.isEmpty()) {
            return NONE;
        }
        var length = lengths.getFirst();
        if (lengths.size() > 1 || !isNumber(length)) {
            throw refused("Content-Length", "is one number");
        }
        return Long.parseLong(length);
    }

    /** Whether there is no such length: where the next request begins, nobody knows then. */
    static boolean isUnclear(HttpServerRequest request) {
        try {
            length(request);
            return false;
        } catch (Refused unclear) {
            return true;
        }
    }

    /** Whether a backend may see the request twice: it only reads (RFC 9110, section 9.2.1), and no body of it is gone. */
    public static boolean isRepeatable(HttpMethod method, long length) {
        return length == NONE && (isReading(method) || method.equals(HttpMethod.OPTIONS));
    }

    private static boolean isReading(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /** Digits alone, fewer than a long may have: Java would take a sign as well. */
    private static boolean isNumber(String length) {
        return !length.isEmpty() && length.length() <= 18 && length.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Refused refused(String field, String message) {
        return new Refused(Problem.InvalidRequest.field(field, message));
    }
}
