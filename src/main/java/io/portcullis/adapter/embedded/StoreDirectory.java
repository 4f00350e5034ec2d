package io.portcullis.adapter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;

/** Where the servers keep their files, readable by their owner alone and used by one process at a time. */
final class StoreDirectory implements AutoCloseable {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Longer than a guardian takes to stop the servers of a process that was killed. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path root;
    private final boolean kept;
    private final FileChannel lock;

    private StoreDirectory(Path root, boolean kept, FileChannel lock) {
        this.root = root;
        this.kept = kept;
        this.lock = lock;
    }

    static StoreDirectory open(Optional<Path> kept) throws IOException {
        var root = kept.isPresent() ? Files.createDirectories(kept.get()) : Files.createTempDirectory("portcullis-");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        root = root.toRealPath();
        var lock = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
            var directory = new StoreDirectory(root, kept.isPresent(), lock);
            directory.awaitPredecessor();
            return directory;
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IllegalStateException(root + " is in use by another process", e);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    Path root() {
        return root;
    }

    boolean kept() {
        return kept;
    }

    Path postgresData() {
        return root.resolve("postgres");
    }

    Path postgresPidFile() {
        return postgresData().resolve("postmaster.pid");
    }

    Path redisData() {
        return root.resolve("redis");
    }

    Path redisPidFile() {
        return redisData().resolve("redis.pid");
    }

    Path passwordFile() {
        return root.resolve("password");
    }

    /** The password of both servers, in letters that need no escaping in a URL; made at the first call. */
    String password() throws IOException {
        if (Files.notExists(passwordFile())) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            write(passwordFile(), Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        }
        return Files.readString(passwordFile());
    }

    /** An empty folder to prepare something in, in place of what an interrupted start left there. */
    Path fresh(String name) throws IOException {
        var folder = root.resolve(name);
        if (Files.exists(folder)) {
            try (var left = Files.walk(folder)) {
                for (var file : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectory(folder, OWNER_ONLY_DIRECTORY);
    }

    /** Writes a file that only the owner may read, in place of what was there. */
    static void write(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.writeString(Files.createFile(file, OWNER_ONLY), content);
    }

    /** The servers of a process that was killed a moment ago may still be stopping. */
    private void awaitPredecessor() throws IOException {
        Poll.until(PATIENCE, () -> !running(postgresPidFile()) && !running(redisPidFile()));
        // What is left now was left by a crash: PostgreSQL judges its own file, Redis does not, and the number in it
        // may
        // be another process by now.
        Files.deleteIfExists(redisPidFile());
    }

    private static boolean running(Path pidFile) throws IOException {
        if (Files.notExists(pidFile)) {
            return false;
        }
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("[0-9]{1,18}"))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                    .isPresent();
        } catch (NoSuchFileException removedMeanwhile) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
