package io.portcullis.adapter.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of the servers' programs to its end. */
final class ServerProgram {
    private static final int LOG_SHOWN = 4000;

    private ServerProgram() {}

    /**
     * @param log where the program, and a server it leaves behind, write
     * @throws IOException when it fails; the message ends with what it wrote
     */
    static void run(Path log, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG")); // PGDATA, PGPORT... of the caller
        var process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw failed(command, "took longer than 60 s", log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the embedded stores were starting");
        }
        if (process.exitValue() != 0) {
            throw failed(command, "ended with " + process.exitValue(), log);
        }
    }

    static IOException failed(List<String> command, String how, Path log) throws IOException {
        return new IOException(String.join(" ", command) + " " + how + "\n" + tail(log));
    }

    /** PostgreSQL refuses to run as root. As root, its programs run in a user namespace that knows no root. */
    static List<String> notAsRoot(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        var wrapped = new ArrayList<>(List.of("unshare", "--user", "--"));
        wrapped.addAll(command);
        return wrapped;
    }

    private static String tail(Path log) throws IOException {
        if (Files.notExists(log)) {
            return "";
        }
        var text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        return text.substring(Math.max(0, text.length() - LOG_SHOWN));
    }
}
