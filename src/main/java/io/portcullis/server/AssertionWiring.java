package io.portcullis.server;

import io.portcullis.adapter.crypto.AssertionKeys;
import io.portcullis.api.AssertionOperations;
import io.portcullis.api.Operations;
import io.portcullis.config.Settings;
import io.portcullis.gate.AssertionSettings;
import io.portcullis.gate.Assertions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What a config file says of assertions to backends: who gets them, and the keys that prove them. */
record AssertionWiring(Assertions gate, Operations operations) {
    private static final JsonObject NO_KEYS = new JsonObject().put("keys", new JsonArray());

    /** Throws {@code IllegalArgumentException} when the keys cannot be used. */
    static AssertionWiring of(Settings settings, InstantSource clock) {
        Optional<AssertionKeys> keys =
                settings.assertion().map(AssertionSettings::keys).map(AssertionKeys::of);
        var audiences = settings.assertion().map(AssertionSettings::audiences).orElse(Map.of());
        var gate = new Assertions(
                claims -> keys.orElseThrow().sign(claims),
                audiences,
                settings.server().publicUrl(),
                settings.assertion().map(AssertionSettings::ttl).orElse(AssertionSettings.SHORTEST),
                clock);
        return new AssertionWiring(
                gate, new AssertionOperations(keys.map(AssertionKeys::jwks).orElse(NO_KEYS)));
    }
}
