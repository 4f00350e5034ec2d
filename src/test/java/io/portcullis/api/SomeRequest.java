package io.portcullis.api;

import static io.portcullis.testing.Refusals.problemOf;

import io.portcullis.dialect.Argument;
import io.portcullis.dialect.OperationSpec;
import io.portcullis.dialect.Parameter;
import io.portcullis.dialect.Parameter.Form;
import io.portcullis.dialect.Route;
import io.portcullis.dialect.Source;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Problem.FieldError;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests and cases of routes, for tests of what is read from them. */
final class SomeRequest {
    private SomeRequest() {}

    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter("subject", true, Form.TEXT),
            new Parameter("limit", false, Form.NUMBER),
            new Parameter("before", false, Form.INSTANT),
            new Parameter("remember", false, Form.FLAG),
            new Parameter("size", false, Form.NUMBER));

    static Argument argument(String... places) {
        return given(false, false, places);
    }

    static Argument given(boolean required, boolean blankIsAbsent, String... places) {
        var sources = Stream.of(places)
                .map(place -> Source.parse(place).orElseThrow())
                .toList();
        return new Argument.Given(sources, required, blankIsAbsent);
    }

    static Route.Case oneCase(Optional<Route.Condition> when, Map<String, Argument> arguments) {
        var parameters = new LinkedHashMap<String, Parameter>();
        PARAMETERS.forEach(parameter -> parameters.put(parameter.name(), parameter));
        var things = new OperationSpec(
                "things", "Of the test.", true, false, OperationSpec.Caller.NOBODY, parameters, Map.of());
        return new Route.Case(when, things, arguments, Map.of());
    }

    /** What one request brings. */
    static Received received(MultiMap headers, Map<String, String> path, String query, JsonObject json, String form) {
        return new Received(headers, path, UriText.query(query), json, UriText.query(form));
    }

    static Received received(Map<String, String> path, String query, JsonObject json) {
        return received(MultiMap.caseInsensitiveMultiMap(), path, query, json, "");
    }

    static Received body(JsonObject json) {
        return received(Map.of(), "", json);
    }

    static Map<String, String> valuesOf(Map<String, Argument> arguments, Received received) {
        return Arguments.of(oneCase(Optional.empty(), arguments), received).values();
    }

    static List<FieldError> faults(Map<String, Argument> arguments, Received received) {
        return ((Problem.InvalidRequest) problemOf(() -> valuesOf(arguments, received))).fields();
    }
}
