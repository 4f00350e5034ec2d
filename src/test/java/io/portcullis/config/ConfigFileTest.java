package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.identity.JwtSettings;
import io.portcullis.dialect.Dialect;
import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.testing.SigningKeys;
import io.portcullis.yaml.ConfigProblem;
import io.portcullis.yaml.ConfigReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole files: what the contract shows, what ships, and what a file may be instead. */
class ConfigFileTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PG_PASSWORD", "p",
            "RESEND_API_KEY", "r",
            "LEGACY_JWT_SECRET", "a-secret-of-the-legacy-backend-that-is-long",
            "HOOK_SECRET", "a-secret-of-the-legacy-hook-that-is-long");

    @TempDir
    Path folder;

    @BeforeEach
    void secretFiles() throws Exception {
        Files.writeString(folder.resolve("portcullis-keyset.json"), "{\"primaryKeyId\": 1}\n");
        Files.writeString(folder.resolve("portcullis-pepper"), "0123456789abcdef0123456789abcdef\n");
        Files.writeString(folder.resolve("postgres-password"), "p");
        Files.writeString(folder.resolve("redis-password"), "r");
        Files.writeString(folder.resolve("legacy-jwt-secret"), "a-secret-of-the-legacy-backend-that-is-long");
        Files.writeString(folder.resolve("legacy.pem"), SigningKeys.publicPem("RSA", 2048));
    }

    /** A file with its secrets beside it. */
    private static String here(String yaml) {
        return yaml.replace("/run/secrets/", "");
    }

    @Test
    void theContractsSampleLoads() {
        var settings = Configs.valid(folder, here(Configs.file("contract.yaml")), ENVIRONMENT);

        assertThat(settings.dialects().stream().map(Dialect::name))
                .containsExactly("better-auth", "admin-email", "three-state", "two-factor");
        assertThat(settings.server().publicUrl()).hasToString("https://admin.example.com");
        assertThat(settings.server().allowedHosts())
                .containsExactlyInAnyOrder("admin.example.com", "localhost", "127.0.0.1", "::1");
        assertThat(settings.stores().orElseThrow().postgresUrl())
                .isEqualTo("postgresql://portcullis:p@db:5432/portcullis");
        assertThat(settings.secrets().orElseThrow().pepper()).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(settings.rules()).hasSize(3);
        assertThat(settings.identity(JwtSettings.class).getFirst().realm()).isEqualTo("admin");
        assertThat(settings.identity(CaptureSettings.class).getFirst().upstream())
                .isEqualTo("legacy");
        assertThat(settings.identity(CaptureSettings.class).getFirst().fields().password())
                .isEqualTo("/password");
        assertThat(settings.toString()).doesNotContain("portcullis:p@", "primaryKeyId", "0123456789", "legacy-backend");
    }

    @Test
    void theContractsFurtherKeysAreAllKnown() {
        assertThat(Configs.problems(folder, Configs.file("further.yaml"), ENVIRONMENT))
                .filteredOn(problem -> !problem.contains("is not supported yet"))
                .containsExactly(
                        "1:9: /server/publicUrl: is missing; must be an origin such as https://admin.example.com:"
                                + " lower case, no path, no default port",
                        "3:47: /upstreams/legacy/ca: must be the path of a readable PEM file with certificates",
                        "15:36: /identity/2/login/path: the rules answer it with NO_ROUTE; add a public rule for it",
                        "21:34: /identity/3/login/path: the rules answer it with NO_ROUTE; add a public rule for it",
                        "27:17: /sync/admin/url: the PostgreSQL URL is not of the form"
                                + " postgresql://user:password@host:port/database, each part percent-encoded,"
                                + " with ?sslmode=disable, require or verify-full",
                        "28:10: /sync/user: is for a realm that no identity source has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conf/portcullis.yaml", "conf/demo.yaml", "conf/compose/portcullis.yaml"})
    void whatShipsIsRight(String file) throws IOException {
        var yaml = here(Files.readString(Path.of(file)));
        assertThat(Configs.problems(folder, yaml, ENVIRONMENT)).isEmpty();
    }

    @Test
    void aReportNamesTheFileAndThePlace() {
        var problem = new ConfigProblem(
                Path.of("conf/portcullis.yaml"), 12, 5, "/server/prot", "unknown key, did you mean \"port\"?");
        assertThat(ConfigReport.print(List.of(problem)))
                .isEqualTo("conf/portcullis.yaml:12:5: /server/prot: unknown key, did you mean \"port\"?");
    }

    @Test
    void aMissingFileIsAProblem() {
        assertThat(ConfigFile.load(folder.resolve("absent.yaml"), Map.of()))
                .isEqualTo(new ConfigFile.Invalid(List.of(new ConfigProblem(
                        folder.resolve("absent.yaml"), 1, 1, "", "there is no such file; check the path"))));
    }

    @Test
    void aFolderIsNoFile() {
        var invalid = (ConfigFile.Invalid) ConfigFile.load(folder, Map.of());
        assertThat(invalid.problems().getFirst().message()).startsWith("cannot be read");
    }

    @Test
    void bytesThatAreNoTextAreAProblem() throws IOException {
        Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
        var invalid = (ConfigFile.Invalid) ConfigFile.load(folder.resolve("bytes.yaml"), Map.of());
        assertThat(invalid.problems().getFirst().message()).isEqualTo("is not text in UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoFault() {
        assertThat(Configs.problems(folder, "\uFEFF" + Configs.LEAST, Map.of())).isEmpty();
    }
}
