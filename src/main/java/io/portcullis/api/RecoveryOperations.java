package io.portcullis.api;

import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.RecoveryCode;
import io.portcullis.domain.mfa.RegenerateRecoveryCodes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code recoveryCodes}, {@code regenerateRecoveryCodes}. */
public final class RecoveryOperations implements Operations {
    private final Accounts accounts;
    private final RegenerateRecoveryCodes regenerate;

    public RecoveryOperations(Accounts accounts, RegenerateRecoveryCodes regenerate) {
        this.accounts = accounts;
        this.regenerate = regenerate;
    }

    @Override
    public List<Operation> all() {
        return List.of(
                new Operation("recoveryCodes", this::list), new Operation("regenerateRecoveryCodes", this::regenerate));
    }

    private Reply list(Call call) {
        var codes = accounts.recoveryCodes(call.caller().session().account());
        var listed = codes.stream()
                .map(code -> new JsonObject()
                        .put("masked", RecoveryCode.masked(code))
                        .put("used", code.used()))
                .toList();
        return Reply.of(
                "listed",
                new JsonObject()
                        .put("total", codes.size())
                        .put(
                                "remaining",
                                codes.stream().filter(code -> !code.used()).count())
                        .put("codes", new JsonArray(listed)));
    }

    private Reply regenerate(Call call) {
        var codes = regenerate.regenerate(call.caller().session(), MfaOperations.freshProof(call), call.origin());
        return Reply.of("regenerated", new JsonObject().put("recoveryCodes", plaintext(codes)));
    }

    static JsonArray plaintext(List<RecoveryCode> codes) {
        return new JsonArray(codes.stream().map(RecoveryCode::plaintext).toList());
    }
}
