package io.portcullis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server of somebody else that Debian packages: the one that is installed, else one that is unpacked under {@code target}, for which nobody has to
 * be root.
 *
 * @param libraries where its libraries are that are not installed; empty for an installed one
 */
record DebianProgram(Path path, Optional<String> libraries) {
    private static final List<String> SYSTEM = List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin");

    /** Finds the program of the package of the same name. */
    static DebianProgram of(String name) {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(":", -1)), SYSTEM.stream())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> new DebianProgram(path, Optional.empty()))
                .orElseGet(() -> unpacked(name, Path.of("target", "debian", name)));
    }

    /** What it needs of the environment. */
    Map<String, String> environment() {
        return libraries.map(folders -> Map.of("LD_LIBRARY_PATH", folders)).orElse(Map.of());
    }

    static synchronized DebianProgram unpacked(String name, Path folder) {
        try {
            var root = folder.toAbsolutePath();
            var done = root.resolve("unpacked");
            if (!Files.exists(done)) {
                unpack(name, Files.createDirectories(root));
                Files.createFile(done);
            }
            var program = SYSTEM.stream()
                    .map(system -> root.resolve("." + system).resolve(name).normalize())
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the package " + name + " has no program " + name));
            return new DebianProgram(program, Optional.of(folders(root)));
        } catch (IOException | InterruptedException | IllegalStateException e) {
            throw new IllegalStateException(
                    name + " is needed for this test, and could not be fetched: apt-get install " + name, e);
        }
    }

    /** The package, and the libraries that it depends on but those that every Debian has. */
    private static void unpack(String name, Path folder) throws IOException, InterruptedException {
        var packages = new ArrayList<>(List.of(name));
        run(
                        folder,
                        List.of(
                                "apt-cache",
                                "depends",
                                "--recurse",
                                "--no-recommends",
                                "--no-suggests",
                                "--no-conflicts",
                                "--no-breaks",
                                "--no-replaces",
                                "--no-enhances",
                                name))
                .lines()
                .filter(line -> line.matches("lib[a-z0-9.+-]+") && !line.matches("libc6|libc-.*|libgcc.*"))
                .forEach(packages::add);
        var download = new ArrayList<>(List.of("apt-get", "download", "-q"));
        download.addAll(packages);
        run(folder, download);
        for (var one : files(folder, ".deb")) {
            run(folder, List.of("dpkg-deb", "-x", one.toString(), "."));
        }
    }

    private static String folders(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().contains(".so"))
                    .map(Path::getParent)
                    .distinct()
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        }
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader()) {
            var printed = output.lines().collect(Collectors.joining("\n"));
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " ended with " + process.exitValue() + ":\n" + printed);
            }
            return printed;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
