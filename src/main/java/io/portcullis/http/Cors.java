package io.portcullis.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/** Cross-origin reading of our own answers, for exactly the origins that the config names. On event loops. */
public final class Cors {
    private static final String PREFLIGHT_SECONDS = "600";
    private static final String EXPOSED = "X-Request-Id, X-Portcullis, Retry-After, RateLimit, RateLimit-Policy,"
            + " WWW-Authenticate, X-2FA-Would-Refuse, X-2FA-Mandatory-From";

    private final Set<String> allowedOrigins;

    public Cors(Set<String> allowedOrigins) {
        this.allowedOrigins = Set.copyOf(allowedOrigins);
    }

    public boolean allows(String requestOrigin) {
        return allowedOrigins.contains(requestOrigin);
    }

    /** Puts the headers on an answer of ours when the request's origin may read it. */
    public void permit(HttpServerRequest request, MultiMap answer) {
        if (allowedOrigins.isEmpty()) {
            return;
        }
        answer.add(HttpHeaders.VARY, "Origin");
        var requestOrigin = request.getHeader(HttpHeaders.ORIGIN);
        if (requestOrigin != null && allows(requestOrigin)) {
            answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, requestOrigin)
                    .set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                    .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    /** Whether this is a preflight from an allowed origin, which is answered here and never gated or forwarded. Every other OPTIONS is an ordinary request. */
    public boolean isPreflight(HttpServerRequest request) {
        return isPreflight(request.method(), request);
    }

    /** The same for a request whose method was this one before somebody passed it on. */
    public boolean isPreflight(HttpMethod method, HttpServerRequest request) {
        if (!method.equals(HttpMethod.OPTIONS)) {
            return false;
        }
        var requestOrigin = request.getHeader(HttpHeaders.ORIGIN);
        return requestOrigin != null
                && allows(requestOrigin)
                && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }

    /** Answers 204. The requested method and headers are granted: what they may do is decided by the request that follows. */
    public void answerPreflight(HttpServerRequest request, RequestOrigin origin) {
        var answer = request.response().setStatusCode(204);
        OwnHeaders.put(answer.headers(), origin);
        permit(request, answer.headers());
        answer.putHeader(
                HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD));
        var headers = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (headers != null) {
            answer.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        }
        answer.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
        UnreadBody.end(request, answer::end);
    }
}
