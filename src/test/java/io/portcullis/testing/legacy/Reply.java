package io.portcullis.testing.legacy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the backend answers, and the secrets in it. */
final class Reply {
    private final int status;
    private final String body;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();

    private Reply(int status, String body) {
        this.status = status;
        this.body = body;
    }

    static Reply json(int status, JsonObject body) {
        return new Reply(status, body.encodePrettily()).with("Content-Type", "application/json; charset=utf-8");
    }

    static Reply page(String text) {
        return new Reply(200, "<!doctype html><title>Legacy</title><p>" + text + "</p>\n")
                .with("Content-Type", "text/html; charset=utf-8");
    }

    static Reply redirect(String location) {
        return new Reply(302, "").with("Location", location);
    }

    Reply with(String name, String value) {
        headers.add(Map.entry(name, value));
        return this;
    }

    /** Sets a cookie that is a secret. */
    Reply cookie(String name, String value) {
        return with("Set-Cookie", name + "=" + value + "; Path=/; HttpOnly").secret(value);
    }

    Reply noCookie(String name) {
        return with("Set-Cookie", name + "=; Path=/; Max-Age=0");
    }

    Reply secret(String secret) {
        secrets.add(secret);
        return this;
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    List<Map.Entry<String, String>> headers() {
        return headers;
    }

    boolean handsOut() {
        return !secrets.isEmpty();
    }

    /** For whoever wants to compare it with what arrives. */
    JsonObject told() {
        var told = new JsonArray();
        headers.forEach(header -> told.add(new JsonArray().add(header.getKey()).add(header.getValue())));
        return JsonObject.of("status", status, "headers", told, "body", body, "secrets", new JsonArray(secrets));
    }
}
