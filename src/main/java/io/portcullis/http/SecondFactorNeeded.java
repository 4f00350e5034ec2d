package io.portcullis.http;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.login.AdmitLogin.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a login is answered whose second factor is still to come, wherever the login came in. */
public final class SecondFactorNeeded {
    private SecondFactorNeeded() {}

    public static JsonObject json(Outcome.SecondFactorNeeded needed) {
        return new JsonObject()
                .put("mfaRequired", true)
                .put("mfaTempToken", needed.tempToken())
                .put(
                        "methods",
                        new JsonArray(needed.methods().stream()
                                .sorted()
                                .map(Method::wire)
                                .toList()))
                .put("expiresIn", needed.expiresIn().toSeconds());
    }
}
