package io.portcullis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A proxy of somebody else before a legacy backend, which asks the gateway first: by the very samples of {@code docs/forward-auth}. */
public final class FrontProxy implements AutoCloseable {
    private static final Path SAMPLES = Path.of("docs", "forward-auth");

    /** Those that there are samples for. */
    public enum Kind {
        NGINX,
        HAPROXY,
        CADDY
    }

    private final Program program;
    private final int port;

    private FrontProxy(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    /** Returns when it listens; its files are in {@code folder}. */
    public static FrontProxy start(Kind kind, Path folder, int gatewayPort, int backendPort) throws Exception {
        int port = freePort();
        var addresses = Map.of(
                "127.0.0.1:8080",
                "127.0.0.1:" + gatewayPort,
                "127.0.0.1:9000",
                "127.0.0.1:" + backendPort,
                kind == Kind.CADDY ? ":8000" : "127.0.0.1:8000",
                kind == Kind.CADDY ? ":" + port : "127.0.0.1:" + port);
        var program = DebianProgram.of(kind.name().toLowerCase(Locale.ROOT));
        var environment = new HashMap<>(program.environment());
        environment.put("HOME", folder.toString()); // where Caddy keeps what it may
        var running = Program.run(environment, command(kind, program.path().toString(), folder, addresses));
        try {
            Await.until(kind + " listens", () -> {
                assertThat(running.handle().isAlive()).as(running.output()).isTrue();
                return isOpen(port);
            });
        } catch (Throwable failure) {
            running.close();
            throw failure;
        }
        return new FrontProxy(running, port);
    }

    private static String[] command(Kind kind, String program, Path folder, Map<String, String> addresses)
            throws IOException {
        return switch (kind) {
            case NGINX -> {
                var sample = write(folder, "nginx.conf", "", sample("nginx.conf", addresses));
                var main = write(folder, "main.conf", """
                        daemon off;
                        pid nginx.pid;
                        error_log stderr;
                        events {}
                        http {
                            access_log off;
                            client_body_temp_path body;
                            proxy_temp_path proxy;
                            fastcgi_temp_path fastcgi;
                            uwsgi_temp_path uwsgi;
                            scgi_temp_path scgi;
                            include %s;
                        }
                        """.formatted(sample), "");
                yield new String[] {program, "-p", folder.toString(), "-c", main.toString(), "-e", "stderr"};
            }
            case HAPROXY -> {
                var lua = write(folder, "haproxy.lua", "", sample("haproxy.lua", only(addresses, "127.0.0.1:8080")));
                var config = sample("haproxy.cfg", addresses);
                assertThat(config).contains("/etc/haproxy/portcullis.lua");
                config = config.replace("/etc/haproxy/portcullis.lua", lua.toString());
                yield new String[] {
                    program,
                    "-db",
                    "-f",
                    write(folder, "haproxy.cfg", "", config).toString()
                };
            }
            case CADDY -> {
                // Several run on one machine: none of them opens the port of its own API.
                var config = write(folder, "Caddyfile", "{\n\tadmin off\n}\n", sample("Caddyfile", addresses));
                yield new String[] {program, "run", "--config", config.toString(), "--adapter", "caddyfile"};
            }
        };
    }

    private static Map<String, String> only(Map<String, String> addresses, String one) {
        return Map.of(one, addresses.getOrDefault(one, one));
    }

    private static String sample(String name, Map<String, String> addresses) throws IOException {
        var text = Files.readString(SAMPLES.resolve(name));
        for (var address : addresses.keySet()) {
            assertThat(text).as(name).contains(address);
        }
        for (var address : List.copyOf(addresses.keySet())) {
            text = text.replace(address, addresses.getOrDefault(address, address));
        }
        return text;
    }

    private static Path write(Path folder, String name, String before, String text) throws IOException {
        return Files.writeString(Files.createDirectories(folder).resolve(name), before + text);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** nginx ends its workers itself when it is asked to, and not when it is killed. */
    @Override
    public void close() {
        program.handle().destroy();
        try {
            program.awaitExit();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
