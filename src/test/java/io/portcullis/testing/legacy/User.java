package io.portcullis.testing.legacy;

import io.vertx.core.json.JsonObject;

/** Somebody in the backend's table; all are admins. */
record User(int id, String name) {
    String email() {
        return name + "@example.com";
    }

    JsonObject json() {
        return JsonObject.of("id", id, "email", email(), "role", "admin");
    }
}
