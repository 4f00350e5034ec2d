package io.portcullis.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.portcullis.config.Settings;
import io.portcullis.http.ControlPlane;
import io.portcullis.http.ListenerOptions;
import io.portcullis.proxy.UpstreamSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway: from settings to open ports, and back. Blocking, to be called on a thread of its own. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long TICK_MILLIS = 500;

    private final Vertx vertx;
    private final Stores stores;
    private final ControlPlane controlPlane;
    private final Listeners listeners;
    private final Management management;

    private Gateway(Vertx vertx, Stores stores, ControlPlane controlPlane, Listeners listeners, Management management) {
        this.vertx = vertx;
        this.stores = stores;
        this.controlPlane = controlPlane;
        this.listeners = listeners;
        this.management = management;
    }

    /** Starts and returns when both ports are open. Throws, with nothing left running, when a store or a port cannot be had. */
    public static Gateway start(Settings settings, Settings.Stores urls, Settings.Secrets secrets) {
        return start(settings, urls, secrets, InstantSource.system());
    }

    /** The same by another clock. */
    public static Gateway start(
            Settings settings, Settings.Stores urls, Settings.Secrets secrets, InstantSource clock) {
        int loops = Runtime.getRuntime().availableProcessors();
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
        try {
            return start(vertx, loops, settings, urls, secrets, clock);
        } catch (RuntimeException failure) {
            vertx.close().await();
            throw failure;
        }
    }

    private static Gateway start(
            Vertx vertx,
            int loops,
            Settings settings,
            Settings.Stores urls,
            Settings.Secrets secrets,
            InstantSource clock) {
        var random = new SecureRandom();
        var stores = Stores.open(vertx, urls, secrets, random);
        stores.ping().ifPresent(LOG::warn);
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var controlPlane = new ControlPlane(vertx);
        var core = new Core(vertx, settings, secrets, stores, registry, controlPlane, random, clock);
        stores.invalidations().start(core.invalidationListener());
        vertx.setPeriodic(TICK_MILLIS, id -> core.openSockets().tick());

        var options = ListenerOptions.of(settings.server(), longestTimeout(settings));
        var listeners =
                new Listeners(core::frontDoor, options, settings.server().shutdown());
        vertx.deployVerticle(listeners::verticle, new DeploymentOptions().setInstances(loops))
                .await();
        var management = Management.start(vertx, settings.management(), stores, controlPlane, registry);
        return new Gateway(vertx, stores, controlPlane, listeners, management);
    }

    /** The open public port. */
    public int port() {
        return listeners.port();
    }

    public int managementPort() {
        return management.port();
    }

    /** Stops accepting, finishes the requests in flight as long as the config allows, and lets go of the stores. */
    @Override
    public void close() {
        management.leaving();
        listeners.shutdown().await();
        controlPlane.close();
        stores.close();
        vertx.close().await();
    }

    private static Duration longestTimeout(Settings settings) {
        return settings.upstreams().stream()
                .map(UpstreamSettings::timeout)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
