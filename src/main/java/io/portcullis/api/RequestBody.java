package io.portcullis.api;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.http.UnreadBody;
import io.portcullis.http.WholeBody;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** The body of a request to one of our own routes: bounded, and JSON. */
final class RequestBody {
    private RequestBody() {}

    /** Reads the body of a paused request, on its event loop; a GET has none. Fails with {@code BodyTooLarge} or {@code InvalidRequest}. */
    static Future<JsonObject> read(HttpServerRequest request) {
        if (!UnreadBody.announced(request)) {
            request.resume();
            return Future.succeededFuture(new JsonObject());
        }
        if (request.method().equals(HttpMethod.GET)) {
            return Future.failedFuture(new Refused(Problem.InvalidRequest.field("body", "must be left out of a GET")));
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
}
