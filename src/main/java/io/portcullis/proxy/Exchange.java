package io.portcullis.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.portcullis.domain.error.Problem;
import io.portcullis.http.ErrorAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way to the backend and its answer on the way back. It ends once: answered, failed, or left by the client. On one event loop. */
final class Exchange {
    /** What all exchanges of an event loop share. */
    record Parts(
            Vertx vertx,
            RequestHeaders requestHeaders,
            AnswerHeaders answerHeaders,
            ErrorAnswer errors,
            Tunnels tunnels) {}

    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private final Parts parts;
    private final Upstream upstream;
    private final HttpServerRequest request;
    private final String target;
    private final Forwarding forwarding;
    private final long length;
    private final boolean upgrade;
    private final Stall stall;
    private @Nullable HttpClientRequest sent;
    private @Nullable Pump upload;
    private @Nullable Answer answer;
    private @Nullable Tunnel tunnel;
    private boolean over;

    Exchange(
            Parts parts,
            Upstream upstream,
            HttpServerRequest request,
            String target,
            Forwarding forwarding,
            long length) {
        this.parts = parts;
        this.upstream = upstream;
        this.request = request;
        this.target = target;
        this.forwarding = forwarding;
        this.length = length;
        upgrade = WebSocketHandshake.isAskedBy(request);
        stall = new Stall(parts.vertx(), upstream.settings().timeout(), this::stalled);
    }

    void start() {
        request.response().closeHandler(closed -> abandon());
        request.exceptionHandler(broken -> abandon());
        if (length == RequestBody.NONE) {
            request.resume(); // so that its end is seen, and the connection is kept
        }
        if (upgrade) {
            tunnel = new Tunnel(
                    parts.tunnels(), forwarding.tunnelKey(), parts.vertx().getOrCreateContext(), this::abandon);
        }
        var asked = upgrade ? upstream.requestAlone() : upstream.request();
        asked.onComplete(this::send, this::failed);
    }

    private void send(HttpClientRequest out) {
        out.exceptionHandler(this::failed);
        if (over) {
            out.reset(); // nothing was sent, so the connection goes back to the pool
            return;
        }
        sent = out;
        stall.moved();
        out.response().onComplete(this::answered, this::failed);
        try {
            out.setMethod(request.method()).setURI(target);
            parts.requestHeaders()
                    .copy(request.headers(), forwarding, upstream.host(forwarding.origin()), out.headers());
            sendHeadAndBody(out);
        } catch (RuntimeException bug) {
            log.error("request {} could not be sent", forwarding.origin().requestId(), bug);
            fail(new Problem.Unexpected());
        }
    }

    private void sendHeadAndBody(HttpClientRequest out) {
        if (upgrade) {
            out.headers().set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE).set(HttpHeaders.UPGRADE, "websocket");
            out.connect();
        } else if (length == RequestBody.NONE) {
            out.end();
        } else {
            if (length == RequestBody.CHUNKED) {
                out.setChunked(true);
            } else {
                out.headers().set(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
            }
            out.continueHandler(go -> request.response().writeContinue());
            upload = new Pump(request, out, stall::moved);
            upload.start(out::end);
            sendHeadAlone(out, upload);
        }
    }

    /** When the first bytes are not there yet: a backend may answer, or say 100, to the head alone. */
    private void sendHeadAlone(HttpClientRequest out, Pump upload) {
        parts.vertx().runOnContext(later -> {
            if (!over && !upload.begun()) {
                out.sendHead();
            }
        });
    }

    private void answered(HttpClientResponse in) {
        if (over) {
            return;
        }
        stall.moved();
        in.exceptionHandler(this::failed);
        if (tunnel != null && in.statusCode() == 101 && WebSocketHandshake.isAcceptedBy(in, request)) {
            switchProtocols(in, tunnel);
        } else if (in.statusCode() < 200) {
            failed(new IllegalStateException("an interim answer in place of the final one"));
        } else {
            parts.answerHeaders()
                    .copy(in.headers(), forwarding, request.response().headers());
            answer = new Answer(parts.vertx(), request, in, stall::moved);
            answer.start(this::finished);
        }
    }

    private void switchProtocols(HttpClientResponse in, Tunnel tunnel) {
        var backend = in.netSocket();
        backend.pause();
        var headers = request.response().headers();
        parts.answerHeaders().copy(in.headers(), forwarding, headers);
        headers.set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE).set(HttpHeaders.UPGRADE, "websocket");
        request.toNetSocket()
                .onComplete(
                        client -> {
                            client.pause();
                            over = true; // from here on the tunnel answers for both connections
                            stall.stop();
                            tunnel.join(client, backend);
                        },
                        failure -> abandon());
    }

    /** The answer is on its way to the client, whole. */
    private void finished() {
        if (end() && (upgrade || !request.isEnded())) {
            close(sent); // no other request may follow on a connection that holds half of this one
        }
    }

    private void stalled() {
        boolean clientStands = upload != null && !request.isEnded() && sent != null && !sent.writeQueueFull();
        if (clientStands || answer != null) {
            abandon();
        } else {
            fail(new Problem.UpstreamTimeout());
        }
    }

    /** The client is gone, or not worth waiting for. */
    private void abandon() {
        if (end()) {
            close(sent);
            request.connection().close();
        }
    }

    private void failed(Throwable failure) {
        if (!over) {
            log.warn(
                    "upstream {} failed, request {}: {}",
                    upstream.settings().name(),
                    forwarding.origin().requestId(),
                    failure.toString());
        }
        boolean late = failure instanceof ConnectTimeoutException || failure instanceof TimeoutException;
        fail(late ? new Problem.UpstreamTimeout() : new Problem.UpstreamUnavailable());
    }

    private void fail(Problem problem) {
        if (!end()) {
            return;
        }
        close(sent);
        if (answer != null) {
            request.response().reset(); // the client must not take what it has for the whole
        } else {
            parts.errors().send(request, forwarding.origin(), problem);
        }
    }

    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        stall.stop();
        if (upload != null) {
            upload.stop();
        }
        if (answer != null) {
            answer.stop();
        }
        if (tunnel != null) {
            tunnel.forget();
        }
        return true;
    }

    /** Not {@code reset()}: on HTTP/1 that gives a connection back to the pool whose request was cut short after its answer. */
    private static void close(@Nullable HttpClientRequest sent) {
        if (sent != null) {
            sent.connection().close();
        }
    }
}
