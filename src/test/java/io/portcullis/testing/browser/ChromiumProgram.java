package io.portcullis.testing.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where Chromium is on this machine. */
final class ChromiumProgram {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private ChromiumProgram() {}

    static Optional<Path> find() {
        return find(System.getenv());
    }

    /** What {@code CHROMIUM} names, and nothing else when it names something; without it, the first on the {@code PATH}. */
    static Optional<Path> find(Map<String, String> environment) {
        var named = environment.getOrDefault("CHROMIUM", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named)).filter(ChromiumProgram::isProgram);
        }
        var folders = environment.getOrDefault("PATH", "").split(":", -1);
        return NAMES.stream()
                .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
                .filter(ChromiumProgram::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
