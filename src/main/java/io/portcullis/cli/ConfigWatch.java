package io.portcullis.cli;

import io.portcullis.config.ConfigFile;
import io.portcullis.server.Gateway;
import io.portcullis.yaml.ConfigReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the config file again when its content changes, or that of a dialect file beside it or of its certificate, or on SIGHUP. A file that is wrong is
 * told and the old ones go on.
 */
final class ConfigWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final long LOOK_MILLIS = 1_000;
    private static final int GONE_LOOKS = 3;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("config-watch").factory());
    private final Path file;
    private final Gateway gateway;
    private Map<Path, ByteBuffer> seen;
    private int goneFor;

    private ConfigWatch(Path file, Gateway gateway) {
        this.file = file;
        this.gateway = gateway;
        this.seen = content(Map.of());
    }

    /** The content is looked at, not the time: mounted files are often swapped by links. */
    @SuppressWarnings("FutureReturnValueIgnored") // it runs until close()
    static ConfigWatch start(Path file, Gateway gateway) {
        var watch = new ConfigWatch(file, gateway);
        watch.thread.scheduleWithFixedDelay(watch::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        ProcessSignal.HUP.on(() -> watch.thread.execute(watch::reload));
        return watch;
    }

    private void look() {
        var now = content(seen);
        boolean back = goneFor >= GONE_LOOKS && Files.isReadable(file);
        goneFor = Files.isReadable(file) ? 0 : goneFor + 1;
        if (!now.equals(seen) || back) {
            seen = now;
            reload();
        } else if (goneFor == GONE_LOOKS) {
            LOG.error("{} is gone or cannot be read: a restart would fail", file);
            gateway.notReloaded("the config file is gone or cannot be read: a restart would fail");
        }
    }

    /** A file that is being replaced may be gone for a moment, and its folder too: what was there before then stays. */
    private Map<Path, ByteBuffer> content(Map<Path, ByteBuffer> before) {
        var content = new HashMap<>(before);
        read(file, content);
        gateway.tls().ifPresent(tls -> {
            read(tls.cert(), content);
            read(tls.key(), content);
        });
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        try (var dialects = Files.newDirectoryStream(folder.resolve("dialects"), "*.yaml")) {
            dialects.forEach(dialect -> read(dialect, content));
        } catch (IOException | DirectoryIteratorException none) {
            return content;
        }
        return content;
    }

    private static void read(Path one, Map<Path, ByteBuffer> content) {
        try {
            content.put(one, ByteBuffer.wrap(Files.readAllBytes(one)));
        } catch (IOException gone) {
            LOG.debug("{} cannot be read just now", one);
        }
    }

    private void reload() {
        try {
            switch (ConfigFile.load(file, System.getenv())) {
                case ConfigFile.Valid valid -> {
                    gateway.reload(valid.settings());
                    LOG.info("{} is in force", file);
                }
                case ConfigFile.Invalid invalid -> {
                    var problems = ConfigReport.print(invalid.problems());
                    LOG.error("the changed files are not used, what was before goes on:\n{}", problems);
                    gateway.notReloaded(problems);
                }
            }
        } catch (IllegalArgumentException refused) {
            LOG.error("the changed files are not used, what was before goes on: {}", refused.getMessage());
        } catch (RuntimeException failure) { // the watch must live on
            LOG.error("the changed config file could not be put in force", failure);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
