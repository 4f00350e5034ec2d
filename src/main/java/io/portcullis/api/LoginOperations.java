package io.portcullis.api;

import io.portcullis.dialect.Parameter;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.login.AdmitLogin.Outcome;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.login.Login;
import io.portcullis.domain.login.LoginWithCode;
import io.portcullis.domain.login.Logout;
import java.util.List;

/** {@code login}, {@code logout}. */
public final class LoginOperations implements Operations {
    private final Login login;
    private final LoginWithCode loginWithCode;
    private final Logout logout;
    private final LegacyLogout legacyLogout;
    private final LoginReply replies;

    public LoginOperations(
            Login login, LoginWithCode loginWithCode, Logout logout, LegacyLogout legacyLogout, LoginReply replies) {
        this.login = login;
        this.loginWithCode = loginWithCode;
        this.logout = logout;
        this.legacyLogout = legacyLogout;
        this.replies = replies;
    }

    @Override
    public List<Operation> all() {
        return List.of(new Operation("login", this::login), new Operation("logout", this::logout));
    }

    private Reply login(Call call) {
        var code = call.optional("code").map(Parameter::withoutSpaces);
        if (code.isPresent()) {
            return loginWithCode(call, code.get());
        }
        var outcome = login.login(call.required("email"), call.required("password"), call.deviceToken(), call.origin());
        return switch (outcome) {
            case Outcome.Complete complete -> replies.complete(complete);
            case Outcome.SecondFactorNeeded needed -> replies.awaiting(needed);
        };
    }

    private Reply loginWithCode(Call call, String code) {
        var loggedIn = loginWithCode.login(
                call.required("email"),
                call.required("password"),
                code,
                new ThisDevice(call.deviceToken(), false),
                call.origin());
        return loggedIn.proved()
                .map(proved -> replies.complete(loggedIn.login(), proved))
                .orElseGet(() -> replies.complete(loggedIn.login()));
    }

    private Reply logout(Call call) {
        var judged = call.credential().get();
        logout.logout(judged.caller().session(), call.origin());
        legacyLogout.passOn(judged.caller().session(), judged.carried());
        return replies.ended();
    }
}
