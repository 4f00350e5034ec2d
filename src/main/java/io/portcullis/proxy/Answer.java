package io.portcullis.proxy;

import io.portcullis.http.LastAnswer;
import io.portcullis.http.StreamEnd;
import io.portcullis.http.UnreadBody;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Status, framing and body of the backend's answer, told anew to the client. */
final class Answer {
    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final HttpClientResponse in;
    private final AnswerHeaders headers;
    private final @Nullable String length;
    private final Pump pump;
    private boolean closing;
    private boolean chunked;

    Answer(Vertx vertx, HttpServerRequest request, HttpClientResponse in, AnswerHeaders headers, Runnable progress) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.in = in;
        this.headers = headers;
        length = in.getHeader(HttpHeaders.CONTENT_LENGTH);
        pump = new Pump(in, response, lengthOfBody(), progress);
    }

    /** The headers are there, without framing. */
    void start(Runnable finished) {
        response.setStatusCode(in.statusCode());
        // Vert.x knows a 304 by its usual reason alone, and gives any other one a length.
        if (in.statusCode() != 304 && !in.statusMessage().equals(response.getStatusMessage())) {
            response.setStatusMessage(in.statusMessage());
        }
        boolean bodiless = isBodiless();
        boolean framed = frame(bodiless);
        pump.start(last -> {
            finished.run();
            if (chunked && !in.trailers().isEmpty()) {
                headers.copyTrailers(in.trailers(), response.trailers());
            }
            var ended = last == null ? response.end() : response.end(last);
            if (closing) {
                ended.onComplete(written -> LastAnswer.close(request));
            } else if (!request.isEnded()) {
                UnreadBody.end(request, () -> ended);
            }
        });
        if (!bodiless && framed) {
            // The first bytes mostly come with the head and leave with it; an event stream may send none for a long
            // time.
            vertx.runOnContext(later -> {
                if (!pump.begun() && !response.closed()) {
                    response.writeHead();
                }
            });
        }
    }

    void stop() {
        pump.stop();
    }

    /** The decoder has made sure that it is a number, and that as many bytes come. */
    private long lengthOfBody() {
        return length == null || isBodiless() ? Pump.UNKNOWN : Long.parseLong(length);
    }

    private boolean isBodiless() {
        return request.method().equals(HttpMethod.HEAD) || in.statusCode() == 204 || in.statusCode() == 304;
    }

    /** False where only the end of the connection is the end of the body: HTTP/1.0 knows no chunks. */
    private boolean frame(boolean bodiless) {
        boolean framed = true;
        if (length != null && in.statusCode() != 204) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, length);
        } else if (!bodiless) {
            response.setChunked(true);
            framed = request.version() != HttpVersion.HTTP_1_0;
            chunked = framed;
        }
        closing = StreamEnd.isOfConnection(request) && (!framed || !request.isEnded());
        if (closing) {
            LastAnswer.announce(request);
        }
        return framed;
    }
}
