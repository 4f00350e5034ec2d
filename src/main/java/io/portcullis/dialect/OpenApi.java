package io.portcullis.dialect;

import io.portcullis.dialect.OperationSpec.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every route of dialects as an OpenAPI 3.1 document; the same dialects make the same document, member for member.
 *
 * @param version of the gateway
 * @param server where clients reach it
 * @param sessionCookie the name of the cookie that holds a session token of the gateway's own
 */
public record OpenApi(String version, String server, String sessionCookie) {
    private static final String BEARER = "bearer";
    private static final String SESSION = "session";

    public JsonObject of(Dialects dialects) {
        var errors = new OpenApiErrors();
        return new JsonObject()
                .put("openapi", "3.1.0")
                .put(
                        "info",
                        new JsonObject()
                                .put("title", "Portcullis")
                                .put(
                                        "description",
                                        "What the gateway itself answers. A tag is a dialect: one frontend's words for the same operations.")
                                .put("version", version))
                .put("servers", new JsonArray().add(new JsonObject().put("url", server)))
                .put(
                        "tags",
                        array(dialects.all().stream()
                                .map(dialect -> new JsonObject().put("name", dialect.name()))
                                .toList()))
                .put("paths", paths(dialects, errors))
                .put(
                        "components",
                        new JsonObject()
                                .put("schemas", schemas(errors))
                                .put("responses", errors.responses())
                                .put("headers", OpenApiAnswers.commonHeaders())
                                .put("securitySchemes", securitySchemes()));
    }

    private static JsonObject paths(Dialects dialects, OpenApiErrors errors) {
        var paths = new JsonObject();
        var taken = new HashSet<String>();
        for (var dialect : dialects.all()) {
            for (var route : dialect.routes()) {
                if (!paths.containsKey(route.path())) {
                    paths.put(route.path(), new JsonObject());
                }
                paths.getJsonObject(route.path())
                        .put(
                                route.method().toLowerCase(java.util.Locale.ROOT),
                                operation(dialect, route, errors, taken));
            }
        }
        return paths;
    }

    private static JsonObject operation(Dialect dialect, Route route, OpenApiErrors errors, Set<String> taken) {
        var about = route.cases().stream()
                .map(one -> one.operation().about())
                .distinct()
                .collect(Collectors.joining(" Or: "));
        var operation = new JsonObject()
                .put("operationId", id(dialect, route, taken))
                .put("tags", new JsonArray().add(dialect.name()))
                .put("summary", about);
        var request = new OpenApiRequest(route);
        var parameters = request.parameters();
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        request.body().ifPresent(body -> operation.put("requestBody", body));
        var responses = OpenApiAnswers.of(route);
        responses.mergeIn(errors.of(dialect));
        return operation.put("responses", responses).put("security", security(route));
    }

    /** The words of the path behind the base, and the method where the path has several: {@code better-auth.verify}. */
    private static String id(Dialect dialect, Route route, Set<String> taken) {
        var words = new ArrayList<>(List.of(dialect.name()));
        Arrays.stream(route.path().substring(dialect.base().length()).split("/", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.replaceAll("[{}]", ""))
                .forEach(words::add);
        if (dialect.routes().stream()
                        .filter(other -> other.path().equals(route.path()))
                        .count()
                > 1) {
            words.add(route.method().toLowerCase(java.util.Locale.ROOT));
        }
        var id = String.join(".", words);
        for (int again = 2; !taken.add(id); again++) {
            id = String.join(".", words) + "." + again;
        }
        return id;
    }

    private static JsonArray security(Route route) {
        var callers = route.cases().stream()
                .map(one -> one.operation().caller())
                .distinct()
                .toList();
        var security = new JsonArray();
        if (!callers.equals(List.of(Caller.NOBODY))) {
            security.add(new JsonObject().put(BEARER, new JsonArray()))
                    .add(new JsonObject().put(SESSION, new JsonArray()));
            if (!callers.equals(List.of(Caller.REQUIRED))) {
                security.add(new JsonObject());
            }
        }
        return security;
    }

    private static JsonObject schemas(OpenApiErrors errors) {
        var schemas = new JsonObject();
        new TreeMap<>(Catalogue.OPERATIONS.shapes()).forEach((name, shape) -> {
            if (shape instanceof Shape.Named named) {
                schemas.put(name, named.shape().schema());
            }
        });
        schemas.mergeIn(errors.schemas());
        return schemas;
    }

    private JsonObject securitySchemes() {
        return new JsonObject()
                .put(
                        BEARER,
                        new JsonObject()
                                .put("type", "http")
                                .put("scheme", "bearer")
                                .put(
                                        "description",
                                        "A session token of the gateway's own, or a credential that the config takes as a bearer."))
                .put(
                        SESSION,
                        new JsonObject()
                                .put("type", "apiKey")
                                .put("in", "cookie")
                                .put("name", sessionCookie)
                                .put("description", "A session token of the gateway's own."));
    }

    private static JsonArray array(List<JsonObject> items) {
        return new JsonArray(new ArrayList<>(items));
    }
}
