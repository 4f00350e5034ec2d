package io.portcullis.cli;

import io.portcullis.adapter.postgres.Migrations;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.config.Settings;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's PostgreSQL, for a command that runs on the host beside the gateways. It never migrates. */
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int CONNECTIONS = 2;
    private static final int TRIES = 5;
    private static final int LETTING_GO_SECONDS = 10;

    private final Vertx vertx;
    private final Postgres postgres;

    private Database(Vertx vertx, Postgres postgres) {
        this.vertx = vertx;
        this.postgres = postgres;
    }

    /** Throws {@link CommandFailure} when the config names none, it does not answer, or its tables are another version's. */
    static Database open(Settings settings) {
        var stores = settings.stores()
                .orElseThrow(() -> new CommandFailure("the config file names no postgres, and the embedded one is"
                        + " open to its own gateway alone: name a postgres and a redis to use this command"));
        var url = PostgresUrl.of(stores.postgresUrl());
        checkSchema(url);
        var vertx = Vertx.vertx();
        var database = new Database(vertx, Postgres.open(vertx, url, CONNECTIONS));
        try {
            database.connect();
            return database;
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    /** A process that has just begun may need longer for its first connection than one may take in a gateway. */
    private void connect() {
        for (int left = TRIES; left > 1; left--) {
            try {
                postgres.ping();
                return;
            } catch (Refused notYet) {
                LOG.debug("PostgreSQL does not answer yet");
            }
        }
        ask(last -> {
            last.ping();
            return last;
        });
    }

    private static void checkSchema(PostgresUrl url) {
        Migrations.Difference difference;
        try {
            difference = Migrations.difference(url);
        } catch (RuntimeException failure) {
            throw new CommandFailure("PostgreSQL cannot be used: " + reason(failure));
        }
        switch (difference) {
            case NONE -> {}
            case DATABASE_IS_OLDER ->
                throw new CommandFailure("the database's tables are older than this program: start a gateway of this"
                        + " version once, which brings them up to date");
            case DATABASE_IS_NEWER ->
                throw new CommandFailure("the database's tables are newer than this program: use the version of the"
                        + " gateways that run on it");
        }
    }

    /** The innermost message: those around it repeat it. */
    private static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** Runs it; that PostgreSQL does not answer becomes a {@link CommandFailure}. */
    <T> T ask(Function<Postgres, T> question) {
        try {
            return question.apply(postgres);
        } catch (Refused refused) {
            if (refused.problem() instanceof Problem.StoreUnavailable) {
                throw new CommandFailure("PostgreSQL does not answer; try again");
            }
            throw refused;
        }
    }

    /** For other connections of the same command, which are closed before this. */
    Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        postgres.close();
        try {
            vertx.close().await(LETTING_GO_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("not every connection was closed within {} s", LETTING_GO_SECONDS);
        }
    }
}
