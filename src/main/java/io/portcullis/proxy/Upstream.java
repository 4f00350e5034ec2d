package io.portcullis.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.PoolOptions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The way to one legacy backend from one event loop: requests, their connections and this object stay on that loop. */
final class Upstream {
    /** In bytes. Measured: with the 8 KiB of Vert.x a megabyte costs twice the CPU time; small bodies cost the same. */
    private static final int CHUNK = 64 * 1024;

    /** In bytes; what backends send in Set-Cookie and Content-Security-Policy together goes beyond the 8 KiB of Vert.x. */
    private static final int ANSWER_HEAD = 64 * 1024;

    /** Below the 5 s after which Node closes, the shortest of the usual backends: a request on a connection that the other side closes is lost. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private final UpstreamSettings settings;
    private final HttpClientAgent client;
    private final List<UpstreamTarget> targets;
    private final TargetChoice choice;

    Upstream(Vertx vertx, UpstreamState shared) {
        settings = shared.settings();
        client = vertx.createHttpClient(
                UpstreamOptions.client(settings)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setMaxChunkSize(CHUNK)
                        .setMaxHeaderSize(ANSWER_HEAD)
                        .setDecoderInitialBufferSize(1024),
                // As many may wait as are served: more of them would only wait until their time is out.
                new PoolOptions()
                        .setHttp1MaxSize(settings.maxConnections())
                        .setMaxWaitQueueSize(settings.maxConnections()));
        targets = IntStream.range(0, settings.targets().size())
                .mapToObj(index -> new UpstreamTarget(client, shared, index))
                .toList();
        choice = new TargetChoice(shared);
    }

    UpstreamSettings settings() {
        return settings;
    }

    /** Where the next request goes. */
    UpstreamTarget next() {
        return targets.size() == 1
                ? targets.getFirst()
                : targets.get(choice.next(TargetChoice.NONE, System.nanoTime()));
    }

    /** Where else one may go; empty when there is one target alone. */
    Optional<UpstreamTarget> another(UpstreamTarget tried) {
        int next = choice.next(tried.index(), System.nanoTime());
        return next == TargetChoice.NONE ? Optional.empty() : Optional.of(targets.get(next));
    }

    void close() {
        client.close();
    }
}
