package io.portcullis.server;

import io.portcullis.listener.Connections;
import io.portcullis.listener.ListenerOptions;
import io.portcullis.listener.TlsSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The public port: one server for each event loop, so that a request, its backend connection and its answer stay on one thread. */
final class Listeners {
    private final List<Loop> loops = new CopyOnWriteArrayList<>();
    private final HttpServerOptions options;
    private final Connections connections;
    private final Duration patience;
    private volatile Core core;

    /** @param patience how long requests in flight may take when they are the last ones */
    Listeners(Core core, HttpServerOptions options, Connections connections, Duration patience) {
        this.core = core;
        this.options = options;
        this.connections = connections;
        this.patience = patience;
    }

    VerticleBase verticle() {
        return new Loop();
    }

    int port() {
        return loops.getFirst().port();
    }

    Core core() {
        return core;
    }

    /** From its completion on every new request comes in by the new core; those under way end by the old one. No connection is dropped. */
    Future<Void> replace(Core next) {
        var previous = core;
        core = next;
        return Future.all(loops.stream().map(loop -> loop.replace(next)).toList())
                .onSuccess(replaced -> previous.retire())
                .mapEmpty();
    }

    /** Handshakes from now on are with this certificate; connections that stand go on. Fails when TLS cannot use it. */
    Future<Void> renew(TlsSettings tls) {
        var renewed = ListenerOptions.renewed(options, tls.identity());
        return loops.getFirst().opened().updateSSLOptions(renewed).mapEmpty(); // the servers of all loops share it
    }

    /** No new connection from now on; done when all are closed, or the patience is over. */
    Future<Void> shutdown() {
        connections.leaving();
        return Future.all(loops.stream().map(Loop::shutdown).toList()).mapEmpty();
    }

    /** One event loop's part; its fields are touched on that loop alone. */
    private final class Loop extends VerticleBase {
        private @Nullable HttpServer server;
        private @Nullable FrontDoor frontDoor;

        @Override
        public Future<?> start() {
            var door = core.frontDoor();
            frontDoor = door;
            var opened = vertx.createHttpServer(options)
                    .connectionHandler(connections.onLoop(vertx))
                    .invalidRequestHandler(request -> {
                        connections.noteUnreadable();
                        current().refuseUnreadable(request);
                    })
                    .requestHandler(request -> current().handle(request));
            server = opened;
            return opened.listen().onSuccess(listening -> loops.add(this));
        }

        private FrontDoor current() {
            return Objects.requireNonNull(frontDoor, "set before the port opens");
        }

        int port() {
            return opened().actualPort();
        }

        private HttpServer opened() {
            return Objects.requireNonNull(server, "set before the port opens");
        }

        Future<Void> replace(Core next) {
            var promise = Promise.<Void>promise();
            Context loop = context;
            loop.runOnContext(here -> {
                try {
                    frontDoor = next.frontDoor();
                    promise.complete();
                } catch (RuntimeException failure) {
                    promise.fail(failure);
                }
            });
            return promise.future();
        }

        Future<Void> shutdown() {
            return opened().shutdown(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
