package io.portcullis.adapter.redis;

import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.login.PendingLogin;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pending login as it is sealed. */
final class PendingLoginJson {
    private static final int VERSION = 1;

    private PendingLoginJson() {}

    static String write(PendingLogin login) {
        return new JsonObject()
                .put("v", VERSION)
                .put("identity", SessionJson.identity(login.identity()))
                .put("source", login.source())
                .put("firstFactor", new JsonArray(login.firstFactor()))
                .put("token", login.token())
                .put("fingerprint", login.credential().fingerprint().value())
                .put("credentialExpiresAt", login.credential().expiresAt().toString())
                .put("released", login.released().map(PendingLoginJson::answer).orElse(null))
                .put("setCookie", login.setCookie().orElse(null))
                .put("client", SessionJson.client(login.client()))
                .put("securityVersion", login.securityVersion())
                .encode();
    }

    /** Throws when another version of the gateway wrote it in a form that this one does not know. */
    static PendingLogin read(String text) {
        var json = new JsonObject(text);
        if (json.getInteger("v", 0) != VERSION) {
            throw new IllegalStateException("a stored record of version " + json.getInteger("v"));
        }
        return new PendingLogin(
                SessionJson.identity(json.getJsonObject("identity")),
                json.getString("source"),
                SessionJson.strings(json.getJsonArray("firstFactor")),
                json.getString("token"),
                new Credential(
                        new Fingerprint(json.getString("fingerprint")),
                        Instant.parse(json.getString("credentialExpiresAt"))),
                answer(json.getJsonObject("released")),
                Optional.ofNullable(json.getString("setCookie")),
                SessionJson.client(json.getJsonObject("client")),
                json.getLong("securityVersion"));
    }

    /** Headers are a list of pairs: their order and their repetitions are part of the answer. */
    private static JsonObject answer(LegacyAnswer answer) {
        var headers = new JsonArray();
        answer.headers()
                .forEach(header ->
                        headers.add(new JsonArray().add(header.getKey()).add(header.getValue())));
        return new JsonObject()
                .put("status", answer.status())
                .put("headers", headers)
                .put("body", answer.body());
    }

    private static Optional<LegacyAnswer> answer(@Nullable JsonObject json) {
        if (json == null) {
            return Optional.empty();
        }
        var headers = json.getJsonArray("headers").stream()
                .map(JsonArray.class::cast)
                .map(pair -> Map.entry(pair.getString(0), pair.getString(1)))
                .toList();
        return Optional.of(new LegacyAnswer(json.getInteger("status"), headers, json.getBinary("body")));
    }
}
