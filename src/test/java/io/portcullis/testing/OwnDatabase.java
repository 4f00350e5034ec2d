package io.portcullis.testing;

import io.portcullis.adapter.postgres.Migrations;
import io.portcullis.adapter.postgres.PostgresUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of the test's own on the shared server, for tests that tamper with it. Dropped when it is closed. */
public final class OwnDatabase implements AutoCloseable {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final String name = "own_" + NEXT.incrementAndGet();

    private OwnDatabase() {}

    /** With no tables. */
    public static OwnDatabase empty() {
        var own = new OwnDatabase();
        try (var connection = Stores.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + own.name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return own;
    }

    /** With today's tables. */
    public static OwnDatabase migrated() {
        var own = empty();
        Migrations.run(PostgresUrl.of(own.url()));
        return own;
    }

    public String url() {
        return Stores.postgresUrl().replaceFirst("/postgres$", "/" + name);
    }

    /** Of the superuser. */
    public Connection connect() throws SQLException {
        return Stores.connect(name);
    }

    /** Runs statements as a superuser whom no trigger stops. */
    public void tamper(String... statements) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try (var connection = Stores.connect();
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
