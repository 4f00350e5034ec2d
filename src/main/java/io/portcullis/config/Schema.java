package io.portcullis.config;

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

/** One place of {@code portcullis.schema.json}, its references resolved. */
final class Schema {
    /** Lets editors accept a placeholder where the value itself must have a form. */
    private static final String OR_PLACEHOLDER = "|\\$\\{";

    private static final JsonObject ROOT = read();

    private final JsonObject json;

    private Schema(JsonObject json) {
        this.json = resolve(json);
    }

    static Schema root() {
        return new Schema(ROOT);
    }

    private static JsonObject read() {
        try (var resource = Objects.requireNonNull(Schema.class.getResourceAsStream("/portcullis.schema.json"))) {
            return new JsonObject(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What stands beside a reference goes before what it names. */
    private static JsonObject resolve(JsonObject json) {
        var reference = json.getString("$ref");
        if (reference == null) {
            return json;
        }
        var target = ROOT.getJsonObject("$defs").getJsonObject(reference.substring("#/$defs/".length()));
        return resolve(target).copy().mergeIn(json);
    }

    JsonObject json() {
        return json;
    }

    String description() {
        return json.getString("description", "");
    }

    /** {@code object}, {@code array}, {@code string}, {@code integer} or {@code boolean}. */
    String type() {
        var type = json.getValue("type", "string");
        return type instanceof JsonArray either ? either.getString(0) : (String) type;
    }

    boolean supported() {
        return json.getBoolean("x-supported", true);
    }

    /** The declared keys of a mapping; empty where keys are free. */
    Set<String> keys() {
        return json.getJsonObject("properties", new JsonObject()).fieldNames();
    }

    Set<String> supportedKeys() {
        return keys().stream()
                .filter(key -> member(key).orElseThrow().supported())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Empty for an unknown key. */
    Optional<Schema> member(String key) {
        return Optional.ofNullable(
                        json.getJsonObject("properties", new JsonObject()).getJsonObject(key))
                .map(Schema::new)
                .or(this::anyMember);
    }

    /** Every value of a mapping with free keys. */
    Optional<Schema> anyMember() {
        return json.getValue("additionalProperties") instanceof JsonObject any
                ? Optional.of(new Schema(any))
                : Optional.empty();
    }

    /** Whether it is a mapping that may hold anything, as deep as it likes. */
    boolean free() {
        return Boolean.TRUE.equals(json.getValue("additionalProperties"));
    }

    /** What free keys must look like. */
    Optional<Schema> names() {
        return Optional.ofNullable(json.getJsonObject("propertyNames")).map(Schema::new);
    }

    List<String> required() {
        return json.getJsonArray("required", new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
    }

    Schema items() {
        return new Schema(json.getJsonObject("items"));
    }

    boolean mayBeEmpty() {
        return json.getInteger("minItems", json.getInteger("minProperties", 0)) == 0;
    }

    List<Schema> choices() {
        return json.getJsonArray("anyOf", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(choice -> !"#/$defs/placeholder".equals(choice.getString("$ref")))
                .map(Schema::new)
                .toList();
    }

    Optional<String> constant() {
        return Optional.ofNullable(json.getString("const"));
    }

    Optional<Object> byDefault() {
        return Optional.ofNullable(json.getValue("default"));
    }

    /** What to write here, in words that follow "must be". */
    String form() {
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
    boolean fits(String text) {
        var pattern = json.getString("pattern");
        if (text.length() < json.getInteger("minLength", 0)) {
            return false;
        }
        return pattern == null || exact(pattern).matcher(text).find();
    }

    private static Pattern exact(String pattern) {
        var value = pattern.endsWith(OR_PLACEHOLDER)
                ? pattern.substring(0, pattern.length() - OR_PLACEHOLDER.length())
                : pattern;
        // In Java a last $ also stands before a final line break; in JSON Schema it does not.
        return Pattern.compile(value.endsWith("$") ? value.substring(0, value.length() - 1) + "\\z" : value);
    }
}
