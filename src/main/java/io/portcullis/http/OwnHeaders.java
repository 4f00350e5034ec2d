package io.portcullis.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** What every answer of the gateway itself carries. */
public final class OwnHeaders {
    public static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
    private static final CharSequence SPEAKER = HttpHeaders.createOptimized("X-Portcullis");
    private static final CharSequence ANSWERED = HttpHeaders.createOptimized("answered");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    private OwnHeaders() {}

    public static void put(MultiMap answer, RequestOrigin origin) {
        answer.set(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .set(REQUEST_ID, origin.requestId())
                .set(SPEAKER, ANSWERED);
    }
}
