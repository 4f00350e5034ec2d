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
    private final Stalls stalls;

    Upstream(Vertx vertx, UpstreamState shared) {
        settings = shared.settings();
        var options = UpstreamOptions.client(settings)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxChunkSize(CHUNK)
                .setMaxHeaderSize(ANSWER_HEAD)
                .setDecoderInitialBufferSize(1024);
        client = vertx.httpClientBuilder()
                .with(options)
                // As many may wait as are served: more of them would only wait until their time is out.
                .with(new PoolOptions()
                        .setHttp1MaxSize(settings.maxConnections())
                        .setMaxWaitQueueSize(settings.maxConnections()))
                .withConnectHandler(connection -> AnswerCodec.guard(connection, options))
                .build();
        targets = IntStream.range(0, settings.targets().size())
                .mapToObj(index -> new UpstreamTarget(client, shared, index))
                .toList();
        choice = new TargetChoice(shared);
        stalls = new Stalls(vertx, settings.timeout(), settings.bodyRate());
    }

    UpstreamSettings settings() {
        return settings;
    }

    Stalls stalls() {
        return stalls;
    }

    /** Where the next request goes. */
    UpstreamTarget next() {
        return targets.size() == 1
                ? targets.getFirst()
                : targets.get(choice.next(TargetChoice.NONE, System.nanoTime()));
    }

    /**
     * Where a request may go of which nothing was sent, whatever it is; empty when it has failed. Not to the same target, which would say the
     * same.
     *
     * @param attempt 0 for the first
     */
    Optional<UpstreamTarget> afterNothingSent(UpstreamTarget tried, int attempt, Throwable failure) {
        if (UpstreamFailure.isOfTarget(failure)) {
            tried.health().failed(System.nanoTime());
        }
        return attempt < settings.retries() ? another(tried) : Optional.empty();
    }

    /** Where a request may go whose connection ended in place of an answer: the same target may have closed an old connection. */
    Optional<UpstreamTarget> afterClosed(UpstreamTarget tried, int attempt, boolean repeatable) {
        return repeatable && attempt < settings.retries()
                ? another(tried).or(() -> Optional.of(tried))
                : Optional.empty();
    }

    private Optional<UpstreamTarget> another(UpstreamTarget tried) {
        int next = choice.next(tried.index(), System.nanoTime());
        return next == TargetChoice.NONE ? Optional.empty() : Optional.of(targets.get(next));
    }

    void close() {
        client.close();
    }
}
