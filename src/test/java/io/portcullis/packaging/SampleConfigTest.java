package io.portcullis.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.oidc.OidcSettings;
import io.portcullis.config.ConfigFile;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.yaml.ConfigReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    /** As {@code portcullis check} reads them, with secrets in the places that they name. */
    @ParameterizedTest
    @ValueSource(strings = {"google", "keycloak", "entra"})
    void anExampleIsRight(String provider, @TempDir Path folder) throws IOException {
        var keyset = Files.writeString(folder.resolve("keyset.json"), Keysets.create());
        var pepper = Files.writeString(folder.resolve("pepper"), "0123456789abcdef0123456789abcdef");
        var file = Files.writeString(
                folder.resolve(provider + ".yaml"),
                Files.readString(Path.of("conf/examples/" + provider + ".yaml"))
                        .replace("/run/secrets/portcullis-keyset.json", keyset.toString())
                        .replace("/run/secrets/portcullis-pepper", pepper.toString()));
        var environment = Map.of(
                "PG_PASSWORD", "secret",
                "GOOGLE_CLIENT_ID", "1.apps.googleusercontent.com",
                "GOOGLE_CLIENT_SECRET", "secret",
                "KEYCLOAK_CLIENT_SECRET", "secret",
                "ENTRA_TENANT_ID", "00000000-0000-0000-0000-000000000000",
                "ENTRA_CLIENT_ID", "00000000-0000-0000-0000-000000000001",
                "ENTRA_CLIENT_SECRET", "secret");
        switch (ConfigFile.load(file, environment)) {
            case ConfigFile.Valid valid ->
                assertThat(valid.settings().identity(OidcSettings.class))
                        .singleElement()
                        .satisfies(source -> assertThat(Files.readString(file))
                                .contains("https://admin.example.com/auth/oidc/" + source.name() + "/callback"));
            case ConfigFile.Invalid invalid -> throw new AssertionError(ConfigReport.print(invalid.problems()));
        }
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
