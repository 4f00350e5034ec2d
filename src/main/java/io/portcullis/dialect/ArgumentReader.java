package io.portcullis.dialect;

import io.portcullis.yaml.Nearest;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads where a request has the arguments of an operation. */
final class ArgumentReader {
    private static final Set<String> KEYS = Set.of("from", "required", "blank", "constant");
    private static final String FORMS = "must be a place (" + Source.FORMS
            + "), a list of places, { from: PLACE, required: true, blank: absent } or { constant: VALUE }";

    private static final Map<String, String> WHOLE_HEADERS = Map.of(
            "authorization", "is a credential as it was sent; use bearer",
            "cookie", "is every cookie at once; use cookie:name");

    private final Problems problems;

    ArgumentReader(Problems problems) {
        this.problems = problems;
    }

    Map<String, Argument> read(Value arguments, OperationSpec operation) {
        var read = new LinkedHashMap<String, Argument>();
        arguments.members().forEach((name, value) -> {
            var parameter = operation.parameters().get(name);
            if (parameter == null) {
                problems.add(value, operation.name() + " has no argument " + name + known(name, operation));
            } else {
                argument(value, parameter).ifPresent(argument -> read.put(name, argument));
                if (parameter.form().isSecret()
                        && Optional.ofNullable(read.get(name))
                                .filter(ArgumentReader::isInUrl)
                                .isPresent()) {
                    problems.add(
                            value,
                            name
                                    + " is a secret, and logs keep what is in a path or a query; take it from the body or a header");
                }
            }
        });
        for (var parameter : operation.parameters().values()) {
            if (parameter.required() && !arguments.members().containsKey(parameter.name())) {
                problems.add(
                        arguments,
                        operation.name() + " needs the argument " + parameter.name() + "; say where a request has it");
            }
        }
        return read;
    }

    private static boolean isInUrl(Argument argument) {
        return argument.sources().stream()
                .anyMatch(source -> source instanceof Source.Path || source instanceof Source.Query);
    }

    /** A case's condition. */
    Optional<Route.Condition> condition(Value when) {
        if (!when.readable()) {
            return Optional.empty(); // reported before
        } else if (when.isText()) {
            return source(when).map(source -> new Route.Condition(source, Optional.empty()));
        } else if (when.isMapping() && when.members().keySet().equals(Set.of("from", "is"))) {
            var is = when.at("is");
            if (is.readable() && !is.isMapping() && !is.isList()) {
                return source(when.at("from"))
                        .map(source -> new Route.Condition(source, Optional.of(String.valueOf(is.json()))));
            }
        }
        problems.add(when, "must be a place (" + Source.FORMS + ") or { from: PLACE, is: VALUE }");
        return Optional.empty();
    }

    private Optional<Argument> argument(Value value, Parameter parameter) {
        if (!value.readable()) {
            return Optional.empty(); // reported before
        } else if (value.isText() || value.isList()) {
            return given(value, false, false);
        } else if (!value.isMapping()) {
            problems.add(value, FORMS);
            return Optional.empty();
        } else if (!KEYS.containsAll(value.members().keySet())) {
            value.members().forEach((key, member) -> {
                if (!KEYS.contains(key)) {
                    problems.add(member, "unknown key; known here: from, required, blank, or constant alone");
                }
            });
            return Optional.empty();
        } else if (value.at("constant").given()) {
            return constant(value, parameter);
        } else if (!value.at("from").given() || !isFlag(value.at("required")) || !isAbsent(value.at("blank"))) {
            problems.add(value, FORMS);
            return Optional.empty();
        }
        boolean required = value.at("required").given() && value.at("required").flag();
        boolean blankIsAbsent = value.at("blank").given();
        boolean alternatives = value.at("from").isList(); // of a form that sends all of its fields
        if (blankIsAbsent && !alternatives && (required || parameter.required())) {
            problems.add(value.at("blank"), parameter.name() + " must be there, so a blank one cannot be absent");
        }
        return given(value.at("from"), required, blankIsAbsent);
    }

    private static boolean isFlag(Value value) {
        return !value.given() || (value.readable() && value.json() instanceof Boolean);
    }

    private static boolean isAbsent(Value value) {
        return !value.given() || (value.isText() && value.text().equals("absent"));
    }

    private Optional<Argument> constant(Value value, Parameter parameter) {
        var constant = value.at("constant");
        if (value.members().size() > 1 || constant.isMapping() || constant.isList()) {
            problems.add(value, FORMS);
            return Optional.empty();
        } else if (!constant.readable()) {
            return Optional.empty(); // reported before
        }
        var form = parameter.form();
        var text = form.text(TemplateReader.scalar(constant.json()));
        var fault = text.map(form::fault).orElseGet(() -> Optional.of(form.typeRule()));
        fault.ifPresent(rule -> problems.add(constant, parameter.name() + " " + rule));
        return text.map(Argument.Constant::new);
    }

    private Optional<Argument> given(Value value, boolean required, boolean blankIsAbsent) {
        var sources = new ArrayList<Source>();
        if (value.isList() && value.items().isEmpty()) {
            problems.add(value, "is empty; give at least one place of a request");
        }
        for (var one : value.isList() ? value.items() : List.of(value)) {
            source(one).ifPresent(source -> {
                if (sources.contains(source)) {
                    problems.add(one, "is named twice; keep one");
                } else {
                    sources.add(source);
                }
            });
        }
        return sources.isEmpty() ? Optional.empty() : Optional.of(new Argument.Given(sources, required, blankIsAbsent));
    }

    private Optional<Source> source(Value value) {
        if (!value.readable()) {
            return Optional.empty(); // reported before
        }
        var source = value.isText() ? Source.parse(value.text()) : Optional.<Source>empty();
        if (source.isEmpty()) {
            problems.add(value, "must be a place of a request: " + Source.FORMS);
        }
        source.flatMap(ArgumentReader::wholeHeader).ifPresent(instead -> problems.add(value, instead));
        return source;
    }

    /** What these headers hold is also the gateway's own. */
    private static Optional<String> wholeHeader(Source source) {
        return source instanceof Source.Header header
                ? Optional.ofNullable(WHOLE_HEADERS.get(header.name().toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    private static String known(String name, OperationSpec operation) {
        var names = operation.parameters().keySet();
        return Nearest.to(name, names)
                .map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> names.isEmpty() ? "; it has none" : "; it has " + String.join(", ", names));
    }
}
