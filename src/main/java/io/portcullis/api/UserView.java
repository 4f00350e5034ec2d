package io.portcullis.api;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.mfa.MfaState;
import io.vertx.core.json.JsonObject;

/** The public form of an account. Existing frontends read either spelling of the flag. */
final class UserView {
    private UserView() {}

    static JsonObject json(Identity identity, MfaState state) {
        boolean enabled = state == MfaState.ENABLED;
        return new JsonObject()
                .put("id", identity.account().subject())
                .put("email", identity.email().orElse(null))
                .put("role", identity.role().orElse(null))
                .put("twoFAEnabled", enabled)
                .put("twoFactorEnabled", enabled)
                .put("mfaState", state.name());
    }
}
