package io.portcullis.server;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The public port: one server for each event loop, so that a request, its backend connection and its answer stay on one thread. */
final class Listeners {
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final Supplier<FrontDoor> frontDoor;
    private final HttpServerOptions options;
    private final Duration shutdown;

    Listeners(Supplier<FrontDoor> frontDoor, HttpServerOptions options, Duration shutdown) {
        this.frontDoor = frontDoor;
        this.options = options;
        this.shutdown = shutdown;
    }

    VerticleBase verticle() {
        return new VerticleBase() {
            @Override
            public Future<?> start() {
                return vertx.createHttpServer(options)
                        .requestHandler(frontDoor.get())
                        .listen()
                        .onSuccess(servers::add);
            }
        };
    }

    int port() {
        return servers.getFirst().actualPort();
    }

    /** No new connection from now on; done when all are closed, or the time is over. */
    Future<Void> shutdown() {
        return Future.all(servers.stream()
                        .map(server -> server.shutdown(shutdown.toMillis(), TimeUnit.MILLISECONDS))
                        .toList())
                .mapEmpty();
    }
}
