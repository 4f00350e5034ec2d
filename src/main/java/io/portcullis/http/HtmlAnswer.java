package io.portcullis.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * A page of our own, with the headers that keep it ours: no code but our own file, no other site's content, no frame around it.
 *
 * @param contentSecurityPolicy CSP level 3
 * @param sendsForms whether it has forms that are sent to us; the address of one without is told to nobody
 */
public record HtmlAnswer(int status, Buffer html, String contentSecurityPolicy, boolean sendsForms) {
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");

    /** Writes it as the whole answer; what is not read of the request is drained. On the request's event loop. */
    public void write(HttpServerRequest request, RequestOrigin origin) {
        var answer = request.response().setStatusCode(status);
        OwnHeaders.put(answer.headers(), origin);
        protect(request, contentSecurityPolicy);
        if (!sendsForms) {
            answer.headers().set(REFERRER_POLICY, "no-referrer");
        }
        answer.putHeader(HttpHeaders.CONTENT_TYPE, HTML);
        answer.headers().add(HttpHeaders.VARY, "Accept-Language, Cookie, Sec-Fetch-Mode, Accept");
        if (request.method().equals(HttpMethod.HEAD)) {
            answer.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(html.length()));
            UnreadBody.end(request, answer::end);
        } else {
            UnreadBody.end(request, () -> answer.end(html));
        }
    }

    /** The headers that any file of the pages has too. */
    public static void protect(HttpServerRequest request, String contentSecurityPolicy) {
        request.response()
                .headers()
                .set("Content-Security-Policy", contentSecurityPolicy)
                .set("X-Frame-Options", "DENY")
                .set("X-Content-Type-Options", "nosniff")
                // Not no-referrer: then the browser names no origin when it sends a form of ours.
                .set(REFERRER_POLICY, "same-origin")
                .set("Cross-Origin-Opener-Policy", "same-origin")
                .set("Cross-Origin-Resource-Policy", "same-origin");
    }
}
