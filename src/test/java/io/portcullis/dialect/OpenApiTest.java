package io.portcullis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.ErrorCode;
import io.portcullis.yaml.ConfigReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document of all shipped dialects and of one that uses everything. */
class OpenApiTest {
    /** As the OpenAPI Initiative publishes it (Apache License 2.0); it comes with Vert.x OpenAPI, in the test scope alone. */
    private static final String OPENAPI = "spec.openapis.org/oas/3.1/schema/2022-10-07";

    private static final String JSON_SCHEMA = "json-schema.org/draft/2020-12/";
    private static final List<String> VOCABULARIES = List.of(
            "schema",
            "meta/core",
            "meta/applicator",
            "meta/unevaluated",
            "meta/validation",
            "meta/meta-data",
            "meta/format-annotation",
            "meta/content");

    private static final Dialects DIALECTS =
            Dialects.with(Stream.concat(Dialects.SHIPPED.stream().map(DialectFile::builtIn), Stream.of(everyFeature()))
                    .toList());
    private static final JsonObject DOCUMENT = document();

    private static JsonObject document() {
        return new OpenApi("1.2.3", "https://admin.example.com", "gate").of(DIALECTS);
    }

    private static Dialect everyFeature() {
        return switch (DialectFile.load(Path.of("src/test/resources/dialect/every-feature.yaml"))) {
            case DialectFile.Valid valid -> valid.dialect();
            case DialectFile.Invalid invalid -> throw new AssertionError(ConfigReport.print(invalid.problems()));
        };
    }

    @Test
    void isAsTheOfficialSchemaWantsIt() throws IOException {
        assertThat(faults(DOCUMENT)).isEmpty();
    }

    /** So that the test above says something. */
    @Test
    void theOfficialSchemaFindsFaults() throws IOException {
        var wrong = document();
        operation(wrong, "/auth/login", "post").put("responses", new JsonArray());
        assertThat(faults(wrong)).isNotEmpty();
        var wrongSchema = document();
        wrongSchema
                .getJsonObject("components")
                .getJsonObject("schemas")
                .put("user", new JsonObject().put("items", new JsonObject().put("type", "text")));
        assertThat(faults(wrongSchema)).isNotEmpty();
    }

    private static List<?> faults(JsonObject document) throws IOException {
        var options = new JsonSchemaOptions()
                .setBaseUri("https://portcullis.example/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        var repository = SchemaRepository.create(options);
        for (var vocabulary : VOCABULARIES) {
            repository.dereference(JsonSchema.of(official(JSON_SCHEMA + vocabulary)));
        }
        repository.dereference(JsonSchema.of(official(OPENAPI)));
        var result = repository.validator("https://" + OPENAPI, options).validate(document);
        return result.getValid() ? List.of() : Objects.requireNonNull(result.getErrors());
    }

    private static JsonObject official(String name) throws IOException {
        try (var schema =
                Objects.requireNonNull(OpenApiTest.class.getClassLoader().getResourceAsStream(name), name)) {
            // The validator does not follow a dynamic reference, so it is replaced by where it leads to here.
            return new JsonObject(new String(schema.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("\"\\$dynamicRef\": *\"#meta\"", "\"\\$ref\": \"https://" + JSON_SCHEMA + "schema\""));
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var references = new ArrayList<String>();
        collect(DOCUMENT, references);
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(JsonPointer.from(reference.substring(1)).queryJson(DOCUMENT))
                    .as(reference)
                    .isNotNull();
        });
    }

    private static void collect(Object json, List<String> references) {
        if (json instanceof JsonObject object) {
            if (object.getValue("$ref") instanceof String reference) {
                references.add(reference);
            }
            object.forEach(member -> collect(member.getValue(), references));
        } else if (json instanceof JsonArray array) {
            array.forEach(item -> collect(item, references));
        }
    }

    @Test
    void everyMountedRouteIsThereAndNoOther() {
        var described = DOCUMENT.getJsonObject("paths").stream()
                .flatMap(path -> ((JsonObject) path.getValue())
                        .fieldNames().stream()
                                .map(method -> method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()));
        var mounted = DIALECTS.all().stream()
                .flatMap(dialect -> dialect.routes().stream())
                .map(route -> route.method() + " " + route.path());
        assertThat(described).containsExactlyInAnyOrderElementsOf(mounted.toList());
    }

    @Test
    void everyOperationHasAnIdOfItsOwnAndTheTagOfItsDialect() {
        assertThat(operations().map(operation -> operation.getString("operationId")))
                .doesNotHaveDuplicates()
                .contains(
                        "better-auth.verify",
                        "two-factor.verify-login",
                        "portcullis.sessions.delete",
                        "portcullis.operator.accounts.realm.subject.reset",
                        "well-known.jwks.json",
                        "every-feature.two.id");
        assertThat(operation("/api/2fa/verify", "post").getJsonArray("tags")).containsExactly("two-factor");
        assertThat(DOCUMENT.getJsonArray("tags").stream().map(tag -> ((JsonObject) tag).getString("name")))
                .containsExactlyElementsOf(
                        DIALECTS.all().stream().map(Dialect::name).toList());
    }

    @Test
    void theSameDialectsMakeTheSameDocument() {
        assertThat(document().encode()).isEqualTo(DOCUMENT.encode());
    }

    @Test
    void saysWhoIsAskedForACredential() {
        assertThat(operation("/auth/me", "get").getJsonArray("security").encode())
                .isEqualTo("[{\"bearer\":[]},{\"session\":[]}]");
        assertThat(operation("/auth/mfa/verify", "post")
                        .getJsonArray("security")
                        .encode())
                .isEqualTo("[{\"bearer\":[]},{\"session\":[]},{}]");
        assertThat(operation("/auth/login", "post").getJsonArray("security")).isEmpty();
        assertThat(at("/components/securitySchemes/session/name")).isEqualTo("gate");
    }

    @Test
    void everyErrorThereIsHasItsStatusOnEveryRoute() {
        for (var code : ErrorCode.values()) {
            if (code != ErrorCode.METHOD_NOT_ALLOWED) {
                var status = Integer.toString(code.status());
                assertThat(at("/components/responses/error." + status + "/description"))
                        .asString()
                        .contains(code.wire());
                assertThat(operations())
                        .allMatch(operation ->
                                operation.getJsonObject("responses").containsKey(status));
            }
        }
        assertThat(operation("/every/form", "post")
                        .getJsonObject("responses")
                        .getJsonObject("429")
                        .encode())
                .contains("every-feature.error.429");
        assertThat(at("/components/schemas/every-feature.error/required").toString())
                .contains("detail", "nested")
                .doesNotContain("wait");
    }

    @Test
    void aBodyIsNestedAsItsPointersAre() {
        var body = operation("/every/two/{id}", "put").getJsonObject("requestBody");
        assertThat(body.getBoolean("required")).isFalse();
        var verify = (JsonObject) at("/content/application~1json/schema/anyOf/2", body);
        assertThat(verify.getString("title")).isEqualTo("verify");
        assertThat(at("/properties/proof/properties/code/anyOf/0/pattern", verify))
                .isNotNull();
        assertThat(verify.encode()).doesNotContain("method");
        assertThat(verify.getJsonArray("allOf").getJsonObject(0).getJsonArray("anyOf"))
                .hasSize(2);
        assertThat(operation("/every/form", "post")
                        .getJsonObject("requestBody")
                        .getJsonObject("content")
                        .fieldNames())
                .containsExactly("application/x-www-form-urlencoded");
    }

    @Test
    void whatATemplateMakesIsDescribedMemberForMember() {
        var setup = operation("/api/v1/better-auth/mfa/setup", "post");
        var schema = (JsonObject) at("/responses/200/content/application~1json/schema", setup);
        assertThat(schema.getJsonArray("required")).containsExactly("success", "message", "data");
        assertThat(schema.getBoolean("additionalProperties")).isFalse();
        var data = schema.getJsonObject("properties").getJsonObject("data");
        assertThat(data.getJsonArray("required")).containsExactly("verificationToken", "secret", "otpauthUrl");
        assertThat(schema.getJsonObject("properties").getJsonObject("success").getValue("const"))
                .isEqualTo(true);
    }

    private static Stream<JsonObject> operations() {
        return DOCUMENT.getJsonObject("paths").stream()
                .flatMap(path -> ((JsonObject) path.getValue()).stream())
                .map(method -> (JsonObject) method.getValue());
    }

    private static JsonObject operation(String path, String method) {
        return operation(DOCUMENT, path, method);
    }

    private static JsonObject operation(JsonObject document, String path, String method) {
        return document.getJsonObject("paths").getJsonObject(path).getJsonObject(method);
    }

    private static Object at(String pointer) {
        return at(pointer, DOCUMENT);
    }

    private static Object at(String pointer, JsonObject there) {
        return Objects.requireNonNull(JsonPointer.from(pointer).queryJson(there), pointer);
    }
}
