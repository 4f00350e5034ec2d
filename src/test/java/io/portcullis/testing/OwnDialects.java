package io.portcullis.testing;

import io.portcullis.config.ConfigFile;
import io.portcullis.config.Settings;
import io.portcullis.server.Gateway;
import io.portcullis.yaml.ConfigReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** One more instance of a {@link TestGateway}, by the same config file on disk, that serves dialect files of the test's own. */
public final class OwnDialects implements AutoCloseable {
    private final Path config;
    private final Gateway gateway;

    private OwnDialects(Path config, Gateway gateway) {
        this.config = config;
        this.gateway = gateway;
    }

    /** {@code dialects}: their texts by their names. */
    public static OwnDialects start(TestGateway gateway, Path folder, Map<String, String> dialects) {
        try {
            var config = HostConfig.write(folder, gateway);
            var kept = Files.readAllLines(config).stream().filter(line -> !line.startsWith("dialects:"));
            Files.writeString(
                    config,
                    String.join("\n", kept.toList()) + "\ndialects: [" + String.join(", ", dialects.keySet()) + "]\n");
            Files.createDirectories(folder.resolve("dialects"));
            for (var dialect : dialects.entrySet()) {
                Files.writeString(file(config, dialect.getKey()), dialect.getValue());
            }
            var settings = settings(config);
            return new OwnDialects(
                    config,
                    Gateway.start(
                            settings,
                            settings.stores().orElseThrow(),
                            settings.secrets().orElseThrow(),
                            gateway.clock()));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static Settings settings(Path config) {
        return switch (ConfigFile.load(config, Map.of())) {
            case ConfigFile.Valid valid -> valid.settings();
            case ConfigFile.Invalid invalid -> throw new AssertionError(ConfigReport.print(invalid.problems()));
        };
    }

    private static Path file(Path config, String dialect) {
        return config.resolveSibling("dialects").resolve(dialect + ".yaml");
    }

    public Path config() {
        return config;
    }

    public Gateway gateway() {
        return gateway;
    }

    public int port() {
        return gateway.port();
    }

    /** Replaces the text of a dialect file, in one step. */
    public void write(String dialect, String yaml) {
        try {
            var next = Files.writeString(config.resolveSibling(dialect + ".next"), yaml);
            Files.move(next, file(config, dialect), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
