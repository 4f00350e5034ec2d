package io.portcullis.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The connections of the public listener of a process, from the moment they are accepted: how many there are, and how long they may take. */
public final class Connections {
    private static final int LOOKS = 4;
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final HttpServerOptions options;
    private final ListenerLimits limits;
    private final Duration idle;
    private final Admission admission;
    private final LongAdder unreadable = new LongAdder();

    /**
     * @param options that the listener is opened with; on one Vert.x no other has this host and this port
     * @param longestUpstreamTimeout a connection that waits for an answer is idle too, so it may be so for longer than any backend may take
     */
    public Connections(ListenerSettings settings, HttpServerOptions options, Duration longestUpstreamTimeout) {
        this.options = options;
        limits = settings.limits();
        idle = idle(limits, longestUpstreamTimeout);
        admission = new Admission(settings);
    }

    static Duration idle(ListenerLimits limits, Duration longestUpstreamTimeout) {
        var waiting = longestUpstreamTimeout.plus(MARGIN);
        return waiting.compareTo(limits.idle()) > 0 ? waiting : limits.idle();
    }

    /** What they are accepted by; for the Vert.x that opens the listener. */
    public io.vertx.core.transport.Transport transport() {
        var accepting = new NioTransport() {
            @Override
            public void configure(NetServerOptions server, boolean domainSocket, ServerBootstrap bootstrap) {
                super.configure(server, domainSocket, bootstrap);
                if (server.getPort() == options.getPort() && server.getHost().equals(options.getHost())) {
                    bootstrap.handler(admission);
                }
            }
        };
        return new Accepting(accepting);
    }

    private record Accepting(Transport implementation) implements io.vertx.core.transport.Transport {
        @Override
        public String name() {
            return "nio";
        }

        @Override
        public boolean available() {
            return true;
        }

        @Override
        public @Nullable Throwable unavailabilityCause() {
            return null;
        }
    }

    /** For the server of the event loop that calls this. */
    public Handler<HttpConnection> onLoop(Vertx vertx) {
        var clocks = new HeadClocks(limits.headTime(), admission::noteLate);
        vertx.setPeriodic(Math.max(1, limits.headTime().toMillis() / LOOKS), look -> clocks.look());
        var idleClocks = new IdleClocks(LOOKS);
        vertx.setPeriodic(idle.toMillis() / LOOKS, look -> idleClocks.look());
        return connection -> arrived((HttpServerConnection) connection, clocks, idleClocks);
    }

    /** It is ready for requests, and read none yet. */
    private static void arrived(HttpServerConnection connection, HeadClocks clocks, IdleClocks idleClocks) {
        var context = connection.channelHandlerContext();
        var pipeline = context.pipeline();
        pipeline.addFirst("idleClock", idleClocks.clock(context.channel()));
        if (pipeline.get(Arrival.class) != null) {
            pipeline.remove(Arrival.class);
        }
        if (context.handler() instanceof Http2ConnectionHandler http2) {
            var clock = new HeadClock(clocks, context, true);
            pipeline.addBefore(context.name(), "headClock", clock);
            pipeline.addBefore(context.name(), "unreadAnswers", new UnreadAnswers(clock));
            var decoder = http2.decoder();
            decoder.frameListener(new Http2Steps(new Http2Heads(decoder.frameListener()), clock));
        } else {
            var clock = new HeadClock.OfHttp1(clocks, context, connection.isSsl());
            pipeline.addAfter("httpDecoder", "headClock", clock);
            pipeline.addAfter("headClock", "unreadAnswers", new UnreadAnswers(clock));
        }
    }

    /** No new one from now on: the listener is about to close. */
    public void leaving() {
        admission.refuseAll();
    }

    /** How many are open. */
    public int open() {
        return admission.open();
    }

    /** How many were closed as they came, because there were too many. */
    public long refused() {
        return admission.refused();
    }

    /** One more is to be closed because what its client sends cannot be read. */
    public void noteUnreadable() {
        unreadable.increment();
    }

    /** How many of those there were. */
    public long unreadable() {
        return unreadable.sum();
    }

    /** How many were closed because their clients took too long to say what they want. */
    public long late() {
        return admission.late();
    }
}
