package io.portcullis.proxy;

import io.portcullis.domain.error.Problem;
import io.portcullis.http.Framing;
import io.portcullis.http.Passage;
import io.portcullis.http.StreamEnd;
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
    private static final long NO_TIMER = -1;

    private final Parts parts;
    private final Upstream upstream;
    private final HttpServerRequest request;
    private final String target;
    private final Forwarding forwarding;
    private final long length;
    private final boolean upgrade;
    private final Stall stall;
    private final long deadline; // the timer of the rule's limit, whoever is slow
    private UpstreamTarget backend;
    private int attempt;
    private final UpstreamMetrics.Meters meters;
    private final Passage passage;
    private @Nullable Sending sending;
    private @Nullable Answer answer;
    private @Nullable Tunnel tunnel;
    private long sent; // bytes of the request's body
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
        backend = upstream.next();
        stall = new Stall(upstream.stalls(), this::stalled);
        var time = forwarding.limits().time();
        deadline = upgrade || time.isEmpty()
                ? NO_TIMER
                : parts.vertx()
                        .setTimer(Math.max(1, time.get().toMillis()), late -> fail(new Problem.UpstreamTimeout()));
    }

    void start() {
        meters.begins(passage);
        request.response().closeHandler(closed -> abandon());
        request.exceptionHandler(broken -> abandon());
        if (length == Framing.NONE) {
            request.resume(); // so that its end is seen, and the connection is kept
        }
        if (upgrade) {
            tunnel = new Tunnel(forwarding.tunnelWatch(), parts.vertx().getOrCreateContext(), this::abandon);
            tunnel.begin();
        }
        ask();
    }

    private void ask() {
        var asked = upgrade ? backend.requestAlone() : backend.request();
        asked.onComplete(this::send, this::notSent);
    }

    private void send(HttpClientRequest out) {
        int number = attempt;
        out.exceptionHandler(failure -> lost(number, failure));
        if (over) {
            out.reset(); // nothing was sent, so the connection goes back to the pool
            return;
        }
        var started = new Sending(parts.vertx(), request, out, this::sends, stall::moved);
        sending = started;
        stall.moved();
        out.response().onComplete(this::answered, failure -> lost(number, failure));
        try {
            out.setMethod(request.method()).setURI(target);
            parts.requestHeaders()
                    .copy(request.headers(), forwarding, backend.host(forwarding.origin()), out.headers());
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

    private void sends() {
        stall.received(request.bytesRead() - sent);
        sent = request.bytesRead();
        // A length was judged before; of chunks nobody knows how many come.
        if (!over && length == Framing.CHUNKED && forwarding.limits().isTooLarge(sent)) {
            fail(forwarding.limits().bodyTooLarge().problem());
        }
    }

    private void notSent(Throwable failure) {
        if (!over) {
            upstream.afterNothingSent(backend, attempt, failure)
                    .ifPresentOrElse(other -> again(other, failure), () -> failed(failure));
        }
    }

    /** It was sent, and no head of an answer came; {@code number} is that of its attempt. */
    private void lost(int number, Throwable failure) {
        if (over || number != attempt) {
            return;
        }
        if (answer != null || !UpstreamFailure.isClosed(failure)) {
            failed(failure);
            return;
        }
        if (sending == null || !sending.waitsForClient()) { // else it may have lost its patience with the client
            backend.health().failed(System.nanoTime());
        }
        boolean repeatable = !upgrade && Framing.isRepeatable(request.method(), length);
        upstream.afterClosed(backend, attempt, repeatable)
                .ifPresentOrElse(next -> again(next, failure), () -> failed(failure));
    }

    private void again(UpstreamTarget next, Throwable failure) {
        log.info(
                "upstream {}: {} failed, request {} is sent once more, to {}: {}",
                upstream.settings().name(),
                backend.health().target(),
                forwarding.origin().requestId(),
                next.health().target(),
                UpstreamFailure.told(upstream.settings().name(), failure));
        attempt++;
        backend = next;
        sending = null;
        ask();
    }

    private void answered(HttpClientResponse in) {
        if (over) {
            return;
        }
        stall.moved();
        backend.health().answered();
        meters.answered(passage, in.statusCode());
        in.exceptionHandler(this::failed);
        try {
            if (tunnel != null && in.statusCode() == 101 && WebSocketHandshake.isAcceptedBy(in, request)) {
                switchProtocols(in, tunnel);
            } else if (in.statusCode() < 200) {
                failed(new IllegalStateException("an interim answer in place of the final one"));
            } else {
                copyHead(in);
                answer = new Answer(parts.vertx(), request, in, parts.answerHeaders(), stall::moved);
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
            if (sending != null) {
                backend.health().failed(System.nanoTime());
            }
            fail(new Problem.UpstreamTimeout());
        }
    }

    /** The client is gone, or stands still, or has half an answer: it gets no other. */
    private void abandon() {
        if (end()) {
            if (sending != null) {
                sending.closeConnection();
            }
            StreamEnd.abort(request);
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
                    UpstreamFailure.told(upstream.settings().name(), failure));
        }
        fail(UpstreamFailure.problem(failure));
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
        if (deadline != NO_TIMER) {
            parts.vertx().cancelTimer(deadline);
        }
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
