package io.portcullis.yaml;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One place of a JSON Schema of ours, its references resolved. */
public final class Schema {
    /** Lets editors accept a placeholder where the value itself must have a form. */
    private static final String OR_PLACEHOLDER = "|\\$\\{";

    private final JsonObject definitions;
    private final JsonObject json;

    private Schema(JsonObject definitions, JsonObject json) {
        this.definitions = definitions;
        this.json = resolve(json);
    }

    /** The whole of a schema in the jar, such as {@code /portcullis.schema.json}. */
    public static Schema of(String resource) {
        var root = read(resource);
        return new Schema(root.getJsonObject("$defs", new JsonObject()), root);
    }

    private Schema part(JsonObject part) {
        return new Schema(definitions, part);
    }

    private static JsonObject read(String resource) {
        try (var stream = Objects.requireNonNull(Schema.class.getResourceAsStream(resource))) {
            return new JsonObject(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What stands beside a reference goes before what it names. */
    private JsonObject resolve(JsonObject json) {
        var reference = json.getString("$ref");
        if (reference == null) {
            return json;
        }
        var target = definitions.getJsonObject(reference.substring("#/$defs/".length()));
        return resolve(target).copy().mergeIn(json);
    }

    public JsonObject json() {
        return json;
    }

    public String description() {
        return json.getString("description", "");
    }

    /** {@code object}, {@code array}, {@code string}, {@code integer} or {@code boolean}. */
    public String type() {
        var type = json.getValue("type", "string");
        return type instanceof JsonArray either ? either.getString(0) : (String) type;
    }

    public boolean supported() {
        return json.getBoolean("x-supported", true);
    }

    /** The declared keys of a mapping; empty where keys are free. */
    public Set<String> keys() {
        return json.getJsonObject("properties", new JsonObject()).fieldNames();
    }

    public Set<String> supportedKeys() {
        return keys().stream()
                .filter(key -> member(key).orElseThrow().supported())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Empty for an unknown key. */
    public Optional<Schema> member(String key) {
        return Optional.ofNullable(
                        json.getJsonObject("properties", new JsonObject()).getJsonObject(key))
                .map(this::part)
                .or(this::anyMember);
    }

    /** Every value of a mapping with free keys. */
    public Optional<Schema> anyMember() {
        return json.getValue("additionalProperties") instanceof JsonObject any
                ? Optional.of(part(any))
                : Optional.empty();
    }

    /** Whether it is a mapping that may hold anything, as deep as it likes. */
    public boolean free() {
        return Boolean.TRUE.equals(json.getValue("additionalProperties"));
    }

    /** Whether it may be anything; what it means is judged by whoever reads it. */
    public boolean anything() {
        return json.getBoolean("x-free", false);
    }

    /** What free keys must look like. */
    public Optional<Schema> names() {
        return Optional.ofNullable(json.getJsonObject("propertyNames")).map(this::part);
    }

    public List<String> required() {
        return json.getJsonArray("required", new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
    }

    public Schema items() {
        return part(json.getJsonObject("items"));
    }

    public boolean mayBeEmpty() {
        return json.getInteger("minItems", json.getInteger("minProperties", 0)) == 0;
    }

    public List<Schema> choices() {
        return json.getJsonArray("anyOf", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(choice -> !"#/$defs/placeholder".equals(choice.getString("$ref")))
                .map(this::part)
                .toList();
    }

    public Optional<String> constant() {
        return Optional.ofNullable(json.getString("const"));
    }

    public Optional<Object> byDefault() {
        return Optional.ofNullable(json.getValue("default"));
    }

    /** What to write here, in words that follow "must be". */
    public String form() {
        var choices = choices().stream().filter(Schema::supported).toList();
        if (json.containsKey("x-form")) {
            return json.getString("x-form");
        } else if (!choices.isEmpty()) {
            return choices.getFirst().constant().isEmpty()
                    ? choices.getFirst().form()
                    : choices.stream()
                            .map(choice -> choice.constant().orElseThrow())
                            .collect(Collectors.joining(", ", choices.size() == 1 ? "" : "one of ", ""));
        }
        return switch (type()) {
            case "object" -> "a mapping of keys to values";
            case "array" -> "a list, each item " + items().form();
            default -> "a text";
        };
    }

    /** Whether a text, placeholders replaced, has the form that is asked for. */
    public boolean fits(String text) {
        var pattern = json.getString("pattern");
        if (text.length() < json.getInteger("minLength", 0)) {
            return false;
        }
        try {
            return pattern == null || exact(pattern).matcher(text).find();
        } catch (
                StackOverflowError
                        tooLong) { // repeated groups go as deep as the text is long, and no form is that long
            return false;
        }
    }

    private static Pattern exact(String pattern) {
        var value = pattern.endsWith(OR_PLACEHOLDER)
                ? pattern.substring(0, pattern.length() - OR_PLACEHOLDER.length())
                : pattern;
        // In Java a last $ also stands before a final line break; in JSON Schema it does not.
        return Pattern.compile(value.endsWith("$") ? value.substring(0, value.length() - 1) + "\\z" : value);
    }
}
