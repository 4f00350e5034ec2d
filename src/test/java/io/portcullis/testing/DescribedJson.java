package io.portcullis.testing;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The schemas of an OpenAPI document, for JSON and forms to be held against. */
final class DescribedJson {
    private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
            .setBaseUri("https://portcullis.example/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);

    private final JsonObject components;
    private final Map<JsonObject, Validator> validators = new HashMap<>();

    DescribedJson(JsonObject document) {
        components = document.getJsonObject("components");
    }

    /** What is wrong with a text; empty when nothing is. */
    String faults(JsonObject schema, String text) {
        return faults(strict(schema, text), Json.decodeValue(text));
    }

    String faultsOfForm(JsonObject schema, String text) {
        var form = new JsonObject();
        for (var field : text.split("&", -1)) {
            var pair = field.split("=", 2);
            form.put(decoded(pair[0]), value(decoded(pair[1])));
        }
        return faults(schema, form);
    }

    private synchronized String faults(JsonObject schema, Object value) {
        var result = validators.computeIfAbsent(schema, this::validator).validate(value);
        return result.getValid()
                ? ""
                : Optional.ofNullable(result.getErrors()).orElse(List.of()).stream()
                        .map(DescribedJson::fault)
                        .distinct()
                        .collect(Collectors.joining("\n  ", "\n  ", ""));
    }

    private static String fault(OutputUnit unit) {
        return unit.getInstanceLocation() + " " + unit.getError() + " (" + unit.getKeywordLocation() + ")";
    }

    private Validator validator(JsonObject schema) {
        return Validator.create(JsonSchema.of(schema.copy().put("components", components)), OPTIONS);
    }

    /** What a backend said may be anything; but what is of ours must be as we describe it. */
    private static JsonObject strict(JsonObject schema, String text) {
        var any = schema.getJsonArray("anyOf");
        if (any == null || !text.contains("\"twoFactorEnabled\"")) {
            return schema;
        }
        var ours = new JsonArray();
        for (int i = 0; i < any.size(); i++) {
            if (!any.getJsonObject(i).containsKey("x-released")) {
                ours.add(any.getJsonObject(i));
            }
        }
        return new JsonObject().put("anyOf", ours);
    }

    private static Object value(String text) {
        return switch (text) {
            case "true", "false" -> Boolean.valueOf(text);
            default -> text;
        };
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
