package io.portcullis.adapter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A PostgreSQL and a Redis of our own, on free ports of 127.0.0.1 and behind a random password.
 *
 * <p>They run until {@link #close()}, through the JVM's shutdown as well: no shutdown hook ends them, so that requests
 * in flight can be finished, and Ctrl-C does not reach them. When the JVM is gone without having closed them, however it
 * went, they stop by themselves (see {@link Guardian}). Linux and macOS.
 */
public final class EmbeddedStores implements AutoCloseable {
    private final StoreDirectory directory;
    private final Guardian guardian;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;

    private EmbeddedStores(
            StoreDirectory directory, Guardian guardian, EmbeddedPostgres postgres, EmbeddedRedis redis) {
        this.directory = directory;
        this.guardian = guardian;
        this.postgres = postgres;
        this.redis = redis;
    }

    /** Whether the servers are on the class path, for this kind of machine. */
    public static boolean bundled() {
        return Bundle.complete();
    }

    /**
     * Starts both and waits until they answer.
     *
     * @param dataDirectory where the data (and the unpacked servers, which makes the next start quick) are kept; without
     *     one there is nothing left after {@link #close()}
     * @throws IllegalStateException when the servers are not {@link #bundled()}, or another process uses the directory
     * @throws UncheckedIOException when a server does not start; the message holds what it wrote
     */
    public static EmbeddedStores start(Optional<Path> dataDirectory) {
        if (!bundled()) {
            throw new IllegalStateException("no PostgreSQL and Redis for this machine on the class path");
        }
        try {
            var directory = StoreDirectory.open(dataDirectory);
            try {
                return start(directory);
            } catch (IOException | RuntimeException failure) {
                directory.close();
                throw failure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded stores do not start: " + e.getMessage(), e);
        }
    }

    private static EmbeddedStores start(StoreDirectory directory) throws IOException {
        var guardian = Guardian.over(directory); // before the servers: whatever starts is watched
        try {
            var postgres = EmbeddedPostgres.start(directory);
            var redis = EmbeddedRedis.start(directory);
            return new EmbeddedStores(directory, guardian, postgres, redis);
        } catch (IOException | RuntimeException failure) {
            guardian.stopAll();
            throw failure;
        }
    }

    /** {@code postgresql://user:password@127.0.0.1:port/portcullis}; the password needs no escaping. */
    public String postgresUrl() {
        return postgres.url();
    }

    /** {@code redis://:password@127.0.0.1:port}; the password needs no escaping. */
    public String redisUrl() {
        return redis.url();
    }

    /** Stops both servers and waits for it; a directory that is not kept is gone afterwards. */
    @Override
    public void close() {
        guardian.stopAll();
        directory.close();
    }
}
