package io.portcullis.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The body of a request to one of our own routes: bounded, and JSON, or a form where the route takes one.
 *
 * @param form decoded
 */
record RequestBody(JsonObject json, Map<String, List<String>> form) {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final RequestBody NONE = new RequestBody(new JsonObject(), Map.of());

    /** Reads the body of a paused request, on its event loop; a GET has none. Fails with {@code BodyTooLarge} or {@code InvalidRequest}. */
    static Future<RequestBody> read(HttpServerRequest request, boolean takesForms) {
        if (!UnreadBody.announced(request)) {
            request.resume();
            return Future.succeededFuture(NONE);
        }
        if (request.method().equals(HttpMethod.GET)) {
            return Future.failedFuture(invalid("body", "must be left out of a GET"));
        }
        var header = request.getHeader(HttpHeaders.CONTENT_TYPE);
        var type = header == null ? "" : header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (type.equals(JSON)) {
            return WholeBody.of(request).map(body -> new RequestBody(json(body), Map.of()));
        } else if (takesForms && type.equals(FORM)) {
            return WholeBody.of(request)
                    .map(body ->
                            new RequestBody(new JsonObject(), UriText.query(body.toString(StandardCharsets.UTF_8))));
        }
        // Also a defence: a form on another site cannot send JSON without a preflight.
        return Future.failedFuture(invalid("Content-Type", "must be " + JSON + (takesForms ? " or " + FORM : "")));
    }

    /** The fields, undecoded, of a paused request that has a form and nothing else. Fails likewise. */
    static Future<Map<String, List<String>>> form(HttpServerRequest request) {
        var header = request.getHeader(HttpHeaders.CONTENT_TYPE);
        var type = header == null ? "" : header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (!type.equals(FORM)) {
            return Future.failedFuture(invalid("Content-Type", "must be " + FORM));
        }
        return WholeBody.of(request).map(body -> UriText.query(body.toString(StandardCharsets.UTF_8)));
    }

    /** No fields, of a paused request that may have no body. */
    static Future<Map<String, List<String>>> none(HttpServerRequest request) {
        if (UnreadBody.announced(request)) {
            return Future.failedFuture(invalid("body", "must be left out of a GET"));
        }
        request.resume();
        return Future.succeededFuture(Map.of());
    }

    private static JsonObject json(Buffer body) {
        try {
            return body.length() == 0 ? new JsonObject() : new JsonObject(strict(body));
        } catch (DecodeException | ClassCastException | IOException notAnObject) {
            throw invalid("body", "must be a JSON object");
        }
    }

    /** The parser of Vert.x passes over comments and takes the last of two equal members. RFC 8259 has no comments, and leaves the other to each reader. */
    private static Buffer strict(Buffer body) throws IOException {
        try (var parser = STRICT.createParser(body.getBytes())) {
            while (parser.nextToken() != null) {
                // read to the end; what is wrong is thrown
            }
        }
        return body;
    }

    private static Refused invalid(String field, String message) {
        return new Refused(Problem.InvalidRequest.field(field, message));
    }

    @Override
    public String toString() {
        return "RequestBody[hidden]";
    }
}
