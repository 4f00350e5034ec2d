package io.portcullis.adapter.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL server on a free port of 127.0.0.1, with SCRAM and no socket file. */
final class EmbeddedPostgres {
    private static final String NAME = "portcullis";

    private final int port;
    private final String password;

    private EmbeddedPostgres(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /** Starts it; its pid is in the directory's pid file from then on until it has stopped. */
    static EmbeddedPostgres start(StoreDirectory directory) throws IOException {
        var programs = PostgresBinaries.unpack(directory).resolve("bin");
        var password = directory.password();
        if (Files.notExists(directory.postgresData())) {
            initialize(programs, directory);
        }
        int port = Ports.start(candidate -> launch(programs, directory, candidate));
        createDatabase(port, password);
        return new EmbeddedPostgres(port, password);
    }

    private static void initialize(Path programs, StoreDirectory directory) throws IOException {
        var unfinished = directory.fresh("initializing");
        var command = new ArrayList<>(List.of(
                programs.resolve("initdb").toString(),
                "--pgdata=" + unfinished,
                "--username=" + NAME,
                "--pwfile=" + directory.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--set=listen_addresses=" + Ports.LOOPBACK,
                "--set=unix_socket_directories=",
                "--set=timezone=UTC",
                "--set=log_timezone=UTC"));
        if (!directory.kept()) {
            command.addAll(List.of("--no-sync", "--set=fsync=off"));
        }
        ServerProgram.run(directory.root().resolve("initdb.log"), ServerProgram.notAsRoot(command));
        Files.move(unfinished, directory.postgresData()); // a cluster has its name only when it is complete
    }

    private static int launch(Path programs, StoreDirectory directory, int port) throws IOException {
        // pg_ctl makes the server leader of a session of its own, so Ctrl-C does not reach it.
        var command = List.of(
                programs.resolve("pg_ctl").toString(),
                "start",
                "--wait",
                "--timeout=30",
                "--pgdata=" + directory.postgresData(),
                "--log=" + directory.root().resolve("postgres.log"),
                "--options=-p " + port);
        ServerProgram.run(directory.root().resolve("postgres.log"), ServerProgram.notAsRoot(command));
        return port;
    }

    private static void createDatabase(int port, String password) throws IOException {
        var url = "jdbc:postgresql://" + Ports.LOOPBACK + ":" + port + "/postgres";
        try (var connection = DriverManager.getConnection(url, NAME, password);
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + NAME);
        } catch (SQLException e) {
            throw new IOException("the database cannot be created: " + e.getMessage(), e);
        }
    }

    String url() {
        return "postgresql://" + NAME + ":" + password + "@" + Ports.LOOPBACK + ":" + port + "/" + NAME;
    }
}
