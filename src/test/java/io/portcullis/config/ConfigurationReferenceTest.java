package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
    private static final Path PAGE = Path.of("docs/configuration.md");

    /** With {@code -Dupdate=true} the page is written instead. */
    @Test
    void thePageIsThatOfTheSchema() throws IOException {
        if (Boolean.getBoolean("update")) {
            Files.writeString(PAGE, ConfigurationReference.page());
        }
        assertThat(Files.readString(PAGE))
                .as("made anew by: mvn -q test -Dtest=ConfigurationReferenceTest -Dupdate=true")
                .isEqualTo(ConfigurationReference.page());
    }
}
