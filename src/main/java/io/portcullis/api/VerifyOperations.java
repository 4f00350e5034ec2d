package io.portcullis.api;

import io.portcullis.dialect.Parameter;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.device.ThisDevice;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.SendLoginCode;
import io.portcullis.domain.login.VerifyLogin;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.mfa.RequestCode;
import io.portcullis.domain.mfa.RunningSetup;
import io.portcullis.domain.mfa.StepUp;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** {@code verify}, {@code proveCode}, {@code sendCode}: the second factor, and what a code may be for besides. */
public final class VerifyOperations implements Operations {
    private final VerifyLogin verifyLogin;
    private final StepUp stepUp;
    private final RunningSetup runningSetup;
    private final SendLoginCode sendLoginCode;
    private final RequestCode requestCode;
    private final MfaOperations mfa;
    private final LoginReply replies;

    public VerifyOperations(
            VerifyLogin verifyLogin,
            StepUp stepUp,
            RunningSetup runningSetup,
            SendLoginCode sendLoginCode,
            RequestCode requestCode,
            MfaOperations mfa,
            LoginReply replies) {
        this.verifyLogin = verifyLogin;
        this.stepUp = stepUp;
        this.runningSetup = runningSetup;
        this.sendLoginCode = sendLoginCode;
        this.requestCode = requestCode;
        this.mfa = mfa;
        this.replies = replies;
    }

    @Override
    public List<Operation> all() {
        return List.of(
                new Operation("verify", this::verify),
                new Operation("proveCode", this::proveCode),
                new Operation("sendCode", this::sendCode));
    }

    private Reply verify(Call call) {
        return tempToken(call).map(token -> completeLogin(call, token)).orElseGet(() -> raiseSession(call));
    }

    /** A temp token that is named goes first, then a bearer, then the cookie of a login in progress, then any other cookie. */
    private static Optional<String> tempToken(Call call) {
        return call.optional("mfaTempToken")
                .or(() -> call.carriesCredential() == Call.CarriedBy.BEARER ? Optional.empty() : call.loginToken());
    }

    /** A token says what the code is for; without one, the login in progress goes first, then a set-up, then the session. */
    private Reply proveCode(Call call) {
        var token = call.optional("token");
        if (token.isPresent()) {
            return byToken(call, token.get());
        }
        var inProgress = tempToken(call);
        if (inProgress.isPresent()) {
            return completeLogin(call, inProgress.get());
        }
        var caller = call.caller();
        boolean confirms = runningSetup.awaitsCodeOf(caller.session());
        if (call.flag("setupNeedsToken") && (confirms || caller.standing().state() != MfaState.ENABLED)) {
            throw new Refused(Problem.InvalidRequest.field("token", "is missing"));
        }
        return confirms ? mfa.confirm(call, Optional.empty()) : raiseSession(call);
    }

    private Reply byToken(Call call, String token) {
        if (verifyLogin.knows(token)) {
            return completeLogin(call, token);
        } else if (call.carriesCredential() == Call.CarriedBy.NOTHING) {
            throw new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN));
        }
        return mfa.confirm(call, Optional.of(token));
    }

    private Reply sendCode(Call call) {
        return SentView.reply(tempToken(call)
                .map(token -> sendLoginCode.send(token, call.origin()))
                .orElseGet(() -> requestCode.forSession(call.caller().session(), call.origin())));
    }

    private Reply completeLogin(Call call, String tempToken) {
        var verified = verifyLogin.verify(tempToken, code(call), method(call), device(call), call.origin());
        return replies.complete(verified.login(), verified.proved());
    }

    private Reply raiseSession(Call call) {
        var judged = call.credential().get();
        var caller = judged.caller();
        var raised = stepUp.stepUp(caller.session(), code(call), method(call), device(call), call.origin());
        var values = new JsonObject()
                .put("verified", true)
                .put(
                        "user",
                        UserView.json(
                                caller.session().identity(), caller.standing().state()));
        return replies.raised(values, judged, raised.proved(), raised.device());
    }

    private static String code(Call call) {
        return Parameter.withoutSpaces(call.required("code"));
    }

    private static Optional<Method> method(Call call) {
        return call.optional("method").flatMap(Method::of);
    }

    private static ThisDevice device(Call call) {
        return new ThisDevice(call.deviceToken(), call.flag("rememberDevice"));
    }
}
