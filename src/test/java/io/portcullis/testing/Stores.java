package io.portcullis.testing;

import io.portcullis.adapter.postgres.Migrations;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.embedded.RedisServer;

/**
 * One PostgreSQL, migrated, and one Redis for all tests of a JVM, on free ports, behind passwords that need escaping,
 * stopped when the JVM ends. A test that stops or freezes one brings it back.
 */
public final class Stores {
    private static final String PASSWORD = "p@ss:wörd/%1";
    private static final Stores INSTANCE = new Stores();

    private final Vertx vertx = Vertx.vertx();
    private final Path data;
    private final Path passwordFile;
    private final int postgresPort = freePort();
    private final int redisPort = freePort();
    private EmbeddedPostgres postgres;
    private RedisServer redis;

    private Stores() {
        try {
            data = Files.createTempDirectory("portcullis-postgres");
            passwordFile = Files.createTempFile("portcullis", "password"); // nobody's initdb reads it when root tests
            Files.setPosixFilePermissions(
                    passwordFile, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            Files.writeString(passwordFile, PASSWORD);
            postgres = launchPostgres();
            Files.delete(passwordFile);
            redis = launchRedis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        Migrations.run(PostgresUrl.of(postgresAddress()));
    }

    public static String postgresUrl() {
        return INSTANCE.postgresAddress();
    }

    public static String redisUrl() {
        return "redis://:" + encoded() + "@127.0.0.1:" + INSTANCE.redisPort;
    }

    public static Vertx vertx() {
        return INSTANCE.vertx;
    }

    /** A connection of the superuser, for looking into the tables. */
    public static Connection connect() throws SQLException {
        return connect("postgres");
    }

    static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + INSTANCE.postgresPort + "/" + database, "postgres", PASSWORD);
    }

    /** Redis forgets everything. */
    public static void flushRedis() {
        var client = Redis.createClient(vertx(), redisUrl());
        client.send(Request.cmd(Command.FLUSHALL)).await();
        client.close().await();
    }

    /** How often Redis was given a command, in lower case, since it started. */
    public static long redisCalls(String command) {
        var client = Redis.createClient(vertx(), redisUrl());
        var statistics =
                client.send(Request.cmd(Command.INFO, "commandstats")).await().toString();
        client.close().await();
        var calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(statistics);
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    /** Redis forgets what has a key that begins so, as it does when its time is over. */
    public static void forgetInRedis(String prefix) {
        var client = Redis.createClient(vertx(), redisUrl());
        for (var key : client.send(Request.cmd(Command.KEYS, prefix + "*")).await()) {
            client.send(Request.cmd(Command.DEL, key.toString())).await();
        }
        client.close().await();
    }

    /** All that Redis holds: each key with its value, as text. */
    public static String everythingInRedis() {
        var client = Redis.createClient(vertx(), redisUrl());
        var all = new StringBuilder();
        for (var key : client.send(Request.cmd(Command.KEYS, "*")).await()) {
            var type = client.send(Request.cmd(Command.TYPE, key.toString())).await();
            var value = client.send(
                            switch (type.toString()) {
                                case "hash" -> Request.cmd(Command.HGETALL, key.toString());
                                case "zset" -> Request.cmd(Command.ZRANGE, key.toString(), "0", "-1", "WITHSCORES");
                                default -> Request.cmd(Command.GET, key.toString());
                            })
                    .await();
            all.append(key).append(' ').append(value).append('\n');
        }
        client.close().await();
        return all.toString();
    }

    public static void stopPostgres() {
        run(() -> INSTANCE.postgres.close());
    }

    public static void startPostgres() {
        run(() -> INSTANCE.postgres = INSTANCE.launchPostgres());
    }

    public static void stopRedis() {
        run(() -> INSTANCE.redis.stop());
    }

    public static void startRedis() {
        run(() -> INSTANCE.redis = INSTANCE.launchRedis());
    }

    /** Redis keeps its connections and answers nothing, until {@link #thawRedis()}. */
    public static void freezeRedis() {
        Signals.stop(redisProcess());
    }

    public static void thawRedis() {
        Signals.resume(redisProcess());
    }

    private static Stream<ProcessHandle> redisProcess() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").contains("redis"));
    }

    private String postgresAddress() {
        return "postgresql://postgres:" + encoded() + "@127.0.0.1:" + postgresPort + "/postgres";
    }

    private EmbeddedPostgres launchPostgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(postgresPort)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setConnectConfig("password", PASSWORD)
                .start();
    }

    private RedisServer launchRedis() throws IOException {
        var server = RedisServer.newRedisServer()
                .port(redisPort)
                .bind("127.0.0.1")
                .setting("requirepass \"" + PASSWORD + "\"")
                .setting("save \"\"")
                .build();
        server.start();
        return server;
    }

    private void close() {
        thawRedis();
        run(() -> {
            redis.stop();
            postgres.close();
            try (var files = Files.walk(data)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        });
    }

    private static String encoded() {
        return URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
    }

    /** A port of this machine that nobody listens on. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
