package io.portcullis.adapter.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A Redis server on a free port of 127.0.0.1, with a password, that never evicts a key. */
final class EmbeddedRedis {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final int port;
    private final String password;

    private EmbeddedRedis(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /** Starts it; its pid is in the directory's pid file from then on until it has stopped. */
    static EmbeddedRedis start(StoreDirectory directory) throws IOException {
        Files.createDirectories(directory.redisData());
        var program = ExecutableProvider.newJarResourceProvider(directory.root().toFile())
                .get()
                .toString();
        var password = directory.password();
        int port = Ports.start(candidate -> launch(program, directory, password, candidate));
        return new EmbeddedRedis(port, password);
    }

    private static int launch(String program, StoreDirectory directory, String password, int port) throws IOException {
        var log = directory.root().resolve("redis.log");
        var settings = directory.root().resolve("redis.conf");
        StoreDirectory.write(settings, settings(directory, port, password, log));
        var command = List.of(program, settings.toString());
        ServerProgram.run(log, command);
        // The server left behind has not opened its port yet.
        if (!Poll.until(PATIENCE, () -> answers(port, password))) {
            throw ServerProgram.failed(command, "does not answer", log);
        }
        return port;
    }

    private static String settings(StoreDirectory directory, int port, String password, Path log) {
        // A daemon has a session of its own, so Ctrl-C does not reach it.
        return """
                daemonize yes
                bind %s
                port %d
                requirepass %s
                maxmemory-policy noeviction
                save ""
                appendonly %s
                dir "%s"
                pidfile "%s"
                logfile "%s"
                """.formatted(
                        Ports.LOOPBACK,
                        port,
                        password,
                        directory.kept() ? "yes" : "no",
                        directory.redisData(),
                        directory.redisPidFile(),
                        log);
    }

    /** Whether a server with our password is there and has read its data. */
    private static boolean answers(int port, String password) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.loopback(), port), 500);
            socket.setSoTimeout(500);
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\n").getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(10), US_ASCII).equals("+OK\r\n+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    String url() {
        return "redis://:" + password + "@" + Ports.LOOPBACK + ":" + port;
    }
}
