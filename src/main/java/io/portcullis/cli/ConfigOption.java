package io.portcullis.cli;

import io.portcullis.adapter.embedded.EmbeddedStores;
import io.portcullis.config.ConfigFile;
import io.portcullis.config.Settings;
import io.portcullis.yaml.ConfigReport;
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

    /** Settings that a gateway can run by: with stores of their own, or in a jar that has some in it. */
    Settings servable() {
        var settings = settings();
        if (settings.stores().isEmpty() && !EmbeddedStores.bundled()) {
            throw new CommandFailure("the config file names no postgres and no redis, and this jar has none in it:"
                    + " name both, or evaluate with portcullis-demo.jar");
        }
        return settings;
    }

    /** Every problem of the file at once is the failure's message. */
    Settings settings() {
        return settings(file());
    }

    /** The same for a file that was named otherwise. */
    static Settings settings(Path file) {
        return switch (ConfigFile.load(file, System.getenv())) {
            case ConfigFile.Valid valid -> valid.settings();
            case ConfigFile.Invalid invalid -> throw new CommandFailure(ConfigReport.print(invalid.problems()));
        };
    }
}
