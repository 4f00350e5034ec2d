package io.portcullis.proxy;

import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.http.CookieSettings;
import io.portcullis.http.ErrorAnswer;
import io.portcullis.http.Framing;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sends a request that was let through to its backend, and the answer back. Bodies stream both ways with back pressure and are never collected. One
 * for each event loop, made and used on it.
 */
public final class Forwarder {
    private final Map<String, Upstream> upstreams;
    private final Parts parts;

    /**
     * With connections of its own.
     *
     * @param stripHeaders names that no backend gets from a client, under every spelling
     */
    public Forwarder(
            Vertx vertx,
            Upstreams upstreams,
            CookieSettings cookies,
            Collection<String> stripHeaders,
            ErrorAnswer errors,
            UpstreamMetrics metrics) {
        this.upstreams = upstreams.states().stream()
                .collect(Collectors.toUnmodifiableMap(
                        state -> state.settings().name(), state -> new Upstream(vertx, state)));
        parts = new Parts(
                vertx, new RequestHeaders(cookies, stripHeaders), new AnswerHeaders(cookies), errors, metrics);
    }

    /**
     * Answers the request with what the backend says: {@code UPSTREAM_UNAVAILABLE} or {@code UPSTREAM_TIMEOUT} when it says nothing, a broken
     * connection when it stops within its answer, which the client must never take for a whole one.
     *
     * @param request paused, its body unread
     * @param target sent as it is, the very string that was judged
     */
    public void forward(HttpServerRequest request, String target, Forwarding forwarding) {
        try {
            long length = Framing.length(request);
            forwarding.limits().check(request, length);
            new Exchange(parts, upstream(forwarding), request, target, forwarding, length).start();
        } catch (Refused refused) {
            parts.errors().send(request, forwarding.origin(), refused.problem());
        }
    }

    /**
     * For a proxy that sends the request on itself: puts on the headers that it has to set in the place of all of the client's of the same names. One of
     * these names that is not put on, it has to remove.
     */
    public void tell(HttpServerRequest request, Forwarding forwarding, MultiMap to) {
        parts.requestHeaders().tell(request.headers(), forwarding, to);
    }

    /** Sends the request with this body and holds the answer back; fails with {@code UpstreamUnavailable} or {@code UpstreamTimeout}. */
    Future<LegacyAnswer> collect(HttpServerRequest request, String target, Forwarding forwarding, Buffer body) {
        return new CollectedExchange(parts, upstream(forwarding), forwarding).send(request, target, body);
    }

    private Upstream upstream(Forwarding forwarding) {
        var upstream = upstreams.get(forwarding.upstream());
        if (upstream == null) {
            throw new IllegalArgumentException("no upstream is named " + forwarding.upstream());
        }
        return upstream;
    }

    /** Whether the request would open a WebSocket, for which a browser asks no leave of other origins: the gate looks at {@code Origin}. */
    public static boolean opensWebSocket(HttpServerRequest request) {
        return WebSocketHandshake.isAskedBy(request);
    }

    /** Closes its connections, whatever goes on there. On any thread. */
    public void close() {
        upstreams.values().forEach(Upstream::close);
    }
}
