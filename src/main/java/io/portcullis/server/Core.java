package io.portcullis.server;

import io.portcullis.adapter.mail.Channel;
import io.portcullis.adapter.redis.RedisSessionLine;
import io.portcullis.adapter.sync.OpenRecord;
import io.portcullis.adapter.sync.SyncSettings;
import io.portcullis.api.Api;
import io.portcullis.api.DescribeOperations;
import io.portcullis.config.Settings;
import io.portcullis.dialect.Dialects;
import io.portcullis.dialect.OpenApi;
import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.login.ReportWouldRefuse;
import io.portcullis.domain.notice.Messenger;
import io.portcullis.gate.ForwardAuth;
import io.portcullis.gate.Gate;
import io.portcullis.gate.OwnPaths;
import io.portcullis.gate.Passports;
import io.portcullis.gate.Policy;
import io.portcullis.gate.Rules;
import io.portcullis.gate.WouldRefuse;
import io.portcullis.http.Cors;
import io.portcullis.http.CredentialReader;
import io.portcullis.http.DeviceCookie;
import io.portcullis.http.ErrorAnswer;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.OidcCookie;
import io.portcullis.http.Origins;
import io.portcullis.http.SameSite;
import io.portcullis.http.SessionCookie;
import io.portcullis.observe.Observer;
import io.portcullis.pages.BuiltInPages;
import io.portcullis.pages.PagesWiring;
import io.portcullis.proxy.Forwarder;
import io.portcullis.proxy.LoginCapture;
import io.portcullis.proxy.Upstreams;
import io.portcullis.proxy.WithheldAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a config file makes of the gateway, wired up by constructors called in order; {@link #frontDoor} once an event loop. */
final class Core {
    private static final Logger LOG = LoggerFactory.getLogger(Core.class);

    /** How long a download or a WebSocket that began before a reload may go on. */
    private static final Duration RETIREMENT = Duration.ofHours(1);

    private final Settings settings;
    private final Shared shared;
    private final Observer observer;
    private final Optional<Channel> channel;
    private final Map<String, OpenRecord> legacyRecords;
    private final Upstreams upstreams;
    private final IdentityWiring identity;
    private final Domain domain;
    private final List<Forwarder> forwarders = new CopyOnWriteArrayList<>(); // of every event loop
    private final List<RedisSessionLine> sessionLines = new CopyOnWriteArrayList<>(); // likewise
    private final CredentialReader credentials;
    private final LoginCookie loginCookie;
    private final DeviceCookie deviceCookie;
    private final OidcCookie oidcCookie;
    private final Cors cors;
    private final SameSite sameSite;
    private final ErrorAnswer errors;
    private final Api api;
    private final BuiltInPages pages;
    private final Policy policy;
    private final WouldRefuse wouldRefuse;
    private final Passports passports;

    /** Throws {@code IllegalArgumentException} for settings that are wrong in a way only their use can tell. */
    Core(Settings settings, Shared shared, Observer observer) {
        this.settings = settings;
        this.observer = observer;
        this.shared = shared;
        warnOfLostCookies(settings);
        channel = settings.mail().map(mail -> Channel.open(shared.vertx(), mail));
        legacyRecords = settings.sync().stream()
                .collect(Collectors.toUnmodifiableMap(
                        SyncSettings::realm, sync -> OpenRecord.open(shared.vertx(), sync)));
        upstreams = new Upstreams(shared.vertx(), settings.upstreams());
        identity = new IdentityWiring(settings, shared, upstreams);
        domain = new Domain(settings, shared, identity, messenger());
        var sessionCookie = new SessionCookie(settings.cookie());
        credentials = new CredentialReader(identity.credentialCookies(), sessionCookie.name());
        loginCookie = new LoginCookie(settings.cookie());
        deviceCookie = new DeviceCookie(settings.cookie());
        oidcCookie = new OidcCookie(settings.cookie());
        cors = new Cors(settings.server().corsOrigins());
        sameSite = new SameSite(cors, settings.server().publicUrl());
        var pagesWiring = new PagesWiring(
                settings.builtInPages(), settings.cookie(), settings.server().publicUrl());
        errors = new ErrorAnswer(cors, pagesWiring.errorPage());
        var assertions = AssertionWiring.of(settings, shared.clock());
        var operations = new ArrayList<>(domain.operations(loginCookie, deviceCookie, oidcCookie, sessionCookie));
        operations.add(assertions.operations());
        var dialects = Dialects.with(settings.dialects());
        operations.add(new DescribeOperations(() -> openApi(settings).of(dialects)));
        api = new Api(
                dialects,
                operations,
                domain.recognize(),
                credentials,
                settings.cookie(),
                cors,
                sameSite,
                shared.controlPlane());
        pages = pagesWiring.pages(api, settings.mfa(), !identity.firstFactors().isEmpty(), identity.providerNames());
        passports = new Passports(
                domain.recognize(),
                shared.cache(),
                shared.asking(),
                shared.sessions(),
                domain.trustedNetworks(),
                assertions.gate(),
                shared.controlPlane(),
                shared.clock());
        wouldRefuse = new WouldRefuse(
                shared.metrics(), new ReportWouldRefuse(shared.accounts(), shared.clock()), shared.controlPlane());
        policy = new Policy(
                new Rules(settings.rules()), settings.identity(CaptureSettings.class), new OwnPaths(ownPaths()));
    }

    /** Browsers keep no such cookie, and say nothing. */
    private static void warnOfLostCookies(Settings settings) {
        var publicUrl = settings.server().publicUrl();
        var host = String.valueOf(publicUrl.getHost());
        boolean trusted = publicUrl.getScheme().equals("https")
                || host.equals("localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("[::1]");
        if (settings.cookie().secure() && !trusted) {
            LOG.warn(
                    "server.publicUrl {} is http and session.cookie.secure is true: browsers keep none of our cookies;"
                            + " serve https, or set session.cookie.secure to false",
                    publicUrl);
        }
    }

    private Set<String> ownPaths() {
        var paths = new HashSet<>(api.paths());
        paths.addAll(BuiltInPages.paths());
        paths.addAll(List.of(ForwardAuth.PATH, ForwardAuth.REFUSAL_PATH));
        return paths;
    }

    private static OpenApi openApi(Settings settings) {
        return new OpenApi(
                Version.TEXT,
                settings.server().publicUrl().toString(),
                settings.cookie().name());
    }

    Settings settings() {
        return settings;
    }

    /** How people are reached; empty where nothing can be sent. */
    Optional<Messenger> messenger() {
        return channel.map(open -> open);
    }

    /** The legacy records that are kept in step, by realm. */
    Map<String, OpenRecord> legacyRecords() {
        return legacyRecords;
    }

    /** Every event loop uses it now. */
    void inForce() {
        upstreams.startChecks();
        shared.upstreamGauge().becomes(upstreams);
    }

    /** The way in of one event loop, with upstream connections of its own; to be called on that loop. */
    FrontDoor frontDoor() {
        var forwarder = new Forwarder(
                shared.vertx(),
                upstreams,
                settings.cookie(),
                settings.stripHeaders(),
                errors,
                shared.upstreamMetrics());
        forwarders.add(forwarder);
        var line = shared.sessionLine().get();
        sessionLines.add(line);
        var loginCapture = new LoginCapture(
                forwarder,
                domain.watchHandOut(),
                new WithheldAnswer(
                        loginCookie,
                        cors,
                        sameSite,
                        settings.server().publicUrl(),
                        settings.pages().verify()),
                deviceCookie,
                shared.controlPlane());
        var gate = new Gate(
                policy,
                passports,
                line::unchanged,
                credentials,
                forwarder,
                loginCapture,
                shared.openSockets(),
                domain.logout(),
                shared.controlPlane(),
                errors,
                sameSite,
                settings.server().publicUrl(),
                shared.metrics(),
                wouldRefuse,
                shared.clock());
        var origins = new Origins(
                settings.server().allowedHosts(),
                settings.server().trustedProxies(),
                settings.server().tls().isPresent());
        var forwardAuth = new ForwardAuth(
                policy,
                credentials,
                gate,
                forwarder,
                origins,
                cors,
                sameSite,
                errors,
                settings.server().publicUrl(),
                shared.metrics(),
                wouldRefuse);
        return new FrontDoor(origins, observer, cors, api, pages, gate, forwardAuth, errors, shared.metrics());
    }

    /**
     * When nothing new comes in by it any more: requests under way end by it, and its connections to the backends are closed
     * when they had an hour for that. Not before, as a client that is being closed fails requests which are about to ask it for
     * a connection; a connection that nobody uses ends by itself.
     */
    void retire() {
        upstreams.stopChecks();
        shared.vertx().setTimer(RETIREMENT.toMillis(), due -> {
            forwarders.forEach(Forwarder::close);
            sessionLines.forEach(RedisSessionLine::close);
            identity.close();
            channel.ifPresent(Channel::close);
            legacyRecords.values().forEach(OpenRecord::close);
        });
    }
}
