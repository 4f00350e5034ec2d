package io.portcullis.adapter.redis;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** A session as it is stored, without the time of its last use. The parts that a pending login has too are written the same way there. */
final class SessionJson {
    private SessionJson() {}

    static String write(Session session) {
        var verified = new JsonObject();
        session.verified().forEach((method, at) -> verified.put(method.wire(), at.toString()));
        return new JsonObject()
                .put("source", session.source())
                .put("identity", identity(session.identity()))
                .put("firstFactor", new JsonArray(session.firstFactor()))
                .put("verified", verified)
                .put("createdAt", session.createdAt().toString())
                .put("expiresAt", session.expiresAt().toString())
                .put("idle", session.idle().toString())
                .put("credentialExpiresAt", session.credential().expiresAt().toString())
                .put("client", client(session.client()))
                .put("securityVersion", session.securityVersion())
                .encode();
    }

    static Session read(Fingerprint fingerprint, String text, Instant lastSeenAt) {
        var json = new JsonObject(text);
        var verified = new EnumMap<Method, Instant>(Method.class);
        json.getJsonObject("verified")
                .forEach(entry -> verified.put(
                        Method.of(entry.getKey()).orElseThrow(),
                        Instant.parse(entry.getValue().toString())));
        return new Session(
                new Credential(fingerprint, Instant.parse(json.getString("credentialExpiresAt"))),
                json.getString("source"),
                identity(json.getJsonObject("identity")),
                strings(json.getJsonArray("firstFactor")),
                verified,
                Instant.parse(json.getString("createdAt")),
                Instant.parse(json.getString("expiresAt")),
                lastSeenAt,
                Duration.parse(json.getString("idle")),
                client(json.getJsonObject("client")),
                json.getLong("securityVersion"));
    }

    static JsonObject identity(Identity identity) {
        return new JsonObject()
                .put("realm", identity.account().realm())
                .put("subject", identity.account().subject())
                .put("email", identity.email().orElse(null))
                .put("role", identity.role().orElse(null));
    }

    static Identity identity(JsonObject json) {
        return new Identity(
                new Account(json.getString("realm"), json.getString("subject")),
                Optional.ofNullable(json.getString("email")),
                Optional.ofNullable(json.getString("role")));
    }

    static JsonObject client(Client client) {
        return new JsonObject().put("address", client.address()).put("userAgent", client.userAgent());
    }

    static Client client(JsonObject json) {
        return new Client(json.getString("address"), json.getString("userAgent"));
    }

    static List<String> strings(JsonArray array) {
        return array.stream().map(Object::toString).toList();
    }
}
