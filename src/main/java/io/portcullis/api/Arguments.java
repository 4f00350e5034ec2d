package io.portcullis.api;

import io.portcullis.dialect.Argument;
import io.portcullis.dialect.Parameter;
import io.portcullis.dialect.Route;
import io.portcullis.dialect.Source;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Problem.FieldError;
import io.portcullis.domain.error.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An operation's arguments, read from where a route says that a request has them. All that is missing or malformed is told at once. */
final class Arguments {
    private final Received received;
    private final List<FieldError> faults = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> fields = new HashMap<>();

    private Arguments(Received received) {
        this.received = received;
    }

    /**
     * The arguments of the case that the request is of.
     *
     * @param values by the operation's names, those that were given
     * @param fields what the client calls each
     */
    record Read(Map<String, String> values, Map<String, String> fields) {
        /** The same problem, in the client's words. */
        Refused inWordsOfClient(Refused refused) {
            return refused.problem() instanceof Problem.InvalidRequest invalid
                    ? new Refused(new Problem.InvalidRequest(invalid.fields().stream()
                            .map(fault ->
                                    new FieldError(fields.getOrDefault(fault.field(), fault.field()), fault.message()))
                            .toList()))
                    : refused;
        }

        @Override
        public String toString() {
            return "Read" + fields;
        }
    }

    /** @throws Refused {@code InvalidRequest}, under the client's names */
    static Read of(Route.Case one, Received received) {
        return new Arguments(received).read(one);
    }

    /**
     * The first case that the request is of.
     *
     * @throws Refused {@code InvalidRequest} when it is of none
     */
    static Route.Case choose(Route route, Received received) {
        return route.cases().stream()
                .filter(one -> one.when().map(when -> isSuch(when, received)).orElse(true))
                .findFirst()
                .orElseThrow(() -> new Refused(new Problem.InvalidRequest(route.cases().stream()
                        .flatMap(one -> one.when().stream())
                        .map(when -> new FieldError(
                                when.source().field(),
                                when.is().map(text -> "must be " + text).orElse("is missing")))
                        .distinct()
                        .toList())));
    }

    private static boolean isSuch(Route.Condition when, Received received) {
        return switch (received.at(when.source())) {
            case Received.Found.Nothing nothing -> false;
            case Received.Found.Faulty faulty -> true; // the arguments tell
            case Received.Found.Text text ->
                when.is().map(text.text()::equals).orElse(!text.text().isEmpty());
            case Received.Found.Json json ->
                when.is()
                        .map(json.value().toString()::equals)
                        .orElse(!json.value().equals(""));
        };
    }

    private Read read(Route.Case one) {
        for (var parameter : one.operation().parameters().values()) {
            switch (one.arguments().get(parameter.name())) {
                case Argument.Given given -> given(given, parameter);
                case Argument.Constant constant -> values.put(parameter.name(), constant.text());
                case null -> {} // the operation does without
            }
        }
        if (!faults.isEmpty()) {
            throw new Refused(new Problem.InvalidRequest(faults));
        }
        return new Read(values, fields);
    }

    private void given(Argument.Given argument, Parameter parameter) {
        fields.put(parameter.name(), argument.sources().getFirst().field());
        var first = Optional.<Source>empty();
        for (var source : argument.sources()) {
            var found = received.at(source);
            if (found instanceof Received.Found.Nothing || (argument.blankIsAbsent() && isBlank(found))) {
                continue;
            }
            if (first.isPresent()) {
                fault(source.field(), "is given beside " + first.get().field() + "; send one of both");
                return;
            }
            first = Optional.of(source);
            fields.put(parameter.name(), source.field());
            take(source.field(), found, parameter);
        }
        if (first.isEmpty() && (parameter.required() || argument.required())) {
            fault(argument.sources().getFirst().field(), "is missing");
        }
    }

    private static boolean isBlank(Received.Found found) {
        return switch (found) {
            case Received.Found.Text text -> text.text().isBlank();
            case Received.Found.Json json -> json.value() instanceof String text && text.isBlank();
            case Received.Found.Nothing nothing -> true;
            case Received.Found.Faulty faulty -> false;
        };
    }

    private void take(String field, Received.Found found, Parameter parameter) {
        var form = parameter.form();
        switch (found) {
            case Received.Found.Text text -> fitting(field, text.text(), parameter);
            case Received.Found.Json json ->
                form.text(json.value())
                        .ifPresentOrElse(text -> fitting(field, text, parameter), () -> fault(field, form.typeRule()));
            case Received.Found.Faulty faulty -> fault(field, faulty.fault());
            case Received.Found.Nothing nothing -> {} // not one that is taken
        }
    }

    private void fitting(String field, String text, Parameter parameter) {
        parameter
                .form()
                .fault(text)
                .ifPresentOrElse(fault -> fault(field, fault), () -> values.put(parameter.name(), text));
    }

    private void fault(String field, String message) {
        faults.add(new FieldError(field, message));
    }
}
