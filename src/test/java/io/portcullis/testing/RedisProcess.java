package io.portcullis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A Redis server of the test's own, or a sentinel, on 127.0.0.1; killed at the latest when the JVM ends. */
public final class RedisProcess implements AutoCloseable {
    /** Of every server and sentinel; needs escaping in a URL. */
    public static final String PASSWORD = "p@ss:/%1";

    /** The bus of a cluster's server listens on its port and that much. */
    private static final int BUS = 10_000;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final String PROGRAM = program();

    private final Path folder;
    private final List<String> options;
    private final int port;
    private Process process;

    private RedisProcess(Path folder, List<String> options, int port) throws IOException {
        this.folder = folder;
        this.options = options;
        this.port = port;
        this.process = launch();
    }

    /** A server with these lines in its configuration, besides the usual ones. */
    public static RedisProcess server(String... settings) {
        return start(
                freePort(),
                List.of(),
                Stream.concat(
                        Stream.of("save \"\"", "masterauth \"" + PASSWORD + "\"", "repl-diskless-sync-delay 0"),
                        Stream.of(settings)));
    }

    public static RedisProcess sentinel(String... settings) {
        return start(freePort(), List.of("--sentinel"), Stream.of(settings));
    }

    private static RedisProcess start(int port, List<String> options, Stream<String> settings) {
        try {
            var folder = Files.createTempDirectory("portcullis-redis");
            var lines = Stream.concat(
                    Stream.of(
                            "bind 127.0.0.1",
                            "port " + port,
                            "dir " + folder,
                            "logfile log",
                            "requirepass \"" + PASSWORD + "\""),
                    settings);
            Files.writeString(folder.resolve("conf"), lines.collect(Collectors.joining("\n", "", "\n")));
            return new RedisProcess(folder, options, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() throws IOException {
        var command = new java.util.ArrayList<>(
                List.of(PROGRAM, folder.resolve("conf").toString()));
        command.addAll(options);
        var started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        RUNNING.add(started);
        try {
            Await.until("Redis answers", () -> started.isAlive() && answers());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return started;
    }

    private boolean answers() {
        try {
            return command("PING").equals("PONG");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** With the password in it. */
    public String url() {
        return "redis://:" + URLEncoder.encode(PASSWORD, UTF_8) + "@127.0.0.1:" + port;
    }

    /** Sends one command; the answer as text, the items of a list on lines of their own. */
    public String command(String... command) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            var in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(resp("AUTH", PASSWORD));
            answer(in);
            socket.getOutputStream().write(resp(command));
            return answer(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resp(String... command) {
        return Stream.of(command)
                .map(part -> "$" + part.getBytes(UTF_8).length + "\r\n" + part + "\r\n")
                .collect(Collectors.joining("", "*" + command.length + "\r\n", ""))
                .getBytes(UTF_8);
    }

    private static String answer(DataInputStream in) throws IOException {
        var line = line(in);
        return switch (line.charAt(0)) {
            case '$' -> {
                int length = Integer.parseInt(line.substring(1));
                var text = length < 0 ? "" : new String(in.readNBytes(length), UTF_8);
                if (length >= 0) {
                    in.readNBytes(2);
                }
                yield text;
            }
            case '*' -> {
                var items = new java.util.ArrayList<String>();
                for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
                    items.add(answer(in));
                }
                yield String.join("\n", items);
            }
            case '-' -> throw new IOException(line);
            default -> line.substring(1);
        };
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\r'; next = in.readUnsignedByte()) {
            line.append((char) next);
        }
        in.readUnsignedByte();
        return line.toString();
    }

    /** As {@code kill -9} does: nothing more is written, nobody is told. */
    public void kill() {
        process.destroyForcibly().onExit().join();
        RUNNING.remove(process);
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Erases what it kept; while it does not run. */
    public void forget() throws IOException {
        Files.deleteIfExists(folder.resolve("appendonly.aof"));
    }

    /** Once more, with the same configuration, and what it kept by that. */
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps its connections and answers nothing, until {@link #thaw()}. */
    public void freeze() {
        Signals.stop(Stream.of(process.toHandle()));
    }

    public void thaw() {
        Signals.resume(Stream.of(process.toHandle()));
    }

    @Override
    public void close() {
        kill();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that leaves room for the bus of a cluster. */
    private static int freePort() {
        return IntStream.generate(RedisProcess::anyPort)
                .filter(port -> port + BUS <= 65_535 && isFree(port + BUS))
                .findFirst()
                .orElseThrow();
    }

    private static int anyPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static String program() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
        try {
            return ExecutableProvider.newJarResourceProvider().get().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
