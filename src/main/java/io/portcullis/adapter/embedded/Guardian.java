package io.portcullis.adapter.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A tiny process that stops the servers when the pipe to it closes: because we close it, or because this JVM ended. A
 * shutdown hook would run beside the gateway's own and take the stores from the requests it is still finishing, and
 * would not run at all after a kill.
 */
final class Guardian {
    /**
     * $1 and $2 are the pid files of PostgreSQL and Redis, which each removes when it has stopped; $3 is a directory to
     * delete then, or empty. INT is a "fast" shutdown to PostgreSQL. Ctrl-C goes to every process of a terminal's
     * foreground group, this one too, so it ignores signals. A server that has not stopped after 10 s is killed.
     */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            cat >/dev/null
            stop() { [ -s "$2" ] && { kill -"$1" "$(head -n 1 "$2")" 2>/dev/null || rm -f "$2"; }; }
            stop INT "$1"; stop TERM "$2"
            left=100
            while { [ -s "$1" ] || [ -s "$2" ]; } && [ "$left" -gt 0 ]; do sleep 0.1; left=$((left - 1)); done
            stop KILL "$1"; stop KILL "$2"
            [ -z "$3" ] || rm -rf "$3"
            """;

    private final Process process;

    private Guardian(Process process) {
        this.process = process;
    }

    static Guardian over(StoreDirectory directory) throws IOException {
        var process = new ProcessBuilder(List.of(
                        "sh",
                        "-c",
                        SCRIPT,
                        "portcullis-stores",
                        directory.postgresPidFile().toString(),
                        directory.redisPidFile().toString(),
                        directory.kept() ? "" : directory.root().toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Guardian(process);
    }

    /** Stops what was started and waits for it, 20 seconds at most. Once is enough; again does nothing. */
    void stopAll() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded stores cannot be told to stop", e);
        }
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the embedded stores did not stop within 20 s");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("the guardian of the embedded stores was killed: they may still run");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the guardian goes on without us
        }
    }
}
