package io.portcullis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    public static void hangup(Stream<ProcessHandle> processes) {
        send("-HUP", processes);
    }

    /**
     * What Ctrl-C sends. Whoever was started in the background by a shell without job control ignores it, and so do
     * all whom he starts: then it is what {@code kill} sends.
     */
    public static void interrupt(Stream<ProcessHandle> processes) {
        send(interruptIgnored() ? "-TERM" : "-INT", processes);
    }

    private static boolean interruptIgnored() {
        try (var status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(7).trim(), 16))
                    .anyMatch(ignored -> (ignored & 2) != 0);
        } catch (IOException noLinux) {
            return false;
        }
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
