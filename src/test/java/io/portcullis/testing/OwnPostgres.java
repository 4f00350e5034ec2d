package io.portcullis.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A PostgreSQL server of the test's own, that it may stop and freeze; stopped at the latest when the JVM ends. */
public final class OwnPostgres implements AutoCloseable {
    private final Path data;
    private final Thread lastly = new Thread(this::end);
    private EmbeddedPostgres server;
    private int port;

    private OwnPostgres() throws IOException {
        data = Files.createTempDirectory("portcullis-postgres");
        server = launch(EmbeddedPostgres.builder());
        port = server.getPort();
        Runtime.getRuntime().addShutdownHook(lastly);
    }

    public static OwnPostgres start() {
        try {
            return new OwnPostgres();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedPostgres launch(EmbeddedPostgres.Builder builder) throws IOException {
        return builder.setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
    }

    public String url() {
        return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    }

    public void stop() throws IOException {
        server.close();
    }

    /** Once more, with its data and its port. */
    public void restart() throws IOException {
        server = launch(EmbeddedPostgres.builder().setPort(port));
    }

    /** All of its processes keep their connections and do nothing, until {@link #thaw()}. */
    public void freeze() throws IOException {
        Signals.stop(processes());
    }

    public void thaw() throws IOException {
        Signals.resume(processes());
    }

    private Stream<ProcessHandle> processes() throws IOException {
        var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().trim();
        var postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants());
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastly);
        end();
    }

    private void end() {
        try {
            if (Files.exists(data.resolve("postmaster.pid"))) {
                thaw();
            }
            server.close();
            try (var files = Files.walk(data)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
