package io.portcullis.testing;

import io.portcullis.adapter.postgres.Migrations;
import io.portcullis.adapter.postgres.PostgresUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** A database on the shared server with today's tables and nobody else's rows, for what goes through whole tables. */
public final class OwnDatabase {
    private final String name = "own_" + UUID.randomUUID().toString().replace("-", "");

    private OwnDatabase() {}

    /** It is gone with the server. */
    public static OwnDatabase create() throws SQLException {
        var database = new OwnDatabase();
        try (var connection = Stores.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database.name);
        }
        Migrations.run(PostgresUrl.of(database.url()));
        return database;
    }

    public String url() {
        return Stores.postgresUrl().replaceFirst("/postgres$", "/" + name);
    }

    public Connection connect() throws SQLException {
        return Stores.connect(name);
    }
}
