package io.portcullis.cli;

import io.portcullis.adapter.embedded.EmbeddedStores;
import io.portcullis.adapter.redis.RedisSettings;
import io.portcullis.config.Settings;
import io.portcullis.server.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code portcullis serve}: the gateway, until it is told to stop. */
@Command(name = "serve", description = "Runs the gateway until SIGTERM or Ctrl-C.")
final class ServeCommand implements Callable<Integer> {
    /** Of the embedded stores, in the working directory. */
    private static final Path EVALUATION_DATA = Path.of("portcullis-data");

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var settings = config.servable();
        var running = new Running();
        var gateway = running.add(
                settings.stores().isPresent()
                        ? Gateway.start(
                                settings,
                                settings.stores().get(),
                                settings.secrets().orElseThrow())
                        : onEmbeddedStores(settings, running));
        running.add(ConfigWatch.start(config.file(), gateway));
        spec.commandLine()
                .getOut()
                .println("portcullis is listening on " + scheme(settings) + "://"
                        + settings.server().host() + ":" + gateway.port() + " by " + config.file()
                        + ", health and metrics on port " + gateway.managementPort());
        running.awaitStop();
        return 0;
    }

    private static String scheme(Settings settings) {
        return settings.server().tls().isPresent() ? "https" : "http";
    }

    private static Gateway onEmbeddedStores(Settings settings, Running running) {
        var secrets = settings.secrets().orElseGet(() -> keptSecrets(EVALUATION_DATA));
        var stores = running.add(EmbeddedStores.start(Optional.of(EVALUATION_DATA.resolve("stores"))));
        return Gateway.start(
                settings, new Settings.Stores(stores.postgresUrl(), RedisSettings.at(stores.redisUrl())), secrets);
    }

    private static Settings.Secrets keptSecrets(Path directory) {
        try {
            if (!Files.exists(directory.resolve(KeysCommand.PEPPER))) {
                KeysCommand.create(directory);
            }
            return new Settings.Secrets(
                    Files.readString(directory.resolve(KeysCommand.KEYSET)),
                    Files.readString(directory.resolve(KeysCommand.PEPPER)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
