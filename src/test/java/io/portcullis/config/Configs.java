package io.portcullis.config;

import io.portcullis.yaml.ConfigReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Config files as texts, and what became of them. */
final class Configs {
    /** Nothing but what must be there. */
    static final String LEAST = """
            server: { publicUrl: https://admin.example.com }
            upstreams:
              legacy: { url: http://127.0.0.1:9000 }
            rules:
              - { path: /**, access: public }
            """;

    /** Long enough for every key. */
    static final String SECRET = "0123456789abcdef0123456789abcdef";

    private Configs() {}

    /** A file of the tests, {@code src/test/resources/config}. */
    static String file(String name) {
        try (var resource = Objects.requireNonNull(Configs.class.getResourceAsStream("/config/" + name))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static ConfigFile load(Path folder, String yaml, Map<String, String> environment) {
        try {
            return ConfigFile.load(Files.writeString(folder.resolve("portcullis.yaml"), yaml), environment);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    static Settings valid(Path folder, String yaml, Map<String, String> environment) {
        return switch (load(folder, yaml, environment)) {
            case ConfigFile.Valid valid -> valid.settings();
            case ConfigFile.Invalid invalid -> throw new AssertionError(ConfigReport.print(invalid.problems()));
        };
    }

    /** Each as {@code 12:5: /server/prot: unknown key}, without the file's name. */
    static List<String> problems(Path folder, String yaml, Map<String, String> environment) {
        return switch (load(folder, yaml, environment)) {
            case ConfigFile.Valid valid -> List.of();
            case ConfigFile.Invalid invalid ->
                ConfigReport.print(invalid.problems())
                        .lines()
                        .map(line -> line.substring(line.indexOf("portcullis.yaml:") + "portcullis.yaml:".length()))
                        .toList();
        };
    }
}
