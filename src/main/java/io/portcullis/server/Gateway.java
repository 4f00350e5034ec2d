package io.portcullis.server;

import io.portcullis.adapter.postgres.AdvisoryLock;
import io.portcullis.adapter.postgres.Outbox;
import io.portcullis.config.Settings;
import io.portcullis.domain.limits.LimitSettings;
import io.portcullis.gate.Rule;
import io.portcullis.http.ControlPlane;
import io.portcullis.listener.Connections;
import io.portcullis.listener.ListenerOptions;
import io.portcullis.listener.TlsSettings;
import io.portcullis.proxy.UpstreamSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway: from settings to open ports, and back. Blocking, to be called on threads of the caller's. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** A pool of Vert.x that is closed at the very moment it connects may never say that it is closed. */
    private static final int LETTING_GO_SECONDS = 10;

    private final Vertx vertx;
    private final Stores stores;
    private final Shared shared;
    private final Listeners listeners;
    private final Management management;
    private final ConfigStatus config;
    private final Observation observation;
    private final OutboxWorker outboxWorker;
    private final Housekeeping housekeeping;

    private Gateway(
            Vertx vertx,
            Stores stores,
            Shared shared,
            Listeners listeners,
            Management management,
            ConfigStatus config,
            Observation observation,
            OutboxWorker outboxWorker,
            Housekeeping housekeeping) {
        this.vertx = vertx;
        this.stores = stores;
        this.shared = shared;
        this.listeners = listeners;
        this.management = management;
        this.config = config;
        this.observation = observation;
        this.outboxWorker = outboxWorker;
        this.housekeeping = housekeeping;
    }

    /** Starts and returns when both ports are open. Throws {@link StartFailure}, with nothing left running, when a store or a port cannot be had. */
    public static Gateway start(Settings settings, Settings.Stores urls, Settings.Secrets secrets) {
        return start(settings, urls, secrets, InstantSource.system());
    }

    /** The same by another clock. */
    public static Gateway start(
            Settings settings, Settings.Stores urls, Settings.Secrets secrets, InstantSource clock) {
        int loops = Runtime.getRuntime().availableProcessors();
        var options = ListenerOptions.of(settings.server());
        var connections = new Connections(settings.server(), options, longestTimeout(settings));
        var vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(loops)
                        .setDisableTCCL(true)) // one class loader has everything
                .withTransport(connections.transport())
                .build();
        try {
            return start(vertx, loops, options, connections, settings, urls, secrets, clock);
        } catch (RuntimeException failure) {
            letGo(vertx);
            throw failure;
        }
    }

    private static Gateway start(
            Vertx vertx,
            int loops,
            HttpServerOptions options,
            Connections connections,
            Settings settings,
            Settings.Stores urls,
            Settings.Secrets secrets,
            InstantSource clock) {
        var random = new SecureRandom();
        var stores = Stores.open(vertx, urls, secrets, random);
        var metrics = new Metrics();
        var registry = metrics.registry();
        var config = new ConfigStatus(registry);
        var controlPlane = new ControlPlane(vertx);
        var shared = Shared.over(vertx, controlPlane, stores, secrets, registry, random, clock);
        ListenerMetrics.register(registry, connections);
        var observation = new Observation(registry);
        var observed = StartFailure.guard("the settings cannot be used", () -> observation.prepare(settings));
        var core = StartFailure.guard(
                "the settings cannot be used", () -> new Core(settings, shared, observed.observer()));
        observation.becomes(observed);
        shared.channel().becomes(core.messenger());
        shared.legacySync().becomes(core.legacyRecords());
        var listeners =
                new Listeners(core, options, connections, settings.server().shutdown());
        var deployment = new DeploymentOptions().setInstances(loops);
        StartFailure.guard(
                cannotListen(settings.server().host(), settings.server().port()),
                () -> vertx.deployVerticle(listeners::verticle, deployment).await());
        core.inForce();
        var management = StartFailure.guard(
                cannotListen(settings.management().host(), settings.management().port()),
                () -> Management.start(vertx, settings.management(), stores, controlPlane, metrics, config));
        tell(settings.limits());
        settings.server().tls().ifPresent(ListenerMetrics::tell);
        var outboxWorker = new OutboxWorker(new Outbox(stores.postgres()), shared.channel(), clock, registry);
        outboxWorker.start(vertx, controlPlane);
        shared.legacySync().start(vertx);
        var housekeeping = housekeeping(stores, shared, outboxWorker, listeners, random);
        housekeeping.start();
        return new Gateway(
                vertx, stores, shared, listeners, management, config, observation, outboxWorker, housekeeping);
    }

    private static Housekeeping housekeeping(
            Stores stores, Shared shared, OutboxWorker outboxWorker, Listeners listeners, SecureRandom random) {
        var chores = Chores.of(
                stores.postgres(),
                stores.box(),
                shared.accounts(),
                shared.auditRetention(),
                outboxWorker,
                () -> listeners.core().settings().audit(),
                shared.clock());
        return new Housekeeping(AdvisoryLock.ofHousekeeping(stores.postgres()), chores, random);
    }

    /** The open public port. */
    public int port() {
        return listeners.port();
    }

    /** The certificate of the public port and its files; empty where it is plain. */
    public Optional<TlsSettings> tls() {
        return listeners.core().settings().server().tls();
    }

    public int managementPort() {
        return management.port();
    }

    /**
     * Goes on by new settings: rules, upstreams, identity sources, limits. Requests under way end by the old ones.
     *
     * @throws IllegalArgumentException, with the old ones still in force, when the new ones cannot be used without a restart
     */
    public void reload(Settings settings) {
        try {
            replace(settings);
        } catch (IllegalArgumentException refused) {
            config.refused(String.valueOf(refused.getMessage()));
            throw refused;
        } catch (RuntimeException failure) {
            config.refused("an unexpected failure, which is in the log");
            throw failure;
        }
        config.reloaded();
    }

    /**
     * For {@code /health/ready}: a changed config file was read that cannot be used.
     *
     * @param reason without any value of the file
     */
    public void notReloaded(String reason) {
        config.refused(reason);
    }

    private void replace(Settings settings) {
        Restart.check(listeners.core().settings(), settings);
        var observed = observation.prepare(settings);
        var core = new Core(settings, shared, observed.observer());
        settings.server().tls().ifPresent(tls -> renew(tls, core));
        listeners.replace(core).await();
        core.inForce();
        observation.becomes(observed);
        shared.channel().becomes(core.messenger());
        shared.legacySync().becomes(core.legacyRecords());
        shared.metrics().keep(names(settings.rules(), Rule::name));
        shared.upstreamMetrics().keep(names(settings.upstreams(), UpstreamSettings::name));
        shared.cache().forgetAll(); // a caller may be somebody else under the new settings
        shared.asking().changed();
        tell(settings.limits());
    }

    private void renew(TlsSettings tls, Core next) {
        try {
            listeners.renew(tls).await();
        } catch (RuntimeException unusable) {
            next.retire();
            throw new IllegalArgumentException("TLS cannot use server.tls: " + unusable.getMessage(), unusable);
        }
        ListenerMetrics.tell(tls);
    }

    /** So that nobody takes a limit for another than is in force. */
    private static void tell(LimitSettings limits) {
        LOG.info(
                "limits: login {} wrong passwords of an e-mail from an address; codes sent {} to an account, {} for an"
                        + " address",
                limits.loginFailures(),
                limits.sendCodeAccount(),
                limits.sendCodeAddress());
    }

    /** Stops accepting, finishes the requests in flight as long as the config allows, and lets go of the stores. */
    @Override
    public void close() {
        LOG.info(
                "leaving: nobody new is let in, requests under way have {} s",
                listeners.core().settings().server().shutdown().toSeconds());
        management.leaving();
        listeners.shutdown().await();
        observation.close();
        outboxWorker.close();
        shared.legacySync().close();
        housekeeping.close();
        shared.controlPlane().close();
        stores.close();
        letGo(vertx);
        LOG.info("left");
    }

    private static void letGo(Vertx vertx) {
        try {
            vertx.close().await(LETTING_GO_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("not every connection was closed within {} s", LETTING_GO_SECONDS);
        }
    }

    private static <T> Set<String> names(List<T> all, Function<T, String> name) {
        return all.stream().map(name).collect(Collectors.toUnmodifiableSet());
    }

    private static String cannotListen(String host, int port) {
        return "cannot listen on " + host + ":" + port;
    }

    private static Duration longestTimeout(Settings settings) {
        return settings.upstreams().stream()
                .map(UpstreamSettings::timeout)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
