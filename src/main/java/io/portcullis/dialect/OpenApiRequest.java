package io.portcullis.dialect;

import io.portcullis.dialect.Route.Case;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a route asks of a request, as parameters and a body of OpenAPI. What a dialect says itself is no part of it. */
record OpenApiRequest(Route route) {
    private static final Map<String, Predicate<Source>> BODIES = new LinkedHashMap<>();

    static {
        BODIES.put("application/json", Source.Body.class::isInstance);
        BODIES.put("application/x-www-form-urlencoded", Source.Form.class::isInstance);
    }

    /** One argument of one case, and where a request may have it. */
    private record Asked(Parameter parameter, Argument.Given given) {
        boolean isRequired() {
            return parameter.required() || given.required();
        }

        JsonObject schema() {
            var schema = parameter.form().schema();
            return given.blankIsAbsent()
                    ? OpenApiAnswers.anyOf(Set.of(schema, BLANK)).put("description", "Blank is the same as absent.")
                    : schema;
        }

        /** Where the request has JSON: what may be left out may be null. */
        JsonObject json() {
            boolean needed = isRequired() && given.sources().size() == 1;
            return needed ? schema() : OpenApiAnswers.anyOf(new LinkedHashSet<>(List.of(schema(), NULL)));
        }

        /** In other places than this one, for people. */
        Optional<String> orElsewhere(Source here) {
            var others = given.sources().stream()
                    .filter(source -> !source.equals(here))
                    .map(Source::field)
                    .collect(Collectors.joining(", "));
            return others.isEmpty() ? Optional.empty() : Optional.of("May come as " + others + " instead.");
        }
    }

    private static final JsonObject NULL = new JsonObject().put("type", "null");

    private static final JsonObject BLANK =
            new JsonObject().put("type", "string").put("pattern", "^\\s*$");

    /** A place outside the body, as OpenAPI names it. */
    private record Place(String in, String name) {
        static Optional<Place> of(Source source) {
            return switch (source) {
                case Source.Path path -> Optional.of(new Place("path", path.name()));
                case Source.Query query -> Optional.of(new Place("query", query.name()));
                case Source.Header header -> Optional.of(new Place("header", header.name()));
                case Source.Cookie cookie -> Optional.of(new Place("cookie", cookie.name()));
                case Source.Bearer bearer -> Optional.of(new Place("header", bearer.field()));
                case Source.Body body -> Optional.empty();
                case Source.Form form -> Optional.empty();
            };
        }
    }

    /** What the cases say of one place. */
    private static final class Uses {
        private final Set<JsonObject> schemas = new LinkedHashSet<>();
        private final Set<String> descriptions = new LinkedHashSet<>();
        private final Set<Integer> requiredBy = new HashSet<>(); // indexes of cases
    }

    JsonArray parameters() {
        var places = new LinkedHashMap<Place, Uses>();
        for (int i = 0; i < route.cases().size(); i++) {
            uses(route.cases().get(i), i, places);
        }
        var parameters = new JsonArray();
        places.forEach((place, uses) -> parameters.add(parameter(place, uses)));
        return parameters;
    }

    private static void uses(Case one, int index, Map<Place, Uses> places) {
        for (var asked : asked(one)) {
            for (var source : asked.given().sources()) {
                Place.of(source).ifPresent(place -> {
                    var uses = places.computeIfAbsent(place, first -> new Uses());
                    uses.schemas.add(asked.schema());
                    asked.orElsewhere(source).ifPresent(uses.descriptions::add);
                    if (asked.isRequired() && asked.given().sources().size() == 1) {
                        uses.requiredBy.add(index);
                    }
                });
            }
        }
        one.when()
                .ifPresent(when -> Place.of(when.source()).ifPresent(place -> {
                    var uses = places.computeIfAbsent(place, first -> new Uses());
                    uses.schemas.add(BodySchema.condition(when));
                    uses.requiredBy.add(index);
                }));
    }

    private JsonObject parameter(Place place, Uses uses) {
        var parameter = new JsonObject()
                .put("name", place.name())
                .put("in", place.in())
                .put(
                        "required",
                        place.in().equals("path")
                                || uses.requiredBy.size() == route.cases().size());
        if (!uses.descriptions.isEmpty()) {
            parameter.put("description", String.join(" ", uses.descriptions));
        }
        return parameter.put("schema", OpenApiAnswers.anyOf(uses.schemas));
    }

    /** Empty for a route that looks at no body. */
    Optional<JsonObject> body() {
        var content = new JsonObject();
        BODIES.forEach((type, here) -> {
            if (route.cases().stream().flatMap(Case::sources).anyMatch(here)) {
                var schemas =
                        route.cases().stream().map(one -> schema(one, here)).toList();
                content.put(
                        type,
                        new JsonObject().put("schema", schemas.size() == 1 ? schemas.getFirst() : titled(schemas)));
            }
        });
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(new JsonObject()
                        .put("required", route.cases().stream().allMatch(OpenApiRequest::needsBody))
                        .put("content", content));
    }

    private JsonObject titled(List<JsonObject> schemas) {
        var any = new JsonArray();
        for (int i = 0; i < schemas.size(); i++) {
            any.add(new JsonObject()
                    .put("title", route.cases().get(i).operation().name())
                    .mergeIn(schemas.get(i)));
        }
        return new JsonObject().put("anyOf", any);
    }

    private static boolean needsBody(Case one) {
        return one.when().filter(when -> when.source().inBody()).isPresent()
                || asked(one).stream()
                        .anyMatch(asked -> asked.isRequired()
                                && asked.given().sources().stream().allMatch(Source::inBody));
    }

    private static JsonObject schema(Case one, Predicate<Source> here) {
        var body = new BodySchema();
        for (var asked : asked(one)) {
            var places = asked.given().sources().stream().filter(here).toList();
            for (var place : places) {
                var schema = place instanceof Source.Body ? asked.json() : asked.schema();
                asked.orElsewhere(place).ifPresent(text -> schema.put("description", text));
                body.put(place, schema);
            }
            // Where a form or JSON may have it, the other of both cannot.
            boolean elsewhere = asked.given().sources().stream().anyMatch(source -> !source.inBody());
            if (asked.isRequired() && !elsewhere && !places.isEmpty()) {
                body.requireOneOf(places);
            }
        }
        one.when().filter(when -> here.test(when.source())).ifPresent(body::require);
        return body.schema();
    }

    private static List<Asked> asked(Case one) {
        var asked = new ArrayList<Asked>();
        one.arguments().forEach((name, argument) -> {
            if (argument instanceof Argument.Given given) {
                Optional.ofNullable(one.operation().parameters().get(name))
                        .ifPresent(parameter -> asked.add(new Asked(parameter, given)));
            }
        });
        return asked;
    }
}
