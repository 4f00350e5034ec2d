package io.portcullis.cli;

import io.portcullis.adapter.crypto.Keysets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis keys}: the secrets of an installation. */
@Command(
        name = "keys",
        description = "Makes the secrets of an installation, and rotates the keys that encrypt.",
        subcommands = {
            KeysCommand.New.class,
            KeysListCommand.class,
            KeysRotateCommand.class,
            KeysRetireCommand.class,
            KeysAssertionCommand.class
        })
final class KeysCommand {
    static final String KEYSET = "portcullis-keyset.json";
    static final String PEPPER = "portcullis-pepper";
    private static final int PEPPER_BYTES = 32;

    /** {@code portcullis keys new}. */
    @Command(
            name = "new",
            description = "Writes a new " + KEYSET + " and a new " + PEPPER + ", readable to you alone."
                    + " Files that are there already are never replaced: what they encrypted would be lost.")
    static final class New implements Callable<Integer> {
        @Parameters(
                arity = "0..1",
                paramLabel = "DIRECTORY",
                defaultValue = ".",
                description = "Where to, made when it is not there; default: this directory.")
        private Path directory = Path.of(".");

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            create(directory);
            spec.commandLine().getOut().println("""
                            wrote %1$s/%2$s and %1$s/%3$s; keep them apart from the database's backups, and name them:
                            secrets:
                              encryption: ${file:%1$s/%2$s}
                              pepper: ${file:%1$s/%3$s}""".formatted(
                            directory.toAbsolutePath().normalize(), KEYSET, PEPPER));
            return 0;
        }
    }

    /** Makes both files; when one cannot be made, the other is not either. */
    static void create(Path directory) {
        var pepper = new byte[PEPPER_BYTES];
        new SecureRandom().nextBytes(pepper);
        var keysetFile = directory.resolve(KEYSET);
        var pepperFile = directory.resolve(PEPPER);
        for (var file : new Path[] {keysetFile, pepperFile}) {
            if (Files.exists(file)) {
                throw new CommandFailure(file + " is there already; move it away first, or name another directory");
            }
        }
        try {
            Files.createDirectories(directory);
            write(keysetFile, Keysets.create());
            write(pepperFile, Base64.getUrlEncoder().withoutPadding().encodeToString(pepper));
        } catch (FileAlreadyExistsException raced) {
            throw new CommandFailure(raced.getFile() + " is there already; name another directory");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file is born with its permissions: nobody gets to open it before they are set. */
    static void write(Path file, String secret) throws IOException {
        var attributes = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            var bytes = StandardCharsets.UTF_8.encode(secret);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
