package io.portcullis.cli;

import io.portcullis.adapter.crypto.Keysets;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --keyset FILE}, and the file, which is replaced as a whole or not at all. */
final class KeysetFile {
    @Option(
            names = {"-k", "--keyset"},
            required = true,
            paramLabel = "FILE",
            description = "The keyset, as 'portcullis keys new' made it.")
    private @Nullable Path file;

    Path path() {
        if (file == null) {
            throw new IllegalStateException("picocli lets nobody by without --keyset");
        }
        return file;
    }

    String read() {
        try {
            return Files.readString(path());
        } catch (IOException e) {
            throw new CommandFailure(path() + " cannot be read: " + e.getMessage());
        }
    }

    List<Keysets.KeyInfo> keys() {
        try {
            return Keysets.list(read());
        } catch (IllegalArgumentException notOne) {
            throw new CommandFailure(path() + " is not used: " + notOne.getMessage());
        }
    }

    /** The keys after the change. Owner and permissions stay; a link stays one, and the file it leads to is replaced. */
    List<Keysets.KeyInfo> replace(UnaryOperator<String> change) {
        try {
            replace(path().toRealPath(), change);
        } catch (IllegalArgumentException refused) {
            throw new CommandFailure(path() + " was not changed: " + refused.getMessage());
        } catch (FileAlreadyExistsException leftover) {
            throw new CommandFailure(path() + " was not changed: " + leftover.getFile()
                    + " is there. Another change is under way, or one was interrupted; delete it then");
        } catch (IOException e) {
            throw new CommandFailure(path() + " was not changed: " + e);
        }
        return keys();
    }

    /**
     * The new file has one name, so that of two changes at once only one gets it; it is read after that, so that the
     * change before is not lost.
     */
    private static void replace(Path file, UnaryOperator<String> change) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        KeysCommand.write(fresh, "");
        try {
            likeTheOld(file, fresh);
            var keyset = change.apply(Files.readString(file));
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var bytes = StandardCharsets.UTF_8.encode(keyset);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(fresh);
            throw failure;
        }
        forceFolder(file);
    }

    /** So that the rename survives a power failure too. Not every file system can; the change is made in any case. */
    private static void forceFolder(Path file) {
        try (var folder = FileChannel.open(file.resolveSibling("."))) {
            folder.force(true);
        } catch (IOException unsupported) {
            return;
        }
    }

    /** A gateway that runs as somebody else must still be able to read it. */
    private static void likeTheOld(Path old, Path fresh) throws IOException {
        var from = Files.getFileAttributeView(old, PosixFileAttributeView.class);
        var to = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (from == null || to == null) {
            return;
        }
        var wanted = from.readAttributes();
        var made = to.readAttributes();
        if (!wanted.owner().equals(made.owner())) {
            to.setOwner(wanted.owner());
        }
        if (!wanted.group().equals(made.group())) {
            to.setGroup(wanted.group());
        }
        to.setPermissions(wanted.permissions());
    }
}
