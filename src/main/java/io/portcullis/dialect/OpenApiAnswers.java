package io.portcullis.dialect;

import io.portcullis.dialect.OperationSpec.Kind;
import io.portcullis.dialect.OperationSpec.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All that a route may come to, as responses of OpenAPI by status; what is an error has its own. */
final class OpenApiAnswers {
    /** Marks what a backend said, which may be anything. */
    static final String RELEASED = "x-released";

    private static final String AS_IT_CAME = "The answer of the legacy backend, as it came.";

    private final Map<String, Answer> byStatus = new TreeMap<>();

    /** What several outcomes of one status add up to. */
    private static final class Answer {
        private final Set<String> outcomes = new LinkedHashSet<>();
        private final Set<JsonObject> bodies = new LinkedHashSet<>();
        private final Map<String, JsonObject> headers = new LinkedHashMap<>();
        private boolean released;
    }

    private OpenApiAnswers() {}

    static JsonObject of(Route route) {
        var answers = new OpenApiAnswers();
        for (var one : route.cases()) {
            one.operation().outcomesOf(one.arguments()).forEach(outcome -> answers.add(one, outcome));
        }
        var responses = new JsonObject();
        answers.byStatus.forEach((status, answer) -> responses.put(status, response(answer)));
        return responses;
    }

    private void add(Route.Case one, Outcome outcome) {
        var shaped = one.answers().get(outcome.name());
        if (outcome.kind() == Kind.REDIRECT) {
            at(outcome.status(), outcome)
                    .headers
                    .put(
                            "Location",
                            header(new JsonObject().put("type", "string").put("format", "uri"), true));
        } else if (outcome.kind() == Kind.RELEASED && shaped == null) {
            at(Integer.toString(outcome.status()), outcome).released = true;
            at("2XX", outcome).released = true;
            at("3XX", outcome).released = true;
        } else if (shaped == null) {
            body(outcome.values(), at(outcome.status(), outcome));
        } else {
            shaped(shaped, outcome);
        }
    }

    private void shaped(Route.Answer shaped, Outcome outcome) {
        boolean hasBody = shaped.body().isPresent() || !isNothing(outcome.values());
        int usual = hasBody && outcome.status() == 204 ? 200 : outcome.status();
        int status = shaped.status().orElse(usual);
        var answer = at(status, outcome);
        if (status != 204 && status != 205) {
            body(shaped, outcome, answer);
        }
        shaped.headers().forEach((name, template) -> answer.headers.put(name, header(template, outcome)));
        if (!shaped.cookies().isEmpty()) {
            var names = shaped.cookies().stream().map(Route.AnswerCookie::name).collect(Collectors.joining(", "));
            answer.headers.put(
                    "Set-Cookie",
                    header(new JsonObject().put("type", "string"), false).put("description", "Sets " + names + "."));
        }
    }

    private static void body(Route.Answer shaped, Outcome outcome, Answer answer) {
        shaped.body()
                .ifPresentOrElse(
                        body -> answer.bodies.add(
                                TemplateSchema.of(body, outcome.values()).schema()),
                        () -> body(outcome.values(), answer));
    }

    private static void body(Shape values, Answer answer) {
        if (!isNothing(values)) {
            answer.bodies.add(values.schema());
        }
    }

    private static boolean isNothing(Shape values) {
        return values instanceof Shape.Members object && object.members().isEmpty();
    }

    private Answer at(int status, Outcome outcome) {
        return at(Integer.toString(status), outcome);
    }

    private Answer at(String status, Outcome outcome) {
        var answer = byStatus.computeIfAbsent(status, first -> new Answer());
        answer.outcomes.add(outcome.name());
        return answer;
    }

    /** Where other outcomes have the same status, a header may be missing. */
    private static JsonObject response(Answer answer) {
        var headers = common();
        answer.headers.forEach((name, header) -> headers.put(
                name, answer.outcomes.size() == 1 ? header : header.copy().put("required", false)));
        var response =
                new JsonObject().put("description", described(answer.outcomes)).put("headers", headers);
        var bodies = new LinkedHashSet<>(answer.bodies);
        if (answer.released) {
            bodies.add(new JsonObject().put("description", AS_IT_CAME).put(RELEASED, true));
        }
        if (bodies.isEmpty()) {
            return response;
        }
        var content = answer.bodies.isEmpty() ? new JsonObject() : json(anyOf(bodies));
        if (answer.released) {
            content.put("*/*", new JsonObject().put("schema", new JsonObject().put("description", AS_IT_CAME)));
        }
        return response.put("content", content);
    }

    /** {@code loggedIn} and {@code verified} are "Logged in, or verified". */
    private static String described(Collection<String> outcomes) {
        var text = outcomes.stream()
                .map(name -> name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", or "));
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static JsonObject header(Template template, Outcome outcome) {
        boolean optional = TemplateSchema.of(template, outcome.values()).optional();
        return header(new JsonObject().put("type", "string"), !optional);
    }

    private static JsonObject header(JsonObject schema, boolean required) {
        return new JsonObject().put("required", required).put("schema", schema);
    }

    /** What every answer of the gateway has. */
    static JsonObject common() {
        return new JsonObject()
                .put("X-Request-Id", reference("headers", "requestId"))
                .put("X-Portcullis", reference("headers", "answered"));
    }

    /** What {@link #common} refers to. */
    static JsonObject commonHeaders() {
        return new JsonObject()
                .put(
                        "requestId",
                        new JsonObject()
                                .put("description", "Names the request in logs and in the audit log.")
                                .put("schema", new JsonObject().put("type", "string")))
                .put(
                        "answered",
                        new JsonObject()
                                .put("description", "The gateway itself spoke, and not the backend.")
                                .put("schema", new JsonObject().put("const", "answered")));
    }

    static JsonObject reference(String kind, String name) {
        return new JsonObject().put("$ref", "#/components/" + kind + "/" + name);
    }

    static JsonObject json(JsonObject schema) {
        return new JsonObject().put("application/json", new JsonObject().put("schema", schema));
    }

    static JsonObject anyOf(Set<JsonObject> schemas) {
        return switch (schemas.size()) {
            case 0 -> new JsonObject();
            case 1 -> schemas.iterator().next();
            default -> {
                var any = new JsonArray();
                schemas.forEach(any::add);
                yield new JsonObject().put("anyOf", any);
            }
        };
    }
}
