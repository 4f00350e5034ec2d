package io.portcullis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** POSIX signals to processes, by their ids. */
public final class Signals {
    private Signals() {}

    /** The processes keep their sockets and do nothing. */
    public static void stop(Stream<ProcessHandle> processes) {
        send("-STOP", processes);
    }

    public static void resume(Stream<ProcessHandle> processes) {
        send("-CONT", processes);
    }

    public static void terminate(Stream<ProcessHandle> processes) {
        send("-TERM", processes);
    }

    private static void send(String signal, Stream<ProcessHandle> processes) {
        processes.forEach(process -> {
            try {
                new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                        .start()
                        .onExit()
                        .join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
