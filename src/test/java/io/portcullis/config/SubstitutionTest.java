package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Placeholders in values. */
class SubstitutionTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("NAME", "Example", "EMPTY", "", "PORT", "8443", "ON", "true", "NESTED", "${NAME}");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'${NAME}' | Example",
                "'${NAME} Admin' | Example Admin",
                "'${NAME}-${NAME}' | Example-Example",
                "'${UNSET:-other}' | other",
                "'${EMPTY:-other}' | other",
                "'${NAME:-other}' | Example",
                "'$${NAME}' | ${NAME}",
                "'${NESTED}' | ${NAME}",
                "'5$' | 5$",
            })
    void aTextIsReplaced(String text, String expected) {
        for (var place : new String[] {"mfa:\n  issuer: " + text, "mfa: { issuer: " + text + " }"}) {
            var settings = Configs.valid(folder, Configs.LEAST + place + "\n", ENVIRONMENT);
            assertThat(settings.mfa().issuer()).isEqualTo(expected);
        }
    }

    @Test
    void aPlaceholderHasTheTypeThatItsKeyWants() {
        var settings = Configs.valid(
                folder,
                Configs.LEAST + "management: { port: \"${PORT}\" }\nsession: { cookie: { secure: ${ON} } }\n",
                ENVIRONMENT);
        assertThat(settings.management().port()).isEqualTo(8443);
        assertThat(settings.cookie().secure()).isTrue();
    }

    @Test
    void aFileIsReadWithoutItsLastLineEnd() throws IOException {
        Files.createDirectory(folder.resolve("names"));
        Files.writeString(folder.resolve("names/issuer"), "From a file\r\n");
        var settings = Configs.valid(folder, Configs.LEAST + "mfa: { issuer: ${file:names/issuer} }\n", Map.of());
        assertThat(settings.mfa().issuer()).isEqualTo("From a file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'${UNSET}' | the environment variable UNSET is not set; set it, or give a default: ${UNSET:-default}",
                "'${file:absent}' | the file absent is missing; a relative path starts at the folder of this file",
                "'${file:/absent/file}' | the file /absent/file is missing",
                "'${file:.}' | the file . cannot be read; check that it is a file and its permissions",
                "'\"${NAME\"' | has a ${ without its }; write $${ for the characters themselves",
                "'${a b}' | '${...} takes NAME, NAME:-default or file:PATH; write $${ for the characters themselves'",
                "'${}' | '${...} takes NAME, NAME:-default or file:PATH; write $${ for the characters themselves'",
            })
    void whatCannotBeReplacedIsAProblem(String text, String message) {
        assertThat(Configs.problems(folder, Configs.LEAST + "mfa:\n  issuer: " + text + "\n", ENVIRONMENT))
                .containsExactly("7:11: /mfa/issuer: " + message);
    }

    @Test
    void aFileThatIsNoText() throws IOException {
        Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff});
        assertThat(Configs.problems(folder, Configs.LEAST + "mfa: { issuer: ${file:bytes} }\n", Map.of()))
                .containsExactly("6:16: /mfa/issuer: the file bytes is not text in UTF-8");
    }

    @Test
    void aFileThatIsTooLarge() throws IOException {
        Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
        assertThat(Configs.problems(folder, Configs.LEAST + "mfa: { issuer: ${file:large} }\n", Map.of()))
                .containsExactly("6:16: /mfa/issuer: the file large is larger than 1MiB");
    }

    @Test
    void aReplacedValueIsNeverShown() {
        var yaml = Configs.LEAST + """
                management: { port: "${SECRET}" }
                postgres: { url: "${SECRET}" }
                redis: { url: "${SECRET}" }
                secrets: { encryption: "${SECRET}", pepper: "${SECRET}" }
                session: { ttl: "${SECRET}", cookie: { sameSite: "${SECRET}" } }
                identity:
                  - { name: a, type: jwt, algorithm: "${SECRET}", secret: "${SECRET}" }
                """;
        assertThat(Configs.problems(folder, yaml, Map.of("SECRET", "hunter2")))
                .hasSize(8)
                .noneMatch(problem -> problem.contains("hunter2"));
    }
}
