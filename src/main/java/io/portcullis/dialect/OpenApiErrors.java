package io.portcullis.dialect;

import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.ErrorCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The errors of dialects as responses of OpenAPI: one for each status, described once for all dialects that add nothing to errors. */
final class OpenApiErrors {
    private static final String ERROR = "error";

    private final JsonObject schemas = new JsonObject();
    private final JsonObject responses = new JsonObject();

    /** By status, references to what {@link #responses} describes. */
    JsonObject of(Dialect dialect) {
        var members = dialect.errors().members();
        var name = members.isEmpty() ? ERROR : dialect.name() + "." + ERROR;
        if (!schemas.containsKey(name)) {
            schemas.put(name, schema(members));
        }
        var references = new JsonObject();
        byStatus().forEach((status, codes) -> {
            var response = name + "." + status;
            if (!responses.containsKey(response)) {
                responses.put(response, response(name, status, codes));
            }
            references.put(status.toString(), new JsonObject().put("$ref", "#/components/responses/" + response));
        });
        return references;
    }

    JsonObject schemas() {
        return schemas;
    }

    JsonObject responses() {
        return responses;
    }

    /** A described route has its method. */
    private static Map<Integer, List<ErrorCode>> byStatus() {
        return Stream.of(ErrorCode.values())
                .filter(code -> code != ErrorCode.METHOD_NOT_ALLOWED)
                .collect(Collectors.groupingBy(ErrorCode::status, TreeMap::new, Collectors.toList()));
    }

    private static JsonObject schema(Map<String, Template> ofDialect) {
        var schema = shape(Catalogue.OPERATIONS.error()).schema();
        var properties = schema.getJsonObject("properties");
        properties.put("success", new JsonObject().put("const", false));
        properties
                .getJsonObject(ERROR)
                .getJsonObject("properties")
                .put("code", texts(Stream.of(ErrorCode.values()).map(ErrorCode::wire)))
                .put("action", texts(Stream.of(Action.values()).map(Action::name)));
        ofDialect.forEach((name, template) -> {
            var member = TemplateSchema.of(template, Catalogue.OPERATIONS.error());
            properties.put(name, member.schema());
            if (!member.optional()) {
                schema.getJsonArray("required").add(name);
            }
        });
        return schema;
    }

    private static Shape shape(Shape shape) {
        return shape instanceof Shape.Named named ? named.shape() : shape;
    }

    private static JsonObject response(String schema, int status, List<ErrorCode> codes) {
        var code = new JsonObject().put("code", texts(codes.stream().map(ErrorCode::wire)));
        var narrowed = new JsonObject()
                .put("properties", new JsonObject().put(ERROR, new JsonObject().put("properties", code)));
        var body = new JsonObject()
                .put(
                        "allOf",
                        new JsonArray()
                                .add(OpenApiAnswers.reference("schemas", schema))
                                .add(narrowed));
        return new JsonObject()
                .put("description", codes.stream().map(ErrorCode::wire).collect(Collectors.joining(", ")))
                .put("headers", headers(status))
                .put("content", OpenApiAnswers.json(body).put("text/html", page()));
    }

    private static JsonObject headers(int status) {
        var headers = OpenApiAnswers.common();
        ofStatus(status)
                .forEach((name, required) -> headers.put(
                        name,
                        new JsonObject()
                                .put("required", required)
                                .put("schema", new JsonObject().put("type", "string"))));
        return headers;
    }

    /** Headers of an error besides the common ones, and whether it always has them. */
    private static Map<String, Boolean> ofStatus(int status) {
        var headers = new LinkedHashMap<String, Boolean>();
        if (status == ErrorCode.AUTH_REQUIRED.status() || status == ErrorCode.TWO_FACTOR_REQUIRED.status()) {
            headers.put("WWW-Authenticate", false);
        } else if (status == ErrorCode.ACCOUNT_LOCKED.status()) {
            headers.put("Retry-After", false);
        } else if (status == ErrorCode.RATE_LIMITED.status()) {
            headers.put("Retry-After", true);
            headers.put("RateLimit", true);
            headers.put("RateLimit-Policy", true);
        }
        return headers;
    }

    private static JsonObject texts(Stream<String> texts) {
        return Shape.Scalar.oneOf(texts.toList()).schema();
    }

    /** The same for a person whose browser goes to the route. */
    private static JsonObject page() {
        return new JsonObject().put("schema", new JsonObject().put("type", "string"));
    }
}
