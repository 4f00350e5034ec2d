package io.portcullis.dialect;

import io.portcullis.dialect.OperationSpec.Caller;
import io.portcullis.dialect.OperationSpec.Kind;
import io.portcullis.dialect.OperationSpec.Outcome;
import io.portcullis.dialect.Parameter.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Every operation that dialects can call, as {@code operations.yaml} in the jar tells them. Immutable. */
public final class Catalogue {
    /** The one there is. */
    public static final Catalogue OPERATIONS = new Catalogue("/operations.yaml");

    private static final String ANY = "any";
    private static final String MAYBE = "maybe ";
    private static final String ONE_OF = "oneOf";
    private static final String OR_NULL = " or null";

    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, OperationSpec> operations = new LinkedHashMap<>();

    private Catalogue(String resource) {
        var file = read(resource);
        map(file.get("shapes")).forEach((name, shape) -> shapes.put(name, new Shape.Named(name, shape(shape))));
        map(file.get("operations")).forEach((name, entry) -> operations.put(name, operation(name, map(entry))));
    }

    public Optional<OperationSpec> find(String name) {
        return Optional.ofNullable(operations.get(name));
    }

    /** In the order of the file. */
    public Collection<OperationSpec> all() {
        return List.copyOf(operations.values());
    }

    /** The names in the order of the file. */
    public List<String> names() {
        return List.copyOf(operations.keySet());
    }

    /** Shapes that have names, by them. */
    public Map<String, Shape> shapes() {
        return Map.copyOf(shapes);
    }

    /** What a dialect can show of an error: the answer that every error has. */
    public Shape error() {
        return shape("error");
    }

    private OperationSpec operation(String name, Map<String, Object> entry) {
        var parameters = new LinkedHashMap<String, Parameter>();
        map(entry.get("arguments"))
                .forEach((key, form) -> parameters.put(plain(key), parameter(key, String.valueOf(form))));
        var outcomes = new LinkedHashMap<String, Outcome>();
        map(entry.get("outcomes")).forEach((key, outcome) -> outcomes.put(key, outcome(key, map(outcome))));
        return new OperationSpec(
                name,
                String.valueOf(entry.get("about")),
                Boolean.TRUE.equals(entry.get("changes")),
                Boolean.TRUE.equals(entry.get("ledHere")),
                Caller.valueOf(String.valueOf(entry.get("caller")).toUpperCase(Locale.ROOT)),
                java.util.Collections.unmodifiableMap(parameters),
                java.util.Collections.unmodifiableMap(outcomes));
    }

    private static Parameter parameter(String key, String form) {
        return new Parameter(plain(key), !isOptional(key), Form.valueOf(form));
    }

    private Outcome outcome(String name, Map<String, Object> entry) {
        var values = shape(Optional.ofNullable(entry.get("values")).orElse(Map.of()));
        var kind = entry.containsKey("kind")
                ? Kind.valueOf(String.valueOf(entry.get("kind")).toUpperCase(Locale.ROOT))
                : Kind.VALUES;
        int usual = entry.containsKey("values") ? 200 : 204;
        var needs = new LinkedHashMap<String, Optional<String>>();
        map(entry.get("needs"))
                .forEach((argument, text) ->
                        needs.put(argument, Optional.of(String.valueOf(text)).filter(any -> !any.equals(ANY))));
        var unless = new LinkedHashMap<String, String>();
        map(entry.get("unless")).forEach((argument, text) -> unless.put(argument, String.valueOf(text)));
        int status = entry.get("status") instanceof Integer number ? number : usual;
        return new Outcome(name, status, kind, Map.copyOf(needs), Map.copyOf(unless), values);
    }

    /**
     * {@code text}, {@code time}, {@code number}, {@code flag}, {@code anything}, a named shape; {@code text or null}; {@code [item]};
     * {@code oneOf: [texts]}; or members, {@code maybe name} where one may be absent.
     */
    private Shape shape(Object written) {
        return switch (written) {
            case List<?> list -> new Shape.ListOf(shape(list.getFirst()));
            case Map<?, ?> map ->
                map.get(ONE_OF) instanceof List<?> texts
                        ? Shape.Scalar.oneOf(texts.stream().map(String::valueOf).toList())
                        : members(map(map));
            default -> named(String.valueOf(written));
        };
    }

    private Shape members(Map<String, Object> written) {
        var members = new LinkedHashMap<String, Shape.Member>();
        written.forEach((key, value) -> members.put(plain(key), new Shape.Member(shape(value), isOptional(key))));
        return new Shape.Members(members);
    }

    private Shape named(String name) {
        if (name.endsWith(OR_NULL)) {
            return new Shape.OrNull(named(name.substring(0, name.length() - OR_NULL.length())));
        }
        return switch (name) {
            case "text" -> Shape.Scalar.TEXT;
            case "time" -> Shape.Scalar.TIME;
            case "number" -> Shape.Scalar.NUMBER;
            case "flag" -> Shape.Scalar.FLAG;
            case "anything" -> new Shape.Anything();
            default ->
                Optional.ofNullable(shapes.get(name))
                        .orElseThrow(() -> new IllegalStateException("no shape is called " + name));
        };
    }

    private static boolean isOptional(String key) {
        return key.startsWith(MAYBE);
    }

    private static String plain(String key) {
        return isOptional(key) ? key.substring(MAYBE.length()) : key;
    }

    @SuppressWarnings("unchecked") // YAML makes no other maps of mappings whose keys are words
    private static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static Map<String, Object> read(String resource) {
        try (var stream = Catalogue.class.getResourceAsStream(resource)) {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            return new Yaml(new SafeConstructor(options)).load(stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
