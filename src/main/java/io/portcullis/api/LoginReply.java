package io.portcullis.api;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.device.DeviceToken;
import io.portcullis.domain.login.AdmitLogin.Outcome;
import io.portcullis.domain.mfa.SecondFactor.Proved;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.http.DeviceCookie;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.SecondFactorNeeded;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What a client gets of a login: its credential, and the cookies that go with it. */
public final class LoginReply {
    private final LoginCookie loginCookie;
    private final DeviceCookie deviceCookie;
    private final OwnSession ownSession;

    public LoginReply(LoginCookie loginCookie, DeviceCookie deviceCookie, OwnSession ownSession) {
        this.loginCookie = loginCookie;
        this.deviceCookie = deviceCookie;
        this.ownSession = ownSession;
    }

    /** The second factor is still to come. */
    Reply awaiting(Outcome.SecondFactorNeeded needed) {
        return Reply.of("secondFactorNeeded", SecondFactorNeeded.json(needed))
                .withCookie(loginCookie.holding(needed.tempToken(), needed.expiresIn()));
    }

    /** A login that asked for no second factor. */
    Reply complete(Outcome.Complete complete) {
        return begun(Reply.of("loggedIn", values(complete)), complete);
    }

    /** A login whose second factor was right. What the backend answered is released, where it was withheld. */
    Reply complete(Outcome.Complete complete, Proved proved) {
        var values = withRecovery(values(complete), proved);
        var reply = complete.released()
                .map(answer -> Reply.released(answer, "released", values))
                .orElseGet(() -> Reply.of("loggedIn", values));
        return begun(reply, complete).withCookie(loginCookie.cleared());
    }

    /** A session that was raised to two factors. */
    Reply raised(JsonObject values, Call.Judged judged, Proved proved, Optional<DeviceToken> device) {
        return remembering(ownSession.raised(Reply.of("verified", withRecovery(values, proved)), judged), device);
    }

    /** Nobody is logged in here any more. */
    Reply ended() {
        return ownSession.ended(Reply.of("loggedOut").withCookie(loginCookie.cleared()));
    }

    private Reply begun(Reply reply, Outcome.Complete complete) {
        var withCookie = complete.setCookie().map(reply::withCookie).orElse(reply);
        return remembering(ownSession.begun(withCookie, complete.token(), complete.session()), complete.device());
    }

    private Reply remembering(Reply reply, Optional<DeviceToken> device) {
        return device.map(deviceCookie::holding).map(reply::withCookie).orElse(reply);
    }

    /** A credential that the backend keeps from scripts, in a cookie, is shown to none here. */
    private static JsonObject values(Outcome.Complete complete) {
        var values = new JsonObject()
                .put(
                        "user",
                        UserView.json(
                                complete.session().identity(),
                                complete.standing().state()));
        if (isInLegacyCookie(complete)) {
            return values;
        }
        values.put("token", complete.token());
        return OwnToken.is(complete.token()) ? values : values.put("bearerToken", complete.token());
    }

    private static boolean isInLegacyCookie(Outcome.Complete complete) {
        return complete.setCookie().isPresent()
                || complete.released()
                        .filter(answer -> answer.setsCookie(complete.token()))
                        .isPresent();
    }

    private static JsonObject withRecovery(JsonObject values, Proved proved) {
        return proved.method() == Method.RECOVERY
                ? values.put("recoveryCodesRemaining", proved.recoveryCodesRemaining())
                : values;
    }
}
