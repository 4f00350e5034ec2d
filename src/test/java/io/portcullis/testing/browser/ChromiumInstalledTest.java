package io.portcullis.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumInstalledTest {
    @Test
    void testsRunWhereItIsFound() {
        assertThat(ChromiumInstalled.judge(Optional.of(Path.of("/usr/bin/chromium")))
                        .isDisabled())
                .isFalse();
    }

    @Test
    void testsAreSkippedByNameWhereItIsNot() {
        var result = ChromiumInstalled.judge(Optional.empty());
        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).contains("Chromium is not installed: install Debian's chromium or set CHROMIUM");
        assertThat(ChromiumInstalled.line(ChromiumInstalledTest.class))
                .isEqualTo("SKIPPED io.portcullis.testing.browser.ChromiumInstalledTest: "
                        + "Chromium is not installed: install Debian's chromium or set CHROMIUM");
    }

    @Test
    void theVariableComesBeforeThePath(@TempDir Path folder) throws IOException {
        var onPath = program(folder.resolve("chromium-browser"));
        var named = program(folder.resolve("mine"));
        var path = "/nowhere:" + folder;
        assertThat(ChromiumProgram.find(Map.of("PATH", path))).contains(onPath);
        assertThat(ChromiumProgram.find(Map.of("PATH", path, "CHROMIUM", ""))).contains(onPath);
        assertThat(ChromiumProgram.find(Map.of("PATH", path, "CHROMIUM", named.toString())))
                .contains(named);
        assertThat(ChromiumProgram.find(Map.of("PATH", path, "CHROMIUM", "/nowhere/chromium")))
                .isEmpty();
        assertThat(ChromiumProgram.find(Map.of("PATH", "/nowhere"))).isEmpty();
    }

    private static Path program(Path path) throws IOException {
        return Files.createFile(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
