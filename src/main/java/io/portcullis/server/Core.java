package io.portcullis.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.adapter.crypto.Argon2CodeHasher;
import io.portcullis.adapter.identity.JwtSource;
import io.portcullis.adapter.legacy.JsonFormat;
import io.portcullis.adapter.legacy.LegacyFirstFactor;
import io.portcullis.adapter.legacy.LegacyHttp;
import io.portcullis.adapter.legacy.LegacyLogoutCall;
import io.portcullis.adapter.postgres.PostgresAccounts;
import io.portcullis.adapter.redis.RedisInvalidations;
import io.portcullis.adapter.redis.RedisPendingLogins;
import io.portcullis.adapter.redis.RedisSessions;
import io.portcullis.api.Api;
import io.portcullis.api.LoginOperations;
import io.portcullis.api.MfaOperations;
import io.portcullis.config.Settings;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.login.AdmitLogin;
import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.domain.login.CapturedLogin;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.Login;
import io.portcullis.domain.login.Logout;
import io.portcullis.domain.login.PasswordByFirstFactor;
import io.portcullis.domain.login.Recognize;
import io.portcullis.domain.login.VerifyLogin;
import io.portcullis.domain.mfa.ConfirmSetup;
import io.portcullis.domain.mfa.Disable;
import io.portcullis.domain.mfa.SecondFactor;
import io.portcullis.domain.mfa.StartSetup;
import io.portcullis.domain.mfa.StepUp;
import io.portcullis.domain.session.IdentitySource;
import io.portcullis.gate.Gate;
import io.portcullis.gate.GateMetrics;
import io.portcullis.gate.OpenSockets;
import io.portcullis.gate.PassportCache;
import io.portcullis.gate.Passports;
import io.portcullis.gate.Policy;
import io.portcullis.gate.Rules;
import io.portcullis.http.ControlPlane;
import io.portcullis.http.Cors;
import io.portcullis.http.CredentialReader;
import io.portcullis.http.ErrorAnswer;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.Origins;
import io.portcullis.proxy.Forwarder;
import io.portcullis.proxy.LoginCapture;
import io.portcullis.proxy.Tunnels;
import io.portcullis.proxy.UpstreamSettings;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything wired up: constructors called in order, once a process; {@link #frontDoor} once an event loop. */
final class Core {
    private final Vertx vertx;
    private final Settings settings;
    private final InstantSource clock;
    private final ControlPlane controlPlane;
    private final CredentialReader credentials;
    private final LoginCookie loginCookie;
    private final Cors cors;
    private final ErrorAnswer errors;
    private final Api api;
    private final Policy policy;
    private final Passports passports;
    private final PassportCache cache;
    private final OpenSockets openSockets;
    private final Tunnels tunnels = new Tunnels();
    private final Logout logout;
    private final CapturedLogin capturedLogin;
    private final AdmitLogin admitLogin;
    private final GateMetrics metrics;

    Core(
            Vertx vertx,
            Settings settings,
            Settings.Secrets secrets,
            Stores stores,
            MeterRegistry registry,
            ControlPlane controlPlane,
            SecureRandom random,
            InstantSource clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = clock;
        this.controlPlane = controlPlane;

        var accounts = new PostgresAccounts(stores.postgres(), stores.box(), clock);
        var sessions = new RedisSessions(stores.redis(), clock);
        var pendingLogins = new RedisPendingLogins(stores.redis(), stores.box());
        var hasher = new Argon2CodeHasher(secrets.pepper(), Runtime.getRuntime().availableProcessors(), random);
        var sources = settings.tokens().stream()
                .<IdentitySource>map(token -> new JwtSource(token, clock))
                .toList();
        var mfa = settings.mfa();
        var session = settings.session();

        var format = new JsonFormat();
        capturedLogin = new CapturedLogin(format, sources, session, clock);
        var backends = backends(settings);
        var firstFactors = backends.stream()
                .<FirstFactor>map(
                        backend -> new LegacyFirstFactor(backend.legacy(), backend.capture(), format, capturedLogin))
                .toList();

        var secondFactor = new SecondFactor(accounts, hasher, mfa, clock);
        var recognize = new Recognize(sources, sessions, accounts, session, clock);
        admitLogin = new AdmitLogin(accounts, sessions, pendingLogins, mfa, session, random, clock);
        logout = new Logout(accounts, sessions, clock);
        credentials = new CredentialReader(credentialCookies(settings));
        loginCookie = new LoginCookie(settings.cookie());
        cors = new Cors(settings.server().corsOrigins());
        errors = new ErrorAnswer(cors);
        api = new Api(
                new LoginOperations(
                        new Login(firstFactors, admitLogin),
                        new VerifyLogin(pendingLogins, secondFactor, accounts, sessions, mfa, session, clock),
                        new StepUp(accounts, secondFactor, sessions, clock),
                        logout,
                        new LegacyLogoutCall(backends),
                        loginCookie),
                new MfaOperations(
                        new StartSetup(accounts, mfa, random, clock),
                        new ConfirmSetup(accounts, sessions, hasher, mfa, random, clock),
                        new Disable(
                                accounts, sessions, secondFactor, new PasswordByFirstFactor(firstFactors), mfa, clock),
                        mfa),
                recognize,
                credentials,
                loginCookie,
                cors,
                controlPlane);

        cache = new PassportCache(stores.invalidations()::leased);
        passports = new Passports(recognize, cache, controlPlane, clock);
        openSockets = new OpenSockets(tunnels, recognize, controlPlane, stores.invalidations()::leased, clock);
        policy = new Policy(new Rules(settings.rules()), settings.captures());
        metrics = new GateMetrics(registry);
    }

    /** What is to be told of invalidations. */
    RedisInvalidations.Listener invalidationListener() {
        return new RedisInvalidations.Listener() {
            @Override
            public void stale(Account account) {
                cache.forget(account);
                openSockets.recheck(account);
            }

            @Override
            public void everythingStale() {
                cache.forgetAll();
            }
        };
    }

    OpenSockets openSockets() {
        return openSockets;
    }

    /** The way in of one event loop, with upstream connections of its own; to be called on that loop. */
    FrontDoor frontDoor() {
        var forwarder =
                new Forwarder(vertx, settings.upstreams(), settings.cookie(), settings.stripHeaders(), errors, tunnels);
        var loginCapture = new LoginCapture(forwarder, capturedLogin, admitLogin, loginCookie, cors, controlPlane);
        var gate = new Gate(
                policy,
                passports,
                credentials,
                forwarder,
                loginCapture,
                openSockets,
                logout,
                controlPlane,
                errors,
                cors,
                settings.server().publicUrl(),
                metrics,
                clock);
        var origins =
                new Origins(settings.server().allowedHosts(), settings.server().trustedProxies());
        return new FrontDoor(origins, cors, api, gate, errors);
    }

    private List<LegacyLogoutCall.Backend> backends(Settings settings) {
        Map<String, UpstreamSettings> upstreams = settings.upstreams().stream()
                .collect(Collectors.toUnmodifiableMap(UpstreamSettings::name, Function.identity()));
        return settings.captures().stream()
                .map(capture -> new LegacyLogoutCall.Backend(capture, legacy(upstreams, capture)))
                .toList();
    }

    private LegacyHttp legacy(Map<String, UpstreamSettings> upstreams, CaptureSettings capture) {
        var upstream = upstreams.get(capture.upstream());
        if (upstream == null) {
            throw new IllegalArgumentException("no upstream is named " + capture.upstream());
        }
        return new LegacyHttp(vertx, upstream.host(), upstream.port(), upstream.connectTimeout(), upstream.timeout());
    }

    private static Set<String> credentialCookies(Settings settings) {
        var cookies = new HashSet<String>();
        for (var token : settings.tokens()) {
            for (var place : token.from()) {
                if (place.startsWith("cookie:")) {
                    cookies.add(place.substring("cookie:".length()));
                }
            }
        }
        return cookies;
    }
}
