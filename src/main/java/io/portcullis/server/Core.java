package io.portcullis.server;

import io.portcullis.adapter.identity.JwtSource;
import io.portcullis.adapter.legacy.JsonFormat;
import io.portcullis.adapter.legacy.LegacyFirstFactor;
import io.portcullis.adapter.legacy.LegacyHttp;
import io.portcullis.adapter.legacy.LegacyLogoutCall;
import io.portcullis.adapter.mail.Channel;
import io.portcullis.api.AccountOperations;
import io.portcullis.api.Api;
import io.portcullis.api.DeviceOperations;
import io.portcullis.api.HistoryOperations;
import io.portcullis.api.LoginOperations;
import io.portcullis.api.MfaOperations;
import io.portcullis.api.OperatorOperations;
import io.portcullis.api.RecoveryOperations;
import io.portcullis.api.StatusOperations;
import io.portcullis.config.Settings;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.AdmitLogin;
import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.domain.login.CapturedLogin;
import io.portcullis.domain.login.CompleteLogin;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.Login;
import io.portcullis.domain.login.Logout;
import io.portcullis.domain.login.OwnDevices;
import io.portcullis.domain.login.OwnHistory;
import io.portcullis.domain.login.OwnSessions;
import io.portcullis.domain.login.PasswordAttempts;
import io.portcullis.domain.login.PasswordByFirstFactor;
import io.portcullis.domain.login.Recognize;
import io.portcullis.domain.login.ReportWouldRefuse;
import io.portcullis.domain.login.SendLoginCode;
import io.portcullis.domain.login.SkipSecondFactor;
import io.portcullis.domain.login.TrustedNetworks;
import io.portcullis.domain.login.VerifyLogin;
import io.portcullis.domain.mfa.ConfirmSetup;
import io.portcullis.domain.mfa.Disable;
import io.portcullis.domain.mfa.FreshProof;
import io.portcullis.domain.mfa.FreshRecoveryCodes;
import io.portcullis.domain.mfa.NoticeClient;
import io.portcullis.domain.mfa.RegenerateRecoveryCodes;
import io.portcullis.domain.mfa.RememberDevice;
import io.portcullis.domain.mfa.RequestCode;
import io.portcullis.domain.mfa.SecondFactor;
import io.portcullis.domain.mfa.SendCode;
import io.portcullis.domain.mfa.StartSetup;
import io.portcullis.domain.mfa.StepUp;
import io.portcullis.domain.notice.Messenger;
import io.portcullis.domain.operator.LogoutAccount;
import io.portcullis.domain.operator.LookUpAccounts;
import io.portcullis.domain.operator.MeasureUsage;
import io.portcullis.domain.operator.OperatorAccess;
import io.portcullis.domain.operator.ResetAccount;
import io.portcullis.domain.operator.UnlockAccount;
import io.portcullis.domain.session.IdentitySource;
import io.portcullis.gate.Gate;
import io.portcullis.gate.Passports;
import io.portcullis.gate.Policy;
import io.portcullis.gate.Rules;
import io.portcullis.gate.WouldRefuse;
import io.portcullis.http.Cors;
import io.portcullis.http.CredentialReader;
import io.portcullis.http.DeviceCookie;
import io.portcullis.http.ErrorAnswer;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.Networks;
import io.portcullis.http.Origins;
import io.portcullis.http.SameSite;
import io.portcullis.proxy.Forwarder;
import io.portcullis.proxy.LoginCapture;
import io.portcullis.proxy.UpstreamSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a config file makes of the gateway, wired up by constructors called in order; {@link #frontDoor} once an event loop. */
final class Core {
    /** How long a download or a WebSocket that began before a reload may go on. */
    private static final Duration RETIREMENT = Duration.ofHours(1);

    private static final Messenger NO_CHANNEL = message -> {
        throw new Refused(new Problem.MailUnavailable());
    };

    private final Settings settings;
    private final Shared shared;
    private final Optional<Channel> channel;
    private final List<LegacyLogoutCall.Backend> backends;
    private final List<Forwarder> forwarders = new CopyOnWriteArrayList<>(); // of every event loop
    private final CredentialReader credentials;
    private final LoginCookie loginCookie;
    private final DeviceCookie deviceCookie;
    private final Cors cors;
    private final SameSite sameSite;
    private final ErrorAnswer errors;
    private final Api api;
    private final Policy policy;
    private final WouldRefuse wouldRefuse;
    private final Passports passports;
    private final Logout logout;
    private final CapturedLogin capturedLogin;
    private final PasswordAttempts attempts;
    private final AdmitLogin admitLogin;

    /** Throws {@code IllegalArgumentException} for settings that are wrong in a way only their use can tell. */
    Core(Settings settings, Shared shared) {
        this.settings = settings;
        this.shared = shared;
        this.channel = settings.mail().map(mail -> Channel.open(shared.vertx(), mail));
        var accounts = shared.accounts();
        var sessions = shared.sessions();
        var pendingLogins = shared.pendingLogins();
        var random = shared.random();
        var clock = shared.clock();
        var mfa = settings.mfa();
        var session = settings.session();
        var sources = settings.tokens().stream()
                .<IdentitySource>map(token -> new JwtSource(token, clock))
                .toList();

        var format = new JsonFormat();
        capturedLogin = new CapturedLogin(format, sources, session, clock);
        backends = backends(settings);
        var firstFactors = backends.stream()
                .<FirstFactor>map(
                        backend -> new LegacyFirstFactor(backend.legacy(), backend.capture(), format, capturedLogin))
                .toList();

        attempts = new PasswordAttempts(shared.rateLimiter(), settings.limits().loginFailures());
        var emailCodes = shared.emailCodes();
        var secondFactor = new SecondFactor(accounts, emailCodes, shared.rateLimiter(), shared.hasher(), mfa, clock);
        var sendCode = new SendCode(
                emailCodes,
                messenger().orElse(NO_CHANNEL),
                shared.rateLimiter(),
                accounts,
                mfa.email(),
                settings.limits(),
                random,
                clock);
        var requestCode = new RequestCode(accounts, sendCode, mfa.enrollment(), clock);
        var freshProof = new FreshProof(secondFactor, new PasswordByFirstFactor(firstFactors, attempts), mfa, clock);
        var freshCodes = new FreshRecoveryCodes(shared.hasher(), mfa, random);
        var trusted = mfa.trustedNetworks();
        var trustedNetworks = new TrustedNetworks(trusted.roles(), new Networks(trusted.networks())::contain);
        var recognize =
                new Recognize(sources, names(settings.captures()), sessions, accounts, trustedNetworks, session, clock);
        var rememberDevice = new RememberDevice(mfa.rememberDevice(), random, clock);
        var noticeClient = new NoticeClient(clock);
        var completeLogin = new CompleteLogin(noticeClient, clock);
        admitLogin = new AdmitLogin(
                accounts,
                sessions,
                pendingLogins,
                requestCode,
                new SkipSecondFactor(rememberDevice, trustedNetworks, clock),
                completeLogin,
                mfa,
                session,
                random,
                clock);
        logout = new Logout(accounts, sessions, clock);
        credentials = new CredentialReader(credentialCookies(settings));
        loginCookie = new LoginCookie(settings.cookie());
        deviceCookie = new DeviceCookie(settings.cookie());
        cors = new Cors(settings.server().corsOrigins());
        sameSite = new SameSite(cors, settings.server().publicUrl());
        errors = new ErrorAnswer(cors);
        api = new Api(
                List.of(
                        new LoginOperations(
                                new Login(firstFactors, attempts, admitLogin),
                                new VerifyLogin(
                                        pendingLogins,
                                        secondFactor,
                                        accounts,
                                        sessions,
                                        rememberDevice,
                                        completeLogin,
                                        mfa,
                                        session,
                                        clock),
                                new StepUp(accounts, secondFactor, rememberDevice, noticeClient, sessions, clock),
                                new SendLoginCode(pendingLogins, requestCode),
                                requestCode,
                                logout,
                                new LegacyLogoutCall(backends),
                                loginCookie,
                                deviceCookie),
                        new StatusOperations(mfa),
                        new MfaOperations(
                                new StartSetup(accounts, sendCode, freshProof, mfa, random, clock),
                                new ConfirmSetup(
                                        accounts, sessions, emailCodes, shared.rateLimiter(), freshCodes, mfa, clock),
                                new Disable(accounts, sessions, freshProof, clock),
                                mfa.totp().qr()),
                        new RecoveryOperations(
                                accounts, new RegenerateRecoveryCodes(accounts, freshProof, freshCodes, clock)),
                        new AccountOperations(
                                new OwnSessions(accounts, sessions, logout, clock), new LegacyLogoutCall(backends)),
                        new HistoryOperations(new OwnHistory(shared.auditLog())),
                        operators(settings, shared),
                        new DeviceOperations(new OwnDevices(accounts, rememberDevice, clock), deviceCookie)),
                recognize,
                credentials,
                loginCookie,
                deviceCookie,
                cors,
                sameSite,
                shared.controlPlane());

        passports = new Passports(recognize, shared.cache(), trustedNetworks, shared.controlPlane(), clock);
        wouldRefuse = new WouldRefuse(shared.metrics(), new ReportWouldRefuse(accounts, clock), shared.controlPlane());
        policy = new Policy(new Rules(settings.rules()), settings.captures());
    }

    private static OperatorOperations operators(Settings settings, Shared shared) {
        var directory = shared.directory();
        var accounts = shared.accounts();
        var sessions = shared.sessions();
        var mfa = settings.mfa();
        var clock = shared.clock();
        return new OperatorOperations(
                new OperatorAccess(settings.operatorRoles(), mfa.freshProof(), clock),
                new LookUpAccounts(directory, accounts, sessions, shared.auditLog(), mfa.lockout(), clock),
                new ResetAccount(directory, accounts, sessions, clock),
                new UnlockAccount(directory, accounts, clock),
                new LogoutAccount(directory, accounts, sessions, clock),
                new MeasureUsage(shared.usageFigures(), mfa, clock),
                shared.auditLog());
    }

    Settings settings() {
        return settings;
    }

    /** How people are reached; empty where nothing can be sent. */
    Optional<Messenger> messenger() {
        return channel.map(open -> open);
    }

    /** The way in of one event loop, with upstream connections of its own; to be called on that loop. */
    FrontDoor frontDoor() {
        var forwarder =
                new Forwarder(shared.vertx(), settings.upstreams(), settings.cookie(), settings.stripHeaders(), errors);
        forwarders.add(forwarder);
        var loginCapture = new LoginCapture(
                forwarder, capturedLogin, attempts, admitLogin, loginCookie, deviceCookie, cors, shared.controlPlane());
        var gate = new Gate(
                policy,
                passports,
                credentials,
                forwarder,
                loginCapture,
                shared.openSockets(),
                logout,
                shared.controlPlane(),
                errors,
                sameSite,
                settings.server().publicUrl(),
                shared.metrics(),
                wouldRefuse,
                shared.clock());
        var origins =
                new Origins(settings.server().allowedHosts(), settings.server().trustedProxies());
        return new FrontDoor(origins, cors, api, gate, errors);
    }

    /**
     * When nothing new comes in by it any more: requests under way end by it, and its connections to the backends are closed
     * when they had an hour for that. Not before, as a client that is being closed fails requests which are about to ask it for
     * a connection; a connection that nobody uses ends by itself.
     */
    void retire() {
        shared.vertx().setTimer(RETIREMENT.toMillis(), due -> {
            forwarders.forEach(Forwarder::close);
            backends.forEach(backend -> backend.legacy().close());
            channel.ifPresent(Channel::close);
        });
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
        return new LegacyHttp(
                shared.vertx(), upstream.host(), upstream.port(), upstream.connectTimeout(), upstream.timeout());
    }

    private static Set<String> names(List<CaptureSettings> captures) {
        return captures.stream().map(CaptureSettings::name).collect(Collectors.toUnmodifiableSet());
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
