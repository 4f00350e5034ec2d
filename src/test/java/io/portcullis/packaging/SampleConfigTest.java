package io.portcullis.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration files that ship, as YAML. */
class SampleConfigTest {
    @ParameterizedTest
    @ValueSource(strings = {"conf/portcullis.yaml", "conf/demo.yaml", "conf/compose/portcullis.yaml"})
    void aSampleGuardsTheAdminPathsWithASecondFactor(String file) {
        var config = Yaml.read(Path.of(file));
        assertThat((List<?>) config.get("rules"))
                .filteredOn(rule -> ((Map<?, ?>) rule).get("path").equals("/admin/**"))
                .singleElement()
                .satisfies(rule -> assertThat(((Map<?, ?>) rule).get("access")).isEqualTo("two-factor"));
    }

    @Test
    void theDemoTrustsTheTokensOfTheDemoBackend() {
        var sources = (List<?>) Yaml.read(Path.of("conf/demo.yaml")).get("identity");
        assertThat(((Map<?, ?>) sources.getFirst()).get("secret"))
                .isEqualTo("${LEGACY_JWT_SECRET:-" + LegacyBackend.DEMO_JWT_SECRET + "}");
    }

    @Test
    void theDemoFileIsInTheJar() throws IOException {
        try (var file = LegacyBackend.class.getResourceAsStream("/demo.yaml")) {
            assertThat(file).isNotNull();
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Files.readString(Path.of("conf/demo.yaml")));
        }
    }
}
