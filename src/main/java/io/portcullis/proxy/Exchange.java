package io.portcullis.proxy;

import io.portcullis.domain.error.Problem;
import io.portcullis.http.Passage;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way to the backend and its answer on the way back. It ends once: answered, failed, or left by the client. On one event loop. */
final class Exchange {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private final Parts parts;
    private final Upstream upstream;
    private final HttpServerRequest request;
    private final String target;
    private final Forwarding forwarding;
    private final long length;
    private final boolean upgrade;
    private final Stall stall;
    private final UpstreamMetrics.Meters meters;
    private final Passage passage;
    private @Nullable Sending sending;
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
        passage = forwarding.origin().passage();
        meters = parts.metrics().of(forwarding.upstream());
        stall = new Stall(parts.vertx(), upstream.settings().timeout(), this::stalled);
    }

    void start() {
        meters.begins(passage);
        request.response().closeHandler(closed -> abandon());
        request.exceptionHandler(broken -> abandon());
        if (length == RequestBody.NONE) {
            request.resume(); // so that its end is seen, and the connection is kept
        }
        if (upgrade) {
            tunnel = new Tunnel(forwarding.tunnelWatch(), parts.vertx().getOrCreateContext(), this::abandon);
            tunnel.begin();
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
        var started = new Sending(parts.vertx(), request, out, stall::moved);
        sending = started;
        stall.moved();
        out.response().onComplete(this::answered, this::failed);
        try {
            out.setMethod(request.method()).setURI(target);
            parts.requestHeaders()
                    .copy(request.headers(), forwarding, upstream.host(forwarding.origin()), out.headers());
            meters.sends(passage, out.headers());
            if (upgrade) {
                started.startUpgrade();
            } else {
                started.start(length);
            }
        } catch (RuntimeException bug) {
            broken(bug);
        }
    }

    private void answered(HttpClientResponse in) {
        if (over) {
            return;
        }
        stall.moved();
        meters.answered(passage, in.statusCode());
        in.exceptionHandler(this::failed);
        try {
            if (tunnel != null && in.statusCode() == 101 && WebSocketHandshake.isAcceptedBy(in, request)) {
                switchProtocols(in, tunnel);
            } else if (in.statusCode() < 200) {
                failed(new IllegalStateException("an interim answer in place of the final one"));
            } else {
                copyHead(in);
                answer = new Answer(parts.vertx(), request, in, stall::moved);
                answer.start(this::finished);
            }
        } catch (RuntimeException bug) {
            request.response().headers().clear();
            broken(bug);
        }
    }

    private void copyHead(HttpClientResponse in) {
        parts.answerHeaders().copy(in.headers(), forwarding, request.response().headers());
    }

    private void switchProtocols(HttpClientResponse in, Tunnel tunnel) {
        var backend = in.netSocket();
        backend.pause();
        copyHead(in);
        request.response()
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                .putHeader(HttpHeaders.UPGRADE, "websocket");
        request.toNetSocket()
                .onComplete(
                        client -> {
                            client.pause();
                            if (over) {
                                client.close();
                                return;
                            }
                            over = true; // from here on the tunnel answers for both connections
                            stall.stop();
                            meters.ends();
                            passage.over();
                            tunnel.join(client, backend);
                        },
                        failure -> abandon());
    }

    /** The answer is on its way to the client, whole. */
    private void finished() {
        if (end() && sending != null && (upgrade || !request.isEnded())) {
            sending.closeConnection(); // no other request may follow on one that holds half of this one
        }
    }

    private void stalled() {
        if (answer != null || (sending != null && sending.waitsForClient())) {
            abandon();
        } else {
            fail(new Problem.UpstreamTimeout());
        }
    }

    /** The client is gone, or stands still, or has half an answer: it gets no other. */
    private void abandon() {
        if (end()) {
            if (sending != null) {
                sending.closeConnection();
            }
            request.response().reset();
        }
    }

    private void broken(RuntimeException bug) {
        log.error("request {} could not be forwarded", forwarding.origin().requestId(), bug);
        fail(new Problem.Unexpected());
    }

    private void failed(Throwable failure) {
        if (!over) {
            log.warn(
                    "upstream {} failed, request {}: {}",
                    upstream.settings().name(),
                    forwarding.origin().requestId(),
                    failure.toString());
        }
        fail(Upstream.problem(failure));
    }

    private void fail(Problem problem) {
        if (answer != null) {
            if (!over) {
                meters.broke(passage);
            }
            abandon(); // the client must not take what it has for the whole
        } else if (end()) {
            if (sending != null) {
                sending.closeConnection();
            }
            meters.failed(passage, problem);
            parts.errors().send(request, forwarding.origin(), problem);
        }
    }

    /** True once: for the one who ends it. */
    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        stall.stop();
        meters.ends();
        if (sending != null) {
            sending.stop();
        }
        if (answer != null) {
            answer.stop();
        }
        if (tunnel != null) {
            tunnel.forget();
        }
        return true;
    }
}
