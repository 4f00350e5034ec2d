package io.portcullis.server;

import io.portcullis.api.AccountOperations;
import io.portcullis.api.DeviceOperations;
import io.portcullis.api.HistoryOperations;
import io.portcullis.api.LoginOperations;
import io.portcullis.api.LoginReply;
import io.portcullis.api.OidcOperations;
import io.portcullis.api.Operations;
import io.portcullis.api.OwnSession;
import io.portcullis.api.ProgressOperations;
import io.portcullis.api.StatusOperations;
import io.portcullis.api.VerifyOperations;
import io.portcullis.config.Settings;
import io.portcullis.domain.capture.InheritSession;
import io.portcullis.domain.capture.WatchHandOut;
import io.portcullis.domain.login.AdmitLogin;
import io.portcullis.domain.login.CompleteLogin;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.login.Login;
import io.portcullis.domain.login.LoginWithCode;
import io.portcullis.domain.login.Logout;
import io.portcullis.domain.login.OwnDevices;
import io.portcullis.domain.login.OwnHistory;
import io.portcullis.domain.login.OwnSessions;
import io.portcullis.domain.login.PasswordAttempts;
import io.portcullis.domain.login.Recognize;
import io.portcullis.domain.login.RenewSession;
import io.portcullis.domain.login.SendLoginCode;
import io.portcullis.domain.login.ShowPendingLogin;
import io.portcullis.domain.login.SkipSecondFactor;
import io.portcullis.domain.login.TrustedNetworks;
import io.portcullis.domain.login.VerifyLogin;
import io.portcullis.domain.notice.Messenger;
import io.portcullis.domain.oidc.EndOidcLogin;
import io.portcullis.domain.oidc.FinishOidcLogin;
import io.portcullis.domain.oidc.OpenIdProvider;
import io.portcullis.domain.oidc.StartOidcLogin;
import io.portcullis.http.DeviceCookie;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.Networks;
import io.portcullis.http.OidcCookie;
import io.portcullis.http.SessionCookie;
import java.util.List;
import java.util.Optional;

/** The operations of the domain as one config file wants them, and how clients reach them. */
final class Domain {
    private final Settings settings;
    private final Shared shared;
    private final LegacyLogout legacyLogout;
    private final MfaWiring secondFactors;
    private final WatchHandOut watchHandOut;
    private final TrustedNetworks trustedNetworks;
    private final Recognize recognize;
    private final AdmitLogin admitLogin;
    private final Login login;
    private final VerifyLogin verifyLogin;
    private final Logout logout;
    private final List<OpenIdProvider> providers;

    /** {@code messenger}: how people are reached; empty where nothing can be sent. */
    Domain(Settings settings, Shared shared, IdentityWiring identity, Optional<Messenger> messenger) {
        this.settings = settings;
        this.shared = shared;
        var accounts = shared.accounts();
        var random = shared.random();
        var clock = shared.clock();
        var mfa = settings.mfa();
        var session = settings.session();
        legacyLogout = identity.legacyLogout();
        providers = identity.providers();
        var firstFactors = identity.firstFactors();
        var attempts =
                new PasswordAttempts(shared.rateLimiter(), settings.limits().loginFailures());
        secondFactors = new MfaWiring(settings, shared, firstFactors, attempts, messenger);

        var trusted = mfa.trustedNetworks();
        trustedNetworks = new TrustedNetworks(trusted.roles(), new Networks(trusted.networks())::contain);
        var completeLogin = new CompleteLogin(secondFactors.noticeClient(), clock);
        recognize = new Recognize(
                identity.sources(), identity.logins(), shared.sessions(), accounts, trustedNetworks, session, clock);
        admitLogin = new AdmitLogin(
                accounts,
                shared.sessions(),
                shared.pendingLogins(),
                secondFactors.requestCode(),
                new SkipSecondFactor(secondFactors.rememberDevice(), trustedNetworks, clock),
                completeLogin,
                mfa,
                session,
                random,
                clock);
        login = new Login(firstFactors, attempts, admitLogin);
        verifyLogin = new VerifyLogin(
                shared.pendingLogins(),
                secondFactors.secondFactor(),
                accounts,
                shared.sessions(),
                secondFactors.rememberDevice(),
                completeLogin,
                mfa,
                session,
                clock);
        logout = new Logout(accounts, shared.sessions(), clock);
        watchHandOut = new WatchHandOut(
                identity.capturedLogin(),
                attempts,
                recognize,
                new InheritSession(accounts, shared.sessions(), session, clock),
                admitLogin,
                legacyLogout,
                logout,
                shared.sessions());
    }

    WatchHandOut watchHandOut() {
        return watchHandOut;
    }

    TrustedNetworks trustedNetworks() {
        return trustedNetworks;
    }

    Recognize recognize() {
        return recognize;
    }

    Logout logout() {
        return logout;
    }

    /** All that clients can ask for. */
    List<Operations> operations(
            LoginCookie loginCookie, DeviceCookie deviceCookie, OidcCookie oidcCookie, SessionCookie sessionCookie) {
        var accounts = shared.accounts();
        var sessions = shared.sessions();
        var clock = shared.clock();
        var ownSession = new OwnSession(sessionCookie, new RenewSession(accounts, sessions, shared.random()), clock);
        var replies = new LoginReply(loginCookie, deviceCookie, ownSession);
        var mfaOperations = secondFactors.operations(ownSession);
        return List.of(
                new LoginOperations(
                        login,
                        new LoginWithCode(login, admitLogin, verifyLogin, shared.pendingLogins()),
                        logout,
                        legacyLogout,
                        replies),
                new VerifyOperations(
                        verifyLogin,
                        secondFactors.stepUp(),
                        secondFactors.runningSetup(),
                        new SendLoginCode(shared.pendingLogins(), secondFactors.requestCode()),
                        secondFactors.requestCode(),
                        mfaOperations,
                        replies),
                new ProgressOperations(
                        new ShowPendingLogin(shared.pendingLogins(), accounts, settings.mfa()),
                        secondFactors.runningSetup()),
                oidc(loginCookie, oidcCookie, deviceCookie, ownSession),
                new StatusOperations(settings.mfa()),
                mfaOperations,
                secondFactors.recoveryOperations(),
                new AccountOperations(new OwnSessions(accounts, sessions, logout, clock), legacyLogout),
                new HistoryOperations(new OwnHistory(shared.auditLog())),
                new DeviceOperations(new OwnDevices(accounts, secondFactors.rememberDevice(), clock), deviceCookie),
                OperatorWiring.of(settings, shared));
    }

    private OidcOperations oidc(
            LoginCookie loginCookie, OidcCookie oidcCookie, DeviceCookie deviceCookie, OwnSession ownSession) {
        var random = shared.random();
        return new OidcOperations(
                new StartOidcLogin(
                        providers,
                        shared.oidcLogins(),
                        shared.rateLimiter(),
                        settings.limits().oidcStarts(),
                        random),
                new FinishOidcLogin(
                        providers, shared.oidcLogins(), admitLogin, settings.session(), random, shared.clock()),
                new EndOidcLogin(providers, logout),
                legacyLogout,
                oidcCookie,
                loginCookie,
                deviceCookie,
                ownSession,
                settings.server().publicUrl(),
                settings.pages().verify());
    }
}
