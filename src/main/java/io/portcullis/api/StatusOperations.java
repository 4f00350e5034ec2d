package io.portcullis.api;

import io.portcullis.domain.login.Caller;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.session.Level;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** {@code status}, {@code me}: how the caller's account and session stand. */
public final class StatusOperations implements Operations {
    private final MfaSettings settings;

    public StatusOperations(MfaSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Operation> all() {
        return List.of(
                new Operation("status", call -> Reply.of("status", status(call.caller()))),
                new Operation("me", this::me));
    }

    private JsonObject status(Caller caller) {
        var standing = caller.standing();
        return new JsonObject()
                .put("state", standing.state().name())
                .put("enabled", standing.state() == MfaState.ENABLED)
                .put("methods", MethodsView.json(standing.methods()))
                .put("verified", caller.session().level() == Level.TWO_FACTOR)
                .put("recoveryCodesRemaining", standing.recoveryCodesRemaining())
                .put(
                        "mandatory",
                        caller.session()
                                .identity()
                                .role()
                                .filter(settings.mandatoryRoles()::contains)
                                .isPresent());
    }

    private Reply me(Call call) {
        var caller = call.caller();
        var session = caller.session();
        return Reply.of(
                "me",
                new JsonObject()
                        .put(
                                "user",
                                UserView.json(
                                        session.identity(), caller.standing().state()))
                        .put("mfa", status(caller))
                        .put(
                                "session",
                                new JsonObject()
                                        .put("id", session.fingerprint().publicId())
                                        .put("createdAt", session.createdAt().toString())
                                        .put("expiresAt", session.expiresAt().toString())
                                        .put("level", session.level().wire())
                                        .put("amr", new JsonArray(session.amr()))
                                        .put(
                                                "verifiedAt",
                                                session.verifiedAt()
                                                        .map(Instant::toString)
                                                        .orElse(null))));
    }
}
