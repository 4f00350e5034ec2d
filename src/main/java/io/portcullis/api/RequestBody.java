package io.portcullis.api;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Problem.FieldError;
import io.portcullis.domain.error.Refused;
import io.portcullis.http.UnreadBody;
import io.portcullis.http.WholeBody;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The body of a request to one of our own routes: bounded, JSON, and read into an operation's arguments. */
final class RequestBody {
    private RequestBody() {}

    /** Reads the body of a paused request, on its event loop. Fails with {@code BodyTooLarge} or {@code InvalidRequest}. */
    static Future<JsonObject> read(HttpServerRequest request) {
        if (!UnreadBody.announced(request)) {
            request.resume();
            return Future.succeededFuture(new JsonObject());
        }
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null
                || !type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals("application/json")) {
            // Also a defence: a form on another site cannot send this type without a preflight.
            return Future.failedFuture(
                    new Refused(Problem.InvalidRequest.field("Content-Type", "must be application/json")));
        }
        return WholeBody.of(request).map(RequestBody::parse);
    }

    private static JsonObject parse(Buffer body) {
        try {
            return body.length() == 0 ? new JsonObject() : new JsonObject(body);
        } catch (DecodeException | ClassCastException notAnObject) {
            throw new Refused(Problem.InvalidRequest.field("body", "must be a JSON object"));
        }
    }

    /** The operation's arguments. All that is missing or malformed is told at once, under the client's names. */
    static Map<String, String> arguments(Dialect.Route route, JsonObject body) {
        var arguments = new HashMap<String, String>();
        var faults = new ArrayList<FieldError>();
        for (var parameter : route.operation().parameters()) {
            var pointer = route.arguments().get(parameter.name());
            if (pointer == null) {
                continue;
            }
            var field = pointer.substring(1);
            switch (JsonPointer.from(pointer).queryJson(body)) {
                case null -> {
                    if (parameter.required()) {
                        faults.add(new FieldError(field, "is missing"));
                    }
                }
                case String text ->
                    parameter
                            .form()
                            .fault(text)
                            .ifPresentOrElse(
                                    fault -> faults.add(new FieldError(field, fault)),
                                    () -> arguments.put(parameter.name(), text));
                default -> faults.add(new FieldError(field, "must be a text"));
            }
        }
        if (!faults.isEmpty()) {
            throw new Refused(new Problem.InvalidRequest(faults));
        }
        return arguments;
    }
}
