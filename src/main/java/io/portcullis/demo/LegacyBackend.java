package io.portcullis.demo;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A legacy admin backend that runs, in this process or as its own. Closing it frees the port. */
public final class LegacyBackend implements AutoCloseable {
    /** The HS256 secret where the environment names none in {@code LEGACY_JWT_SECRET}. Public, so for the demo only. */
    public static final String DEMO_JWT_SECRET = "the-demo-secret-of-the-legacy-backend-is-public";

    private static final String USAGE =
            "usage: java -cp portcullis-demo.jar io.portcullis.demo.LegacyBackend [--host 127.0.0.1] [--port 9000]";

    private final Vertx vertx;
    private final HttpServer server;

    private LegacyBackend(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /**
     * Starts and waits until it listens; the JWT secret is that of {@link #jwtSecret()}. Not to be called on an event
     * loop.
     *
     * @param port 0 for any free one, told by {@link #port()}
     */
    public static LegacyBackend start(String host, int port) {
        var tokens = new LegacyTokens(jwtSecret(), InstantSource.system());
        // It serves no files, so it needs no cache directory, which would stay behind when it is killed.
        var files = new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        var vertx = Vertx.vertx(new VertxOptions().setFileSystemOptions(files));
        try {
            // HTTP/1.1 alone, as old as it is; and roomier than any gateway in front, so no header is refused here.
            var options = new HttpServerOptions()
                    .setHttp2ClearTextEnabled(false)
                    .setMaxHeaderSize(64 * 1024)
                    .setMaxInitialLineLength(64 * 1024);
            var server = vertx.createHttpServer(options)
                    .requestHandler(new LegacyRoutes(vertx, tokens))
                    .listen(port, host)
                    .await();
            return new LegacyBackend(vertx, server);
        } catch (RuntimeException failure) {
            vertx.close().await();
            throw failure;
        }
    }

    /**
     * The secret that tokens are signed with: {@code LEGACY_JWT_SECRET} of the environment, else the content of the file
     * that {@code LEGACY_JWT_SECRET_FILE} names, else the demo's.
     */
    public static String jwtSecret() {
        return Optional.ofNullable(System.getenv("LEGACY_JWT_SECRET"))
                .or(() -> Optional.ofNullable(System.getenv("LEGACY_JWT_SECRET_FILE"))
                        .map(LegacyBackend::content))
                .orElse(DEMO_JWT_SECRET);
    }

    private static String content(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("LEGACY_JWT_SECRET_FILE cannot be read", e);
        }
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().await();
    }

    public static void main(String[] args) {
        String host = "127.0.0.1";
        int port = 9000;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(USAGE);
            }
            switch (args[i]) {
                case "--host" -> host = args[i + 1];
                case "--port" -> port = Integer.parseInt(args[i + 1]);
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        // Stays open: its event loop keeps the process alive until a signal ends it.
        var backend = start(host, port);
        System.out.println("legacy backend listening on http://" + host + ":" + backend.port());
    }
}
