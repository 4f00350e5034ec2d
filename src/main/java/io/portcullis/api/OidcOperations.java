package io.portcullis.api;

import io.portcullis.domain.login.AdmitLogin.Outcome;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.oidc.EndOidcLogin;
import io.portcullis.domain.oidc.FinishOidcLogin;
import io.portcullis.domain.oidc.StartOidcLogin;
import io.portcullis.http.DeviceCookie;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.NextPath;
import io.portcullis.http.OidcCookie;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** {@code startOidcLogin}, {@code finishOidcLogin}, {@code endOidcLogin}: what a browser is led through. */
public final class OidcOperations implements Operations {
    private final StartOidcLogin startLogin;
    private final FinishOidcLogin finishLogin;
    private final EndOidcLogin endLogin;
    private final LegacyLogout legacyLogout;
    private final OidcCookie oidcCookie;
    private final LoginCookie loginCookie;
    private final DeviceCookie deviceCookie;
    private final OwnSession ownSession;
    private final String publicOrigin;
    private final String verifyPage;

    /** @param publicUrl where redirects of our own lead; never what the request says of its host */
    public OidcOperations(
            StartOidcLogin startLogin,
            FinishOidcLogin finishLogin,
            EndOidcLogin endLogin,
            LegacyLogout legacyLogout,
            OidcCookie oidcCookie,
            LoginCookie loginCookie,
            DeviceCookie deviceCookie,
            OwnSession ownSession,
            URI publicUrl,
            String verifyPage) {
        this.startLogin = startLogin;
        this.finishLogin = finishLogin;
        this.endLogin = endLogin;
        this.legacyLogout = legacyLogout;
        this.oidcCookie = oidcCookie;
        this.loginCookie = loginCookie;
        this.deviceCookie = deviceCookie;
        this.ownSession = ownSession;
        this.publicOrigin = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
        this.verifyPage = verifyPage;
    }

    @Override
    public List<Operation> all() {
        return List.of(
                new Operation("startOidcLogin", this::start),
                new Operation("finishOidcLogin", this::finish),
                new Operation("endOidcLogin", this::end));
    }

    private Reply start(Call call) {
        var next = NextPath.local(call.optional("next").orElse("/"));
        var started =
                startLogin.start(call.required("source"), next, call.origin().client());
        return Reply.redirect(started.authorizationUrl().toString())
                .withCookie(oidcCookie.holding(started.browserSecret(), StartOidcLogin.TTL));
    }

    /** An error of the provider has no code; what it says stands in the address alone. */
    private Reply finish(Call call) {
        var callback = new FinishOidcLogin.Callback(
                call.required("source"),
                call.optional("state").orElse(""),
                call.optional("issuer"),
                call.optional("code").filter(code -> !code.isEmpty()),
                call.oidcSecret());
        var finished = finishLogin.finish(callback, call.deviceToken(), call.origin());
        var next = NextPath.local(finished.next());
        var reply = switch (finished.outcome()) {
            case Outcome.Complete complete -> {
                var begun = ownSession.begun(Reply.redirect(publicOrigin + next), complete.token(), complete.session());
                yield complete.device()
                        .map(deviceCookie::holding)
                        .map(begun::withCookie)
                        .orElse(begun);
            }
            case Outcome.SecondFactorNeeded needed ->
                Reply.redirect(publicOrigin + NextPath.on(verifyPage, next))
                        .withCookie(loginCookie.holding(needed.tempToken(), needed.expiresIn()));
        };
        return reply.withCookie(oidcCookie.cleared());
    }

    private Reply end(Call call) {
        var judged = call.credential().get();
        var session = judged.caller().session();
        Optional<URI> onward = endLogin.end(call.required("source"), session, call.origin());
        legacyLogout.passOn(session, judged.carried());
        var reply = onward.map(url -> Reply.seeOther(url.toString())).orElseGet(() -> Reply.of("loggedOut"));
        return ownSession.ended(reply.withCookie(loginCookie.cleared()));
    }
}
