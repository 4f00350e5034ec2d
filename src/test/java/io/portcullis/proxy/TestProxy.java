package io.portcullis.proxy;

import io.portcullis.http.CookieSettings;
import io.portcullis.http.ErrorAnswer;
import io.portcullis.http.ErrorPage;
import io.portcullis.http.RequestOrigin;
import io.portcullis.listener.Connections;
import io.portcullis.listener.ListenerLimits;
import io.portcullis.listener.ListenerOptions;
import io.portcullis.listener.TlsSettings;
import io.portcullis.testing.LocalListener;
import io.portcullis.testing.TlsPair;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A listener that lets everything through to one backend. */
final class TestProxy implements AutoCloseable {
    static final Forwarding FORWARDING = new Forwarding(
            "legacy",
            new RequestOrigin("req-1", "192.0.2.7", "https", "admin.example.com"),
            List.of(Map.entry("X-Auth-Subject", "42"), Map.entry("X-Auth-Level", "two-factor")),
            Set.of(),
            false,
            Map.of(),
            false,
            ExchangeLimits.NONE,
            Optional.empty());

    private static final ErrorPage NO_PAGE = (request, origin, problem) -> {
        throw new AssertionError("no browser goes to a page here");
    };

    /** A port at which nobody listens. */
    static final int NOBODY = 1;

    /** The WebSockets that are open, or about to be. */
    final Set<TunnelWatch.Watched> tunnels = ConcurrentHashMap.newKeySet();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpServer server;

    /** Its checks are started by the test. */
    final Upstreams upstreams;

    TestProxy(int backend) {
        this(backend, Duration.ofSeconds(10), FORWARDING);
    }

    TestProxy(int backend, Duration timeout, Forwarding forwarding) {
        this(upstream(List.of(new UpstreamSettings.Target("127.0.0.1", backend, 1)), timeout), forwarding);
    }

    /** With HTTP/2, as it is over TLS. */
    static TestProxy overTls(int backend) {
        var upstream = upstream(List.of(new UpstreamSettings.Target("127.0.0.1", backend, 1)), Duration.ofSeconds(10));
        return new TestProxy(upstream, FORWARDING, Optional.of(TlsPair.shared().settings()));
    }

    /** Plain HTTP, the rest by default. */
    static UpstreamSettings upstream(List<UpstreamSettings.Target> targets, Duration timeout) {
        return new UpstreamSettings(
                "legacy",
                targets,
                Optional.empty(),
                timeout,
                500,
                Duration.ofSeconds(2),
                8,
                true,
                1,
                HealthSettings.DEFAULTS);
    }

    TestProxy(UpstreamSettings upstream, Forwarding forwarding) {
        this(upstream, forwarding, Optional.empty());
    }

    private TestProxy(UpstreamSettings upstream, Forwarding forwarding, Optional<TlsSettings> tls) {
        var timeout = upstream.timeout();
        upstreams = new Upstreams(vertx, List.of(upstream));
        var settings = LocalListener.settings(ListenerLimits.DEFAULTS, tls);
        var options = ListenerOptions.of(settings);
        var started = vertx.createHttpServer(options)
                .connectionHandler(new Connections(settings, options, timeout).onLoop(vertx));
        var forwarder = new Forwarder[1];
        server = started.requestHandler(request -> {
                    request.pause();
                    if (forwarder[0] == null) { // made on its event loop, as each loop of the gateway makes its own
                        forwarder[0] = new Forwarder(
                                vertx,
                                upstreams,
                                CookieSettings.DEFAULTS,
                                List.of("X-Secret"),
                                new ErrorAnswer(new io.portcullis.http.Cors(java.util.Set.of()), NO_PAGE),
                                new UpstreamMetrics(new io.micrometer.core.instrument.simple.SimpleMeterRegistry()));
                    }
                    forwarder[0].forward(request, request.uri(), watched(forwarding));
                })
                .listen()
                .await();
    }

    private Forwarding watched(Forwarding forwarding) {
        var watch = new TunnelWatch() {
            @Override
            public void begins(Watched tunnel) {
                tunnels.add(tunnel);
            }

            @Override
            public void ended(Watched tunnel) {
                tunnels.remove(tunnel);
            }
        };
        return new Forwarding(
                forwarding.upstream(),
                forwarding.origin(),
                forwarding.identityHeaders(),
                forwarding.droppedCookies(),
                forwarding.dropAuthorization(),
                forwarding.answerHeaders(),
                forwarding.privateAnswer(),
                forwarding.limits(),
                Optional.of(watch));
    }

    int port() {
        return server.actualPort();
    }

    /** Closes all connections. Nobody waits for that: a pool that is closed while it connects may never say that it is closed. */
    void stop() {
        vertx.close();
    }

    @Override
    public void close() {
        stop();
    }
}
