package io.portcullis.cli;

import io.portcullis.config.ConfigFile;
import io.portcullis.server.Gateway;
import io.portcullis.yaml.ConfigReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the config file again when its content changes, or on SIGHUP. A file that is wrong is told and the old one goes on. */
final class ConfigWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final long LOOK_MILLIS = 1_000;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("config-watch").factory());
    private final Path file;
    private final Gateway gateway;
    private byte[] seen;

    private ConfigWatch(Path file, Gateway gateway) {
        this.file = file;
        this.gateway = gateway;
        this.seen = content(new byte[0]);
    }

    /** The content is looked at, not the time: mounted files are often swapped by links. */
    @SuppressWarnings("FutureReturnValueIgnored") // it runs until close()
    static ConfigWatch start(Path file, Gateway gateway) {
        var watch = new ConfigWatch(file, gateway);
        watch.thread.scheduleWithFixedDelay(watch::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        Hangup.onSignal(() -> watch.thread.execute(watch::reload));
        return watch;
    }

    private void look() {
        var now = content(seen);
        if (!Arrays.equals(now, seen)) {
            seen = now;
            reload();
        }
    }

    /** A file that is being replaced may be gone for a moment. */
    private byte[] content(byte[] otherwise) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException gone) {
            return otherwise;
        }
    }

    private void reload() {
        try {
            switch (ConfigFile.load(file, System.getenv())) {
                case ConfigFile.Valid valid -> {
                    gateway.reload(valid.settings());
                    LOG.info("{} is in force", file);
                }
                case ConfigFile.Invalid invalid ->
                    LOG.error(
                            "the changed config file is not used, the one before goes on:\n{}",
                            ConfigReport.print(invalid.problems()));
            }
        } catch (IllegalArgumentException refused) {
            LOG.error("the changed config file is not used, the one before goes on: {}", refused.getMessage());
        } catch (RuntimeException failure) { // the watch must live on
            LOG.error("the changed config file could not be put in force", failure);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
