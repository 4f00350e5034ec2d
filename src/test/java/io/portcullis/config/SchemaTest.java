package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.limits.LimitSettings;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.gate.Rule;
import io.portcullis.http.CookieSettings;
import io.portcullis.http.Pages;
import io.portcullis.proxy.ExchangeLimits;
import io.portcullis.proxy.HealthSettings;
import io.portcullis.testing.JsonSchemas;
import io.portcullis.yaml.Schema;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema as we read it is the schema as everybody else reads it. */
class SchemaTest {
    /** What {@link Schema} and {@code SchemaCheck} act on. */
    private static final Set<String> CHECKED = Set.of(
            "$ref",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "propertyNames",
            "items",
            "minItems",
            "minProperties",
            "minLength",
            "pattern",
            "const",
            "anyOf",
            "default");

    /** What says something to people. */
    private static final Set<String> ANNOTATIONS = Set.of("title", "description", "x-form", "x-supported");

    private static final JsonObject SCHEMA = ConfigFile.SCHEMA.json();

    @TempDir
    Path folder;

    @Test
    void noKeywordIsOverlooked() {
        for (var schema : JsonSchemas.parts(SCHEMA)) {
            assertThat(schema.fieldNames()).allMatch(key -> CHECKED.contains(key) || ANNOTATIONS.contains(key));
        }
    }

    @Test
    void everyMappingIsClosedOrSaysWhatItHolds() {
        assertThat(JsonSchemas.parts(SCHEMA))
                .filteredOn(schema -> "object".equals(schema.getValue("type")))
                .allMatch(schema -> schema.containsKey("additionalProperties"));
    }

    @Test
    void everyKeyIsDescribed() {
        for (var schema : JsonSchemas.parts(SCHEMA)) {
            var properties = schema.getJsonObject("properties", new JsonObject());
            for (var key : properties.fieldNames()) {
                var described = new Described(schema).member(key);
                assertThat(described).as(key).isNotEmpty();
            }
        }
    }

    private record Described(JsonObject schema) {
        String member(String key) {
            var member = schema.getJsonObject("properties").getJsonObject(key);
            while (!member.containsKey("description") && member.containsKey("$ref")) {
                member = SCHEMA.getJsonObject("$defs")
                        .getJsonObject(member.getString("$ref").substring("#/$defs/".length()));
            }
            return member.getString("description", "");
        }
    }

    @Test
    void defaultsAreThoseOfTheSettings() {
        var settings = Configs.valid(folder, Configs.LEAST, Map.of());
        assertThat(settings.mfa()).isEqualTo(MfaSettings.DEFAULTS);
        assertThat(settings.limits()).isEqualTo(LimitSettings.DEFAULTS);
        assertThat(settings.session()).isEqualTo(SessionSettings.DEFAULTS);
        assertThat(settings.cookie()).isEqualTo(CookieSettings.DEFAULTS);
        assertThat(settings.rules().getFirst().pages()).isEqualTo(Pages.DEFAULTS);
        assertThat(settings.rules().getFirst().secondFactor()).isEqualTo(Rule.SecondFactor.ANY);
        assertThat(settings.rules().getFirst().enforcement()).isEqualTo(Rule.Enforcement.FULL);
        assertThat(settings.rules().getFirst().limits()).isEqualTo(ExchangeLimits.NONE);
        assertThat(settings.upstreams().getFirst().health()).isEqualTo(HealthSettings.DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conf/portcullis.yaml", "conf/demo.yaml", "conf/compose/portcullis.yaml"})
    void editorsAcceptWhatShips(String file) throws IOException {
        assertThat(JsonSchemas.faults(SCHEMA, Files.readString(Path.of(file)))).isEmpty();
    }

    @Test
    void editorsAcceptTheContractsKeys() {
        assertThat(JsonSchemas.faults(
                        SCHEMA,
                        Configs.file("further.yaml")
                                .replace("server: {", "server: { publicUrl: https://admin.example.com,")))
                .isEmpty();
    }

    @Test
    void editorsRefuseWhatWeRefuse() {
        assertThat(JsonSchemas.faults(SCHEMA, Configs.LEAST + "session: { ttl: soon }\n"))
                .isNotEmpty();
        assertThat(JsonSchemas.faults(SCHEMA, Configs.LEAST + "sesion: {}\n")).isNotEmpty();
        assertThat(JsonSchemas.faults(SCHEMA, Configs.LEAST.replace("public }", "open }")))
                .isNotEmpty();
    }
}
