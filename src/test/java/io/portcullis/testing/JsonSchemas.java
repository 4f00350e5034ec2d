package io.portcullis.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Schemas of YAML files as others see them: another implementation of JSON Schema 2020-12, and whoever reads them. */
public final class JsonSchemas {
    private JsonSchemas() {}

    /** What is wrong with a document, each with its place; nothing when it is right. */
    public static List<String> faults(JsonObject schema, String yaml) {
        Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        var options = new JsonSchemaOptions()
                .setDraft(Draft.DRAFT202012)
                .setBaseUri(schema.getString("$id", "https://portcullis.test"))
                .setOutputFormat(OutputFormat.Basic);
        var result = Validator.create(JsonSchema.of(schema.copy()), options).validate(new JsonObject(document));
        var faults = new ArrayList<String>();
        if (!Boolean.TRUE.equals(result.getValid())) {
            result.getErrors().forEach(unit -> faults.add(unit.getInstanceLocation() + " " + unit.getError()));
        }
        return faults;
    }

    /** Every schema inside this one, itself first. */
    public static List<JsonObject> parts(JsonObject schema) {
        var found = new ArrayList<JsonObject>();
        var root = schema.copy();
        root.remove("$schema");
        root.remove("$id");
        var definitions = (JsonObject) root.remove("$defs");
        collect(root, found);
        definitions.forEach(definition -> collect((JsonObject) definition.getValue(), found));
        return found;
    }

    private static void collect(JsonObject schema, List<JsonObject> found) {
        found.add(schema);
        schema.getJsonObject("properties", new JsonObject())
                .forEach(property -> collect((JsonObject) property.getValue(), found));
        schema.getJsonArray("anyOf", new JsonArray()).forEach(choice -> collect((JsonObject) choice, found));
        for (var key : List.of("items", "additionalProperties", "propertyNames")) {
            if (schema.getValue(key) instanceof JsonObject inner) {
                collect(inner, found);
            }
        }
    }
}
