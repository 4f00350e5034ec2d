package io.portcullis.api;

import io.portcullis.dialect.Parameter;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.device.DeviceToken;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.login.AdmitLogin.Outcome;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.login.Login;
import io.portcullis.domain.login.Logout;
import io.portcullis.domain.login.SendLoginCode;
import io.portcullis.domain.login.VerifyLogin;
import io.portcullis.domain.mfa.RequestCode;
import io.portcullis.domain.mfa.SecondFactor.Proved;
import io.portcullis.domain.mfa.StepUp;
import io.portcullis.http.DeviceCookie;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.SecondFactorNeeded;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** {@code login}, {@code verify}, {@code sendCode}, {@code logout}. */
public final class LoginOperations implements Operations {
    private final Login login;
    private final VerifyLogin verifyLogin;
    private final StepUp stepUp;
    private final SendLoginCode sendLoginCode;
    private final RequestCode requestCode;
    private final Logout logout;
    private final LegacyLogout legacyLogout;
    private final LoginCookie cookie;
    private final DeviceCookie deviceCookie;
    private final OwnSession ownSession;

    public LoginOperations(
            Login login,
            VerifyLogin verifyLogin,
            StepUp stepUp,
            SendLoginCode sendLoginCode,
            RequestCode requestCode,
            Logout logout,
            LegacyLogout legacyLogout,
            LoginCookie cookie,
            DeviceCookie deviceCookie,
            OwnSession ownSession) {
        this.login = login;
        this.verifyLogin = verifyLogin;
        this.stepUp = stepUp;
        this.sendLoginCode = sendLoginCode;
        this.requestCode = requestCode;
        this.logout = logout;
        this.legacyLogout = legacyLogout;
        this.cookie = cookie;
        this.deviceCookie = deviceCookie;
        this.ownSession = ownSession;
    }

    @Override
    public List<Operation> all() {
        return List.of(
                new Operation("login", this::login),
                new Operation("verify", this::verify),
                new Operation("sendCode", this::sendCode),
                new Operation("logout", this::logout));
    }

    private Reply login(Call call) {
        var outcome = login.login(call.required("email"), call.required("password"), call.deviceToken(), call.origin());
        return switch (outcome) {
            case Outcome.Complete complete ->
                remembering(begun(Reply.of("loggedIn", loggedIn(complete)), complete), complete.device());
            case Outcome.SecondFactorNeeded needed ->
                Reply.of("secondFactorNeeded", SecondFactorNeeded.json(needed))
                        .withCookie(cookie.holding(needed.tempToken(), needed.expiresIn()));
        };
    }

    /** A temp token that is named goes first, then a bearer, then the cookie of a login in progress, then any other cookie. */
    private Reply verify(Call call) {
        var code = Parameter.withoutSpaces(call.required("code"));
        var method = call.optional("method").flatMap(Method::of);
        var tempToken = tempToken(call);
        return tempToken.isPresent()
                ? completeLogin(call, tempToken.get(), code, method)
                : raiseSession(call, code, method);
    }

    private static Optional<String> tempToken(Call call) {
        return call.optional("mfaTempToken")
                .or(() -> call.carriesCredential() == Call.CarriedBy.BEARER ? Optional.empty() : call.loginToken());
    }

    private Reply sendCode(Call call) {
        var tempToken = tempToken(call);
        return SentView.reply(
                tempToken.isPresent()
                        ? sendLoginCode.send(tempToken.get(), call.origin())
                        : requestCode.forSession(call.caller().session(), call.origin()));
    }

    private Reply completeLogin(Call call, String tempToken, String code, Optional<Method> method) {
        var verified = verifyLogin.verify(tempToken, code, method, device(call), call.origin());
        var complete = verified.login();
        var values = withRecovery(loggedIn(complete), verified.proved());
        var reply = complete.released()
                .map(answer -> Reply.released(answer, "released", values))
                .orElseGet(() -> Reply.of("loggedIn", values));
        return remembering(begun(reply.withCookie(cookie.cleared()), complete), complete.device());
    }

    private static ThisDevice device(Call call) {
        return new ThisDevice(call.deviceToken(), call.flag("rememberDevice"));
    }

    private Reply begun(Reply reply, Outcome.Complete complete) {
        var withCookie = complete.setCookie().map(reply::withCookie).orElse(reply);
        return ownSession.begun(withCookie, complete.token(), complete.session());
    }

    private Reply remembering(Reply reply, Optional<DeviceToken> device) {
        return device.map(deviceCookie::holding).map(reply::withCookie).orElse(reply);
    }

    private Reply raiseSession(Call call, String code, Optional<Method> method) {
        var judged = call.credential().get();
        var caller = judged.caller();
        var raised = stepUp.stepUp(caller.session(), code, method, device(call), call.origin());
        var values = new JsonObject()
                .put("verified", true)
                .put(
                        "user",
                        UserView.json(
                                caller.session().identity(), caller.standing().state()));
        var reply = Reply.of("verified", withRecovery(values, raised.proved()));
        return remembering(ownSession.raised(reply, judged), raised.device());
    }

    private Reply logout(Call call) {
        var judged = call.credential().get();
        logout.logout(judged.caller().session(), call.origin());
        legacyLogout.passOn(judged.caller().session(), judged.carried());
        return ownSession.ended(Reply.of("loggedOut").withCookie(cookie.cleared()));
    }

    private static JsonObject loggedIn(Outcome.Complete complete) {
        return new JsonObject()
                .put("token", complete.token())
                .put(
                        "user",
                        UserView.json(
                                complete.session().identity(),
                                complete.standing().state()));
    }

    private static JsonObject withRecovery(JsonObject values, Proved proved) {
        return proved.method() == Method.RECOVERY
                ? values.put("recoveryCodesRemaining", proved.recoveryCodesRemaining())
                : values;
    }
}
