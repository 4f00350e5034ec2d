package io.portcullis.demo;

import io.vertx.core.json.JsonObject;

/** A row of the backend's user table. Its password is public: these people exist in the demo and in tests only. */
public record LegacyAccount(int id, String email, String role, String password) {
    /** As the login answers it. */
    JsonObject toJson() {
        return JsonObject.of("id", id, "email", email, "role", role);
    }
}
