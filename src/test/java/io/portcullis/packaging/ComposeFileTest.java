package io.portcullis.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be known about docker-compose.yml without a container engine. */
class ComposeFileTest {
    private static final Set<String> COMMANDS = Set.of("serve", "check", "demo", "keys", "totp");

    private final Map<String, Object> compose = Yaml.read(Path.of("docker-compose.yml"));

    @Test
    void itIsWhatTheComposeSpecificationAllows() throws IOException {
        assertThat(validate(compose)).isEmpty();
    }

    @Test
    void theValidationFindsAMisspelledKey() throws IOException {
        Map<String, Object> misspelled = Map.of("services", Map.of("gateway", Map.of("restrat", "always")));
        assertThat(validate(misspelled)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-1", "gateway-2"})
    void aGatewayRunsACommandThatTheCommandLineKnows(String name) {
        var command = list(service(name).get("command"));
        assertThat(COMMANDS).contains(String.valueOf(command.getFirst()));
        assertThat(list(service(name).get("volumes")))
                .contains("./conf/compose/portcullis.yaml:" + command.getLast() + ":ro");
    }

    @Test
    void everyMountedFileIsThere() {
        var mounts = services()
                .flatMap(service -> list(service.get("volumes")).stream())
                .map(String::valueOf)
                .filter(mount -> mount.startsWith("./"))
                .map(mount -> Path.of(mount.split(":", 2)[0]));
        assertThat(mounts).isNotEmpty().allMatch(Files::isRegularFile);
    }

    @Test
    void secretsVolumesAndNetworksThatAreUsedAreDeclared() {
        for (var kind : List.of("secrets", "networks")) {
            var used = services().flatMap(service -> list(service.get(kind)).stream());
            assertThat(map(compose.get(kind)).keySet())
                    .as(kind)
                    .containsAll(used.map(String::valueOf).toList());
        }
        var volumes = services()
                .flatMap(service -> list(service.get("volumes")).stream())
                .map(String::valueOf)
                .filter(mount -> !mount.startsWith("./"))
                .map(mount -> mount.split(":", 2)[0]);
        assertThat(map(compose.get("volumes")).keySet()).containsAll(volumes.toList());
    }

    @Test
    void theSecretsOfTheGatewayAreThoseOfItsConfiguration() throws IOException {
        var config = Files.readString(Path.of("conf/compose/portcullis.yaml"));
        assertThat(list(service("gateway-1").get("secrets")))
                .allSatisfy(name -> assertThat(config).contains("${file:/run/secrets/" + name + "}"));
    }

    @Test
    void theGatewayTrustsTheNetworkOfTheLoadBalancerOnly() {
        var subnet = map(list(map(map(map(compose.get("networks")).get("edge")).get("ipam"))
                                .get("config"))
                        .getFirst())
                .get("subnet");
        var server = map(Yaml.read(Path.of("conf/compose/portcullis.yaml")).get("server"));
        assertThat(list(server.get("trustedProxies")).toString()).isEqualTo("[" + subnet + "]");
        var onEdge = map(compose.get("services")).entrySet().stream()
                .filter(entry -> list(map(entry.getValue()).get("networks")).contains("edge"))
                .map(Map.Entry::getKey);
        assertThat(onEdge).containsExactlyInAnyOrder("load-balancer", "gateway-1", "gateway-2");
    }

    private static List<OutputUnit> validate(Map<String, Object> document) throws IOException {
        var schema = JsonSchema.of(
                new JsonObject(Files.readString(Path.of("src/test/resources/compose-spec/compose-spec.json"))));
        var options = new JsonSchemaOptions()
                .setDraft(Draft.DRAFT7)
                .setBaseUri("https://compose-spec.example/")
                .setOutputFormat(OutputFormat.Basic);
        var errors = Validator.create(schema, options)
                .validate(new JsonObject(document))
                .getErrors();
        return errors == null ? List.of() : errors;
    }

    private Stream<Map<String, Object>> services() {
        return map(compose.get("services")).values().stream().map(ComposeFileTest::map);
    }

    private Map<String, Object> service(String name) {
        return map(map(compose.get("services")).get(name));
    }

    @SuppressWarnings("unchecked") // YAML maps have string keys here; anything else fails the test
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked") // a list of objects is what every YAML list is
    private static List<Object> list(Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }
}
