package io.portcullis.testing;

import io.portcullis.config.ConfigFile;
import io.portcullis.config.Settings;
import io.portcullis.yaml.ConfigReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A config file that a test writes. */
public final class ConfigText {
    private ConfigText() {}

    /** Fails when there is anything wrong with it. */
    public static Settings settings(String yaml, Map<String, String> environment) {
        try {
            var file = Files.createTempFile("portcullis", ".yaml");
            try {
                Files.writeString(file, yaml);
                return switch (ConfigFile.load(file, environment)) {
                    case ConfigFile.Valid valid -> valid.settings();
                    case ConfigFile.Invalid invalid -> throw new AssertionError(ConfigReport.print(invalid.problems()));
                };
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
