package io.portcullis.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.TimeUnit;

/** Asks the targets of one upstream regularly how they are: one timer a process, a connection of its own each time. */
final class ActiveCheck {
    private final Vertx vertx;
    private final UpstreamState upstream;
    private final HealthSettings.Active active;
    private final HttpClientAgent client;
    private volatile long timer;
    private volatile boolean stopped;

    ActiveCheck(Vertx vertx, UpstreamState upstream, HealthSettings.Active active) {
        this.vertx = vertx;
        this.upstream = upstream;
        this.active = active;
        var settings = upstream.settings();
        int connect = Math.toIntExact(
                Math.min(active.timeout().toMillis(), settings.connectTimeout().toMillis()));
        client = vertx.createHttpClient(
                UpstreamOptions.client(settings)
                        .setConnectTimeout(connect)
                        .setSslHandshakeTimeout(connect)
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setKeepAlive(false),
                new PoolOptions().setHttp1MaxSize(2));
    }

    void start() {
        timer = vertx.setPeriodic(1, active.interval().toMillis(), due -> round());
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        client.close();
    }

    private void round() {
        for (int i = 0; i < upstream.targets().size(); i++) {
            ask(upstream.settings().targets().get(i), upstream.targets().get(i));
        }
    }

    private void ask(UpstreamSettings.Target target, TargetHealth health) {
        var options = UpstreamOptions.request(upstream.settings(), target)
                .setURI(active.path())
                .putHeader("Host", upstream.settings().authority(target));
        client.request(options)
                .compose(request -> request.send()
                        .map(answer -> {
                            answer.exceptionHandler(cut -> {}); // by us: the head says all that is asked
                            return answer.statusCode();
                        })
                        .timeout(active.timeout().toMillis(), TimeUnit.MILLISECONDS)
                        .onComplete(done -> close(request)))
                .onComplete(
                        status -> told(health, active.isGood(status), "it answered " + status),
                        failure -> told(
                                health,
                                false,
                                UpstreamFailure.told(upstream.settings().name(), failure)));
    }

    private static void close(HttpClientRequest request) {
        request.connection().close();
    }

    private void told(TargetHealth health, boolean good, String found) {
        if (!stopped) {
            health.checked(active, good, found);
        }
    }
}
