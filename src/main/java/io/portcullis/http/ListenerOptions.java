package io.portcullis.http;

import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How the public listener reads HTTP. */
public final class ListenerOptions {
    /** In bytes; longer than any target that is judged. */
    private static final int REQUEST_LINE = 8 * 1024;

    /** In bytes. Measured: a megabyte costs half the CPU time that it does with Vert.x' 8 KiB; small bodies cost the same. */
    private static final int CHUNK = 64 * 1024;

    /** Vert.x gives the servers of all event loops the same free port for it. */
    private static final int SHARED_FREE_PORT = -1;

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private ListenerOptions() {}

    /**
     * For plain HTTP/1.
     *
     * @param longestUpstreamTimeout a connection that waits for an answer is idle too, so it may be so for longer than any backend may take
     */
    public static HttpServerOptions of(HttpSettings settings, Duration longestUpstreamTimeout) {
        var waiting = longestUpstreamTimeout.plus(MARGIN);
        var idle = waiting.compareTo(IDLE) > 0 ? waiting : IDLE;
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? SHARED_FREE_PORT : settings.port())
                .setHttp2ClearTextEnabled(false) // Upgrade: h2c would go around the gate
                .setIdleTimeout(Math.toIntExact(idle.toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxInitialLineLength(REQUEST_LINE)
                .setMaxHeaderSize(settings.headerLimit())
                .setMaxChunkSize(CHUNK)
                .setDecoderInitialBufferSize(1024)
                .setDecompressionSupported(false)
                .setCompressionSupported(false)
                .setHandle100ContinueAutomatically(false) // the backend decides
                .setTcpKeepAlive(true)
                .setStrictThreadMode(true);
    }
}
