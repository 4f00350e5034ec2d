package io.portcullis.demo;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A request as it arrived, for whoever wants to know what a proxy in front made of it. */
final class Inspection {
    private Inspection() {}

    /** Method, raw target, and the headers with repetitions, in their order and spelling. */
    static JsonObject of(HttpServerRequest request) {
        var headers = new JsonArray();
        request.headers().forEach((name, value) -> headers.add(JsonArray.of(name, value)));
        return JsonObject.of("method", request.method().name(), "uri", request.uri(), "headers", headers);
    }

    static JsonObject of(HttpServerRequest request, BodyDigest body) {
        return of(request).put("bodySha256", body.sha256()).put("bodyBytes", body.bytes());
    }
}
