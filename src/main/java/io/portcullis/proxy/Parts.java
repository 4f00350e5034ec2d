package io.portcullis.proxy;

import io.portcullis.http.ErrorAnswer;
import io.vertx.core.Vertx;

/** What all exchanges of one event loop share. */
record Parts(
        Vertx vertx,
        RequestHeaders requestHeaders,
        AnswerHeaders answerHeaders,
        ErrorAnswer errors,
        UpstreamMetrics metrics) {}
