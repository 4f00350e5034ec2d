package io.portcullis.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The files that the demo needs while it runs: its config, and a command that shows the code of an authenticator. */
final class DemoFiles implements AutoCloseable {
    private final Path directory;
    private final Path config;
    private final Path totp;

    private DemoFiles(Path directory) {
        this.directory = directory;
        this.config = directory.resolve("demo.yaml");
        this.totp = directory.resolve("totp");
    }

    static DemoFiles write() {
        try (var sample = DemoFiles.class.getResourceAsStream("/demo.yaml")) {
            if (sample == null) {
                throw new IllegalStateException("demo.yaml is not in the jar");
            }
            var files = new DemoFiles(Files.createTempDirectory("portcullis-demo-"));
            Files.write(files.config, sample.readAllBytes());
            Files.writeString(files.totp, script());
            Files.setPosixFilePermissions(files.totp, PosixFilePermissions.fromString("rwx------"));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path config() {
        return config;
    }

    /** Takes the secret in base32 as its argument. */
    Path totp() {
        return totp;
    }

    /** Calls this very program, whatever it was started by: the {@code java} on the path may be too old for it. */
    private static String script() {
        return """
                #!/bin/sh
                exec "%s" -cp "%s" %s totp "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        Main.class.getName());
    }

    @Override
    public void close() throws IOException {
        Files.delete(config);
        Files.delete(totp);
        Files.delete(directory);
    }
}
