package io.portcullis.server;

import io.portcullis.config.Settings;
import io.portcullis.http.ControlPlane;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Health and metrics, on a port that only operators reach. */
final class Management {
    private static final Logger LOG = LoggerFactory.getLogger(Management.class);

    private final Stores stores;
    private final ControlPlane controlPlane;
    private final Metrics metrics;
    private final ConfigStatus config;
    private final HttpServer server;
    private volatile boolean leaving;

    private Management(
            Vertx vertx,
            Settings.Listener listener,
            Stores stores,
            ControlPlane controlPlane,
            Metrics metrics,
            ConfigStatus config) {
        this.stores = stores;
        this.controlPlane = controlPlane;
        this.metrics = metrics;
        this.config = config;
        this.server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(listener.port(), listener.host())
                .await();
    }

    static Management start(
            Vertx vertx,
            Settings.Listener listener,
            Stores stores,
            ControlPlane controlPlane,
            Metrics metrics,
            ConfigStatus config) {
        return new Management(vertx, listener, stores, controlPlane, metrics, config);
    }

    int port() {
        return server.actualPort();
    }

    /** From now on not ready, so that a load balancer sends no more. */
    void leaving() {
        leaving = true;
    }

    private void handle(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            request.response().setStatusCode(405).putHeader("Allow", "GET").end();
            return;
        }
        switch (request.path()) {
            case "/health/live" -> answer(request, 200, new JsonObject().put("status", "up"));
            case "/health/ready" -> ready(request);
            case "/metrics" -> metrics(request);
            case null -> request.response().setStatusCode(404).end();
            default -> request.response().setStatusCode(404).end();
        }
    }

    /** Not on an event loop, which has requests to serve. */
    private void metrics(HttpServerRequest request) {
        controlPlane
                .run(metrics::scrape)
                .onSuccess(text -> request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(failure -> {
                    LOG.error("the metrics cannot be told", failure);
                    request.response().setStatusCode(500).end();
                });
    }

    private void ready(HttpServerRequest request) {
        if (leaving) {
            answer(request, 503, new JsonObject().put("status", "leaving"));
            return;
        }
        controlPlane
                .run(this::readiness)
                .onSuccess(status -> answer(request, status.containsKey("problems") ? 503 : 200, status))
                .onFailure(failure -> {
                    LOG.error("the readiness check failed", failure);
                    answer(request, 503, new JsonObject().put("status", "down"));
                });
    }

    private JsonObject readiness() {
        var down = stores.down();
        var status = new JsonObject()
                .put("status", down.isEmpty() ? "up" : "down")
                .put("stores", state(down))
                .put("config", config.json());
        if (!down.isEmpty()) {
            var problems =
                    down.stream().map(store -> store + " does not answer").toList();
            return status.put("problems", new JsonArray(problems));
        }
        stores.warning().ifPresent(text -> status.put("warnings", new JsonArray().add(text)));
        return status;
    }

    private static JsonObject state(List<String> down) {
        var stores = new JsonObject();
        Stores.NAMES.forEach(name -> stores.put(name, down.contains(name) ? "down" : "up"));
        return stores;
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }
}
