package io.portcullis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.JsonSchemas;
import io.portcullis.yaml.Schema;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of dialect files as we read it is the schema as everybody else reads it. */
class DialectSchemaTest {
    /** What {@link Schema} and the schema check act on. */
    private static final Set<String> CHECKED = Set.of(
            "$ref",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "propertyNames",
            "items",
            "minItems",
            "minLength",
            "pattern",
            "const",
            "anyOf",
            "default");

    /** What says something to people, and what the readers of this package check themselves. */
    private static final Set<String> OTHERS = Set.of("title", "description", "x-form", "x-free", "minimum", "maximum");

    private static final JsonObject SCHEMA = DialectFile.SCHEMA.json();

    @TempDir
    Path folder;

    @Test
    void noKeywordIsOverlooked() {
        for (var schema : JsonSchemas.parts(SCHEMA)) {
            assertThat(schema.fieldNames()).allMatch(key -> CHECKED.contains(key) || OTHERS.contains(key));
        }
    }

    @Test
    void everyMappingIsClosedOrSaysWhatItHolds() {
        assertThat(JsonSchemas.parts(SCHEMA))
                .filteredOn(schema -> "object".equals(schema.getValue("type")))
                .allMatch(schema -> schema.containsKey("additionalProperties"));
    }

    @Test
    void everyKeyOfAFileIsDescribed() {
        for (var schema : List.of(SCHEMA, definition("answers").getJsonObject("additionalProperties"))) {
            var properties = schema.getJsonObject("properties");
            for (var key : properties.fieldNames()) {
                var property = properties.getJsonObject(key);
                var described = property.containsKey("description")
                        ? property
                        : definition(property.getString("$ref").substring("#/$defs/".length()));
                assertThat(described.getString("description", "")).as(key).isNotEmpty();
            }
        }
    }

    private static JsonObject definition(String name) {
        return SCHEMA.getJsonObject("$defs").getJsonObject(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"portcullis", "well-known", "better-auth", "admin-email", "three-state", "two-factor"})
    void editorsAcceptWhatShips(String name) throws IOException {
        try (var file = Objects.requireNonNull(DialectFile.class.getResourceAsStream("/dialects/" + name + ".yaml"))) {
            assertThat(JsonSchemas.faults(SCHEMA, new String(file.readAllBytes(), StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ method: POST, operation: logout }",
                "{ path: /a, operation: logout }",
                "{ method: FETCH, path: /a, operation: logout }",
                "{ method: POST, path: a, operation: logout }",
                "{ method: POST, path: \"/a/b{id}\", operation: logout }",
                "{ method: POST, path: /a, operation: logout, crossSite: true }",
                "{ method: POST, path: /a, operation: 5 }",
                "{ method: POST, path: /a, cases: [] }",
                "{ method: POST, path: /a, cases: [{ when: /code }] }",
                "{ method: POST, path: /a, cases: [{ when: code, operation: logout }] }",
                "{ method: POST, path: /a, cases: [{ when: { from: /code }, operation: logout }] }",
                "{ method: POST, path: /a, cases: [{ when: { from: /code, is: [a] }, operation: logout }] }",
                "{ method: POST, path: /a, operation: sendCode, arguments: { mfaTempToken: code } }",
                "{ method: POST, path: /a, operation: sendCode, arguments: { mfaTempToken: \"path:\" } }",
                "{ method: POST, path: /a, operation: sendCode, arguments: { mfaTempToken: \"header:a b\" } }",
                "{ method: POST, path: /a, operation: sendCode, arguments: { mfaTempToken: /a~b } }",
                "{ method: POST, path: /a, operation: sendCode, arguments: { mfaTempToken: [] } }",
                "{ method: POST, path: /a, operation: sendCode, arguments: { mfaTempToken: {} } }",
                "{ method: POST, path: /a, operation: sendCode, arguments: { mfaTempToken: { required: true } } }",
                "{ method: POST, path: /a, operation: sendCode, arguments: { mfaTempToken: { from: /a, blank: none } } }",
                "{ method: POST, path: /a, operation: sendCode, arguments: { mfaTempToken: { from: /a, constant: b } } }",
                "{ method: POST, path: /a, operation: startSetup, arguments: { method: { constant: [totp] } } }",
                "{ method: GET, path: /a, operation: me, answers: { me: { status: 302 } } }",
                "{ method: GET, path: /a, operation: me, answers: { me: { bdy: {} } } }",
                "{ method: GET, path: /a, operation: me, answers: { me: { body: } } }",
                "{ method: GET, path: /a, operation: me, answers: { me: { headers: { X-A: 5 } } } }",
                "{ method: GET, path: /a, operation: me, answers: { me: { cookies: { a: {} } } } }",
                "{ method: GET, path: /a, operation: me, answers: { me: { cookies: { a: { value: b, maxAge: 5x } } } } }",
            })
    void editorsRefuseWhatWeRefuse(String route) {
        assertThat(DialectFiles.problems(folder, DialectFiles.withRoutes(route)))
                .isNotEmpty();
        assertThat(JsonSchemas.faults(SCHEMA, DialectFiles.withRoutes(route))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: own\nbase: /own",
                "name: own\nroutes: [{ method: POST, path: /a, operation: logout }]",
                "name: Own\nbase: /own\nroutes: [{ method: POST, path: /a, operation: logout }]",
                "name: own\nbase: own\nroutes: [{ method: POST, path: /a, operation: logout }]",
                "name: own\nbase: /own\nroutes: []",
                "name: own\nbase: /own\ntexts: { a: { fr: Non } }\nroutes: [{ method: POST, path: /a, operation: logout }]",
                "name: own\nbase: /own\ntexts: { a b: { en: No } }\nroutes: [{ method: POST, path: /a, operation: logout }]",
                "name: own\nbase: /own\nerrors: { text: {} }\nroutes: [{ method: POST, path: /a, operation: logout }]",
                "name: own\nbase: /own\nerrors: { texts: { NO_ROUTE: { short: { en: No } } } }\nroutes: [{ method: POST, path: /a, operation: logout }]",
            })
    void editorsRefuseFilesThatWeRefuse(String yaml) {
        assertThat(DialectFiles.problems(folder, yaml)).isNotEmpty();
        assertThat(JsonSchemas.faults(SCHEMA, yaml)).isNotEmpty();
    }
}
