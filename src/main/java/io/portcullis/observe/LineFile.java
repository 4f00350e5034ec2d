package io.portcullis.observe;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines at the end of a file, or on standard output. A file that was moved away or removed, as log rotation does, is made anew. For one thread
 * at a time.
 */
public final class LineFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);
    private static final int BUFFER = 64 * 1024;

    private final Optional<Path> path;
    private OutputStream out;
    private Object key;

    private LineFile(Optional<Path> path, OutputStream out, Object key) {
        this.path = path;
        this.out = out;
        this.key = key;
    }

    static LineFile open(Optional<Path> path) throws IOException {
        return path.isEmpty()
                ? new LineFile(path, buffered(new FileOutputStream(FileDescriptor.out)), "")
                : new LineFile(path, append(path.get()), key(path.get()));
    }

    void add(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    /** Whole lines alone leave the buffer here; what follows goes into the file that has the name now. */
    void flush() throws IOException {
        out.flush();
        if (path.isPresent() && !key(path.get()).equals(key)) {
            var next = append(path.get());
            out.close();
            out = next;
            key = key(path.get());
        }
    }

    /** Its owner writes it, its group may read it: there are addresses and accounts in it. */
    private static OutputStream append(Path path) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        var attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
                }
                : new FileAttribute<?>[0];
        var channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), attributes);
        return buffered(Channels.newOutputStream(channel));
    }

    private static OutputStream buffered(OutputStream raw) {
        return new BufferedOutputStream(raw, BUFFER);
    }

    /** What tells one file from another of the same name. */
    private static Object key(Path path) {
        try {
            return Objects.requireNonNullElse(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey(), path);
        } catch (IOException gone) {
            return "";
        }
    }

    /** What cannot be written any more is lost. */
    @Override
    public void close() {
        try {
            if (path.isPresent()) {
                out.close();
            } else {
                out.flush();
            }
        } catch (IOException e) {
            LOG.error("the end of the access log cannot be written: {}", e.toString());
        }
    }
}
