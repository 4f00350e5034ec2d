package io.portcullis.proxy;

import io.portcullis.http.Framing;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Framing and body of the client's request, told anew to the backend. */
final class Sending {
    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpClientRequest out;
    private final Runnable progress;
    private final Runnable sent;
    private @Nullable Pump pump;
    private boolean stopped;

    /**
     * @param progress called when some of the body was passed on
     * @param sent called when all of it was: from then on it is the backend that is waited for
     */
    Sending(Vertx vertx, HttpServerRequest request, HttpClientRequest out, Runnable progress, Runnable sent) {
        this.vertx = vertx;
        this.request = request;
        this.out = out;
        this.progress = progress;
        this.sent = sent;
    }

    /**
     * The headers are there, without framing.
     *
     * @param length of the body as {@link Framing} tells it
     */
    void start(long length) {
        if (length == Framing.NONE) {
            out.end();
            return;
        }
        var body = new Pump(request, out, length == Framing.CHUNKED ? Pump.UNKNOWN : length, progress);
        pump = body;
        if (length == Framing.CHUNKED) {
            out.setChunked(true);
        } else {
            out.headers().set(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
        if (request.version() != HttpVersion.HTTP_1_0) { // which knows no interim answers (RFC 9110, section 15.2)
            out.continueHandler(go -> request.response().writeContinue());
        }
        body.start(last -> {
            sent.run();
            if (last == null) {
                out.end();
            } else {
                out.end(last);
            }
        });
        // When the first bytes are not there yet: the backend may answer, or say 100, to the head alone.
        vertx.runOnContext(later -> {
            if (!stopped && !body.begun()) {
                out.sendHead();
            }
        });
    }

    void startUpgrade() {
        out.headers().set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE).set(HttpHeaders.UPGRADE, "websocket");
        out.connect();
    }

    /** Whether it is the client that is waited for. */
    boolean waitsForClient() {
        return pump != null && !request.isEnded() && !out.writeQueueFull();
    }

    void stop() {
        stopped = true;
        if (pump != null) {
            pump.stop();
        }
    }

    /** Not {@code reset()}: on HTTP/1 that gives a connection back to the pool whose request was cut short after its answer. */
    void closeConnection() {
        out.connection().close();
    }
}
