package io.portcullis.dialect;

import io.portcullis.dialect.Route.Case;
import io.portcullis.yaml.Nearest;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one route of a dialect file. */
final class RouteReader {
    private final Catalogue catalogue;
    private final ArgumentReader arguments;
    private final AnswerReader answers;
    private final Problems problems;

    RouteReader(Catalogue catalogue, TemplateReader templates, Problems problems) {
        this.catalogue = catalogue;
        this.arguments = new ArgumentReader(problems);
        this.answers = new AnswerReader(templates, problems);
        this.problems = problems;
    }

    /** Empty when something is wrong with it, which is then among the problems. */
    Optional<Route> read(String base, Value value) {
        if (!value.at("method").readable() || !value.at("path").readable()) {
            return Optional.empty();
        }
        var method = value.at("method").text();
        var path = base + value.at("path").text();
        if (path.isEmpty()) {
            problems.add(value.at("path"), "is empty, and so is base; give one of both");
            return Optional.empty();
        }
        var template = template(value.at("path"), path);
        if (template.isEmpty()) {
            return Optional.empty();
        }
        var places = Set.copyOf(template.get().names());
        var cases = new ArrayList<Case>();
        var written = written(value);
        for (int i = 0; i < written.size(); i++) {
            var one = written.get(i);
            if (!one.at("when").given() && i < written.size() - 1) {
                problems.add(
                        one,
                        "is of every request, so that the cases after it are of none; give it a when, or put it last");
            }
            oneCase(one, method, places).ifPresent(cases::add);
        }
        return cases.isEmpty() ? Optional.empty() : Optional.of(new Route(method, path, cases, value.place()));
    }

    private List<Value> written(Value route) {
        boolean several = route.at("cases").given();
        if (several == route.at("operation").given()) {
            problems.add(
                    route, several ? "has an operation and cases; keep one of both" : "needs an operation, or cases");
            return List.of();
        }
        if (several && (route.at("arguments").given() || route.at("answers").given())) {
            problems.add(route, "has arguments or answers beside cases; each case has its own");
        }
        return several ? route.at("cases").items() : List.of(route);
    }

    private Optional<PathTemplate> template(Value at, String path) {
        try {
            return Optional.of(PathTemplate.of(path));
        } catch (IllegalArgumentException wrong) {
            problems.add(at, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Case> oneCase(Value value, String method, Set<String> places) {
        var named = value.at("operation");
        var operation = named.optionalText().flatMap(catalogue::find);
        if (operation.isEmpty()) {
            named.optionalText().ifPresent(name -> problems.add(named, "there is no operation " + name + meant(name)));
            return Optional.empty();
        }
        var spec = operation.get();
        checkMethod(value, spec, method);
        var when = value.at("when").given() ? arguments.condition(value.at("when")) : Optional.<Route.Condition>empty();
        var given = arguments.read(value.at("arguments"), spec);
        var read = new Case(when, spec, given, answers.read(value.at("answers"), spec, given));
        checkSources(value, read, method, places);
        checkBody(value, read);
        return Optional.of(read);
    }

    private String meant(String name) {
        return Nearest.to(name, catalogue.names())
                .map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> "; there is " + String.join(", ", catalogue.names()));
    }

    private void checkMethod(Value value, OperationSpec operation, String method) {
        boolean get = method.equals("GET");
        if (get && operation.changes()) {
            problems.add(
                    value.at("operation"),
                    operation.name()
                            + " changes something, and any page can lead a browser to a GET; use POST, PUT, PATCH or DELETE");
        } else if (!get && operation.ledHere()) {
            problems.add(value.at("operation"), operation.name() + " is where browsers are led to; use GET");
        }
    }

    private void checkSources(Value value, Case one, String method, Set<String> places) {
        one.when().ifPresent(when -> checkSources(value.at("when"), List.of(when.source()), method, places));
        one.arguments()
                .forEach((name, argument) ->
                        checkSources(value.at("arguments").at(name), argument.sources(), method, places));
        var used = one.sources().collect(Collectors.toSet());
        var path = value.at("path");
        for (var name : places) {
            if (!used.contains(new Source.Path(name))) {
                problems.add(
                        path.given() ? path : value,
                        "{" + name + "} of the path is no argument; take one from path:" + name
                                + ", or write the segment out");
            }
        }
    }

    /** A body is one of both. */
    private void checkBody(Value value, Case one) {
        var needed = one.operation().parameters().values().stream()
                .filter(parameter -> one.arguments().get(parameter.name()) instanceof Argument.Given given
                        && (given.required() || parameter.required()))
                .toList();
        var json = needed.stream()
                .filter(parameter -> isAll(one, parameter, Source.Body.class))
                .findFirst();
        var form = needed.stream()
                .filter(parameter -> isAll(one, parameter, Source.Form.class))
                .findFirst();
        if (json.isPresent() && form.isPresent()) {
            problems.add(
                    value.at("arguments").at(form.get().name()),
                    "comes in a form, and " + json.get().name()
                            + " in JSON; a request has one of both, so take them from the same");
        }
    }

    private static boolean isAll(Case one, Parameter parameter, Class<? extends Source> kind) {
        return Objects.requireNonNull(one.arguments().get(parameter.name())).sources().stream()
                .allMatch(kind::isInstance);
    }

    private void checkSources(Value at, List<Source> sources, String method, Set<String> places) {
        for (var source : sources) {
            if (method.equals("GET") && source.inBody()) {
                problems.add(at, "a GET has no body; take it from query:name, path:name, header:name or cookie:name");
            } else if (source instanceof Source.Path place && !places.contains(place.name())) {
                problems.add(at, "the path has no {" + place.name() + "}");
            }
        }
    }
}
