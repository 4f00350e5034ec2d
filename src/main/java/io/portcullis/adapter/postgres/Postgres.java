package io.portcullis.adapter.postgres;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of connections, awaited on the caller's virtual thread. Getting a connection and each statement have two
 * seconds; what does not answer in time, or not at all, is {@code StoreUnavailable}. What the server objects to (a
 * constraint, a wrong statement) is a bug and thrown as it is.
 */
public final class Postgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);
    static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final long DEADLINE_MILLIS = DEADLINE.toMillis();

    /**
     * The server gives up before we do, so that the row's lock goes with the statement; and a transaction whose
     * instance hangs does not lock its account for ever.
     */
    private static final Map<String, String> SESSION = Map.of(
            "application_name", "portcullis",
            "statement_timeout", Long.toString(DEADLINE_MILLIS - 200),
            "idle_in_transaction_session_timeout", "10000");

    private final Pool pool;

    private Postgres(Pool pool) {
        this.pool = pool;
    }

    /** Connects when first used. */
    public static Postgres open(Vertx vertx, PostgresUrl url, int connections) {
        return open(vertx, url.vertx(SESSION), connections);
    }

    /** The same for a database that is not ours: no transaction writes, whatever its statements say. */
    public static Postgres openToRead(Vertx vertx, PostgresUrl url, int connections) {
        return open(vertx, url.vertx(SESSION).addProperty("default_transaction_read_only", "on"), connections);
    }

    private static Postgres open(Vertx vertx, PgConnectOptions connect, int connections) {
        connect.setCachePreparedStatements(true);
        // A server that vanished without a word: its connections close, instead of failing for ever. The pool itself
        // drops those unused for 20 s, so that none is closed at the moment it is taken.
        var transport = new NetClientOptions()
                .setConnectTimeout((int) DEADLINE_MILLIS)
                .setTcpKeepAlive(true)
                .setIdleTimeout(30)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        var options = new PoolOptions()
                .setMaxSize(connections)
                .setConnectionTimeout((int) DEADLINE_MILLIS)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(20)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return new Postgres(PgBuilder.pool()
                .with(options)
                .with(transport)
                .connectingTo(connect)
                .using(vertx)
                .build());
    }

    /** For readiness: throws {@link Refused} with {@code StoreUnavailable} unless the server answers. */
    public void ping() {
        withConnection(statements -> statements.run("SELECT 1"));
    }

    /** Runs statements outside of a transaction. */
    <T> T withConnection(Function<Statements, T> body) {
        var connection = acquire();
        try {
            return body.apply(new Statements(connection));
        } finally {
            release(connection);
        }
    }

    /** Commits when {@code body} returns and rolls back when it throws. */
    <T> T inTransaction(Function<Statements, T> body) {
        var connection = acquire();
        try {
            var transaction = answer(connection.begin());
            var result = body.apply(new Statements(connection));
            answer(transaction.commit());
            return result;
        } finally {
            release(connection);
        }
    }

    private SqlConnection acquire() {
        var acquiring = pool.getConnection();
        try {
            // The pool gives up first; the second deadline is for a pool that is stuck.
            var connection = acquiring.await(2 * DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
            return connection.exceptionHandler(e -> LOG.warn("a PostgreSQL connection broke: {}", e.toString()));
        } catch (Exception e) { // a full pool and a refused connection come as various types, some of them checked
            acquiring.onSuccess(SqlConnection::close);
            throw unavailable(e);
        }
    }

    /**
     * Rolls back what is not committed, and only then gives the connection back. Nobody waits for it: on a server that
     * hangs the connection stays out of the pool until it answers or is dropped.
     */
    private static void release(SqlConnection connection) {
        connection
                .close()
                .onFailure(e -> LOG.debug("a PostgreSQL connection was lost on its way back: {}", e.toString()));
    }

    private static <T> T answer(Future<T> future) {
        try {
            return future.await(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (Exception e) { // await throws the failure as it is, checked ones too
            if (Outage.isOne(e)) {
                throw unavailable(e);
            }
            throw e instanceof RuntimeException bug ? bug : new IllegalStateException(e);
        }
    }

    private static Refused unavailable(Exception cause) {
        if (cause instanceof IllegalStateException bug) {
            throw bug; // called on an event loop
        }
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        LOG.warn("PostgreSQL does not answer: {}", cause.toString());
        return new Refused(new Problem.StoreUnavailable());
    }

    @Override
    public void close() {
        pool.close().onFailure(e -> LOG.debug("the PostgreSQL pool did not close cleanly: {}", e.toString()));
    }

    /** Statements on one connection, each awaited. */
    static final class Statements {
        private final SqlConnection connection;

        private Statements(SqlConnection connection) {
            this.connection = connection;
        }

        RowSet<Row> run(String sql, Object... parameters) {
            return answer(connection.preparedQuery(sql).execute(Tuple.from(parameters)));
        }

        /** A write that must change exactly one row: the row count is the decision, whatever was read before. */
        void changeOne(String sql, Object... parameters) {
            int changed = run(sql, parameters).rowCount();
            if (changed != 1) {
                throw new IllegalStateException("the guard of a write refused it: " + changed + " rows by " + sql);
            }
        }

        void batch(String sql, List<Tuple> rows) {
            answer(connection.preparedQuery(sql).executeBatch(rows));
        }
    }
}
