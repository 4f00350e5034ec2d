package io.portcullis.adapter.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs of this kind of machine, from the archive that zonky.io builds for Maven. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** Unpacks them below the directory, unless these very ones are there already, and returns where they are. */
    static Path unpack(StoreDirectory directory) throws IOException {
        var target = directory.root().resolve("postgres-" + fingerprint());
        if (Files.isDirectory(target)) {
            return target;
        }
        // A half unpacked folder is never taken for a whole one: it gets its name when it is complete.
        var unpacking = directory.fresh("unpacking");
        try (var archive = new TarArchiveInputStream(new XZInputStream(open()))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                unpack(archive, entry, unpacking.resolve(entry.getName()).normalize());
            }
        }
        return Files.move(unpacking, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveInputStream archive, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(parent(file));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(archive, file);
            boolean program = (entry.getMode() & 0100) != 0;
            if (program && !file.toFile().setExecutable(true)) {
                throw new IOException(file + " cannot be made executable");
            }
        }
    }

    private static Path parent(Path file) throws IOException {
        @Nullable Path parent = file.getParent();
        if (parent == null) {
            throw new IOException("the PostgreSQL archive holds a root");
        }
        return parent;
    }

    private static String fingerprint() throws IOException {
        try (var archive = new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
            archive.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(archive.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static InputStream open() throws IOException {
        @Nullable InputStream archive = PostgresBinaries.class.getResourceAsStream(Bundle.postgres());
        if (archive == null) {
            throw new IOException("no " + Bundle.postgres() + " on the class path");
        }
        return archive;
    }
}
