package io.portcullis.cli;

import io.portcullis.config.ConfigFile;
import io.portcullis.config.ConfigReport;
import io.portcullis.config.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --config FILE}. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The YAML config file.")
    private @Nullable Path file;

    Path file() {
        if (file == null) {
            throw new IllegalStateException("picocli lets nobody by without --config");
        }
        return file;
    }

    /** Every problem of the file at once is the failure's message. */
    Settings settings() {
        return switch (ConfigFile.load(file(), System.getenv())) {
            case ConfigFile.Valid valid -> valid.settings();
            case ConfigFile.Invalid invalid -> throw new CommandFailure(ConfigReport.print(invalid.problems()));
        };
    }
}
