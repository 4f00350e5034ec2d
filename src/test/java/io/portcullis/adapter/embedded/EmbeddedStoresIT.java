package io.portcullis.adapter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoresIT {
    /** One for all: unpacking and initializing take seconds, a start in a directory that has it all takes none. */
    @TempDir
    private static Path temporary;

    private static Vertx vertx;

    private final Path directory = temporary.resolve("kept data");

    @BeforeAll
    static void openClient() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void closeClient() {
        vertx.close().await();
    }

    @Test
    void bothAnswerAndRefuseAWrongPasswordUntilTheyAreClosed() throws Exception {
        var stores = EmbeddedStores.start(Optional.empty());
        var leftBehind = serverDirectory(stores);
        try (stores) {
            assertThat(stores.postgresUrl())
                    .matches("postgresql://portcullis:[\\w-]{43}@127\\.0\\.0\\.1:\\d+/portcullis");
            assertThat(stores.redisUrl()).matches("redis://:[\\w-]{43}@127\\.0\\.0\\.1:\\d+");
            assertThat(query(stores, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(stores, "SHOW password_encryption")).isEqualTo("scram-sha-256");
            assertThat(redis(stores.redisUrl(), "CONFIG", "GET", "maxmemory-policy"))
                    .contains("noeviction");

            assertThatThrownBy(() -> connect(stores.postgresUrl(), "wrong").close())
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            var wrong = stores.redisUrl().replaceFirst(":[\\w-]{43}@", ":wrong@");
            assertThatThrownBy(() -> redis(wrong, "PING")).hasMessageContaining("WRONGPASS");
            assertThatThrownBy(() -> redis(wrong.replace(":wrong@", ""), "PING"))
                    .hasMessageContaining("NOAUTH");
        }
        stores.close();
        assertThat(leftBehind).doesNotExist();
        assertThatThrownBy(() -> connect(stores.postgresUrl())).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> redis(stores.redisUrl(), "PING")).hasMessageContaining("refused");
    }

    @Test
    void aKeptDirectoryKeepsTheDataAndIsUsedOnce() throws Exception {
        try (var stores = EmbeddedStores.start(Optional.of(directory))) {
            execute(stores, "CREATE TABLE fact AS SELECT 42 AS answer");
            redis(stores.redisUrl(), "SET", "answer", "42");
            assertThatThrownBy(() -> EmbeddedStores.start(Optional.of(directory)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another process");
        }
        try (var stores = EmbeddedStores.start(Optional.of(directory))) {
            assertThat(query(stores, "SELECT answer FROM fact")).isEqualTo("42");
            assertThat(redis(stores.redisUrl(), "GET", "answer")).isEqualTo("42");
        }
    }

    @Test
    void theProductionJarHasNone() throws Exception {
        var jar = Path.of(System.getProperty("portcullis.jar")).toUri().toURL();
        try (var loader = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
            var stores = loader.loadClass(EmbeddedStores.class.getName());
            assertThat(stores.getMethod("bundled").invoke(null)).isEqualTo(false);
        }
        assertThat(EmbeddedStores.bundled()).isTrue();
    }

    @Test
    void closingLeavesNoProcess() throws Exception {
        List<ProcessHandle> servers;
        try (var running = EmbeddedStores.start(Optional.of(directory))) {
            assertThat(running.postgresUrl()).isNotEmpty();
            servers = servers();
            assertThat(servers).allMatch(ProcessHandle::isAlive);
        }
        for (var server : servers) {
            server.onExit().get(5, TimeUnit.SECONDS);
        }
    }

    /** Also the way of SIGTERM and SIGINT, which end a JVM more gently. */
    @Test
    void aKilledJvmTakesItsStoresAlong() throws Exception {
        var jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartedAndForgotten.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try (var output = jvm.inputReader()) {
            assertThat(output.readLine()).isEqualTo("started");
            var servers = servers();
            jvm.destroyForcibly().waitFor();
            for (var server : servers) {
                server.onExit().get(15, TimeUnit.SECONDS);
            }
        }
        EmbeddedStores.start(Optional.of(directory)).close();
    }

    /** A program that starts the stores and never closes them. */
    static final class StartedAndForgotten {
        private StartedAndForgotten() {}

        public static void main(String[] args) throws IOException {
            EmbeddedStores.start(Optional.of(Path.of(args[0])));
            System.out.println("started");
            System.in.read(); // never comes: it is killed, or its test is gone and with it the other end
        }
    }

    private List<ProcessHandle> servers() throws IOException {
        return List.of(pid(directory.resolve("postgres/postmaster.pid")), pid(directory.resolve("redis/redis.pid")));
    }

    private static ProcessHandle pid(Path file) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst()))
                .orElseThrow();
    }

    private static Path serverDirectory(EmbeddedStores stores) throws SQLException {
        return Path.of(query(stores, "SHOW data_directory")).resolveSibling("");
    }

    private static String query(EmbeddedStores stores, String sql) throws SQLException {
        try (var connection = connect(stores.postgresUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void execute(EmbeddedStores stores, String sql) throws SQLException {
        try (var connection = connect(stores.postgresUrl());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(String url) throws SQLException {
        return connect(url, URI.create(url).getUserInfo().split(":", 2)[1]);
    }

    private static Connection connect(String url, String password) throws SQLException {
        var uri = URI.create(url);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + uri.getPort() + uri.getPath(), "portcullis", password);
    }

    private static String redis(String url, String command, String... arguments) {
        var request = Request.cmd(Command.create(command));
        List.of(arguments).forEach(request::arg);
        var client = Redis.createClient(vertx, url);
        try {
            return String.valueOf(client.send(request).await());
        } finally {
            client.close();
        }
    }
}
