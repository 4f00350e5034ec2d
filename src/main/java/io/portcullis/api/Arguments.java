package io.portcullis.api;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Problem.FieldError;
import io.portcullis.domain.error.Refused;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operation's arguments, read from where the route says that a request has them. All that is missing or malformed is told at once. */
final class Arguments {
    private static final String MALFORMED = "must be percent-encoded UTF-8 without control characters";

    private final Map<String, String> pathValues;
    private final Map<String, List<String>> queryValues;
    private final JsonObject body;
    private final List<FieldError> faults = new ArrayList<>();

    private Arguments(Map<String, String> pathValues, Map<String, List<String>> queryValues, JsonObject body) {
        this.pathValues = pathValues;
        this.queryValues = queryValues;
        this.body = body;
    }

    /**
     * The arguments by their names, those that were given.
     *
     * @param pathValues undecoded
     * @param queryValues undecoded; names that the route does not know are passed over
     * @throws Refused {@code InvalidRequest}, under the client's names
     */
    static Map<String, String> of(
            Dialect.Route route,
            Map<String, String> pathValues,
            Map<String, List<String>> queryValues,
            JsonObject body) {
        return new Arguments(pathValues, queryValues, body).read(route);
    }

    private Map<String, String> read(Dialect.Route route) {
        var arguments = new HashMap<String, String>();
        for (var parameter : route.operation().parameters()) {
            var source = route.arguments().get(parameter.name());
            if (source != null) {
                given(source, parameter).ifPresent(text -> arguments.put(parameter.name(), text));
            }
        }
        if (!faults.isEmpty()) {
            throw new Refused(new Problem.InvalidRequest(faults));
        }
        return arguments;
    }

    private Optional<String> given(String source, Parameter parameter) {
        var field = Dialect.field(source);
        if (source.startsWith(Dialect.PATH)) {
            return decoded(pathValues.get(field), field, parameter);
        }
        if (source.startsWith(Dialect.QUERY)) {
            var values = queryValues.getOrDefault(field, List.of());
            return values.size() > 1
                    ? fault(field, "is given more than once")
                    : decoded(values.isEmpty() ? null : values.getFirst(), field, parameter);
        }
        var value = JsonPointer.from(source).queryJson(body);
        if (value == null) {
            return missing(field, parameter);
        }
        var form = parameter.form();
        return form.text(value).map(text -> fitting(text, field, form)).orElseGet(() -> fault(field, form.typeRule()));
    }

    private Optional<String> decoded(@Nullable String text, String field, Parameter parameter) {
        if (text == null) {
            return missing(field, parameter);
        }
        return UriText.decode(text)
                .map(decoded -> fitting(decoded, field, parameter.form()))
                .orElseGet(() -> fault(field, MALFORMED));
    }

    private Optional<String> fitting(String text, String field, Parameter.Form form) {
        var fault = form.fault(text);
        return fault.isEmpty() ? Optional.of(text) : fault(field, fault.get());
    }

    private Optional<String> missing(String field, Parameter parameter) {
        return parameter.required() ? fault(field, "is missing") : Optional.empty();
    }

    private Optional<String> fault(String field, String message) {
        faults.add(new FieldError(field, message));
        return Optional.empty();
    }
}
