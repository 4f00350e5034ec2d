package io.portcullis.api;

import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.ShowPendingLogin;
import io.portcullis.domain.mfa.RunningSetup;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code pendingLogin}, {@code runningSetup}: what is under way, for a page that was loaded anew. */
public final class ProgressOperations implements Operations {
    private final ShowPendingLogin showPendingLogin;
    private final RunningSetup runningSetup;

    public ProgressOperations(ShowPendingLogin showPendingLogin, RunningSetup runningSetup) {
        this.showPendingLogin = showPendingLogin;
        this.runningSetup = runningSetup;
    }

    @Override
    public List<Operation> all() {
        return List.of(
                new Operation("pendingLogin", this::pendingLogin), new Operation("runningSetup", this::runningSetup));
    }

    /** The cookie alone names it: no script that has a temp token needs to ask. */
    private Reply pendingLogin(Call call) {
        var token = call.loginToken().orElseThrow(() -> new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN)));
        var awaited = showPendingLogin.show(token);
        return Reply.of(
                "waiting",
                new JsonObject()
                        .put("methods", MethodsView.json(awaited.methods()))
                        .put("expiresIn", awaited.expiresIn().toSeconds()));
    }

    private Reply runningSetup(Call call) {
        var running = runningSetup.of(call.caller().session());
        return Reply.of(
                "running",
                new JsonObject()
                        .put("method", running.method().wire())
                        .put("expiresIn", running.expiresIn().toSeconds()));
    }
}
