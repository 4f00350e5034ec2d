package io.portcullis.adapter.sync;

import io.portcullis.domain.legacy.LegacyChange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement on a legacy PostgreSQL that changes exactly one row; of any other number none is changed. Each step has two
 * seconds, and the server gives up a statement before that, so that none goes on after it was given up here.
 */
public final class SqlLegacyRecord implements OpenRecord {
    private static final Logger LOG = LoggerFactory.getLogger(SqlLegacyRecord.class);
    private static final int DEADLINE_MILLIS = 2000;
    /** Half of what a change is leased for: after it, others may be delivering it and those after it. */
    private static final Duration LIFE = Duration.ofSeconds(15);

    private static final int CONNECTIONS = 4;
    private static final int WAITING = 64;
    private static final Map<String, String> SESSION = Map.of(
            "application_name", "portcullis-sync",
            "statement_timeout", Integer.toString(DEADLINE_MILLIS - 200),
            "idle_in_transaction_session_timeout", "10000");

    private static final String TYPES =
            "SELECT parameter_types::text[] FROM pg_prepared_statements WHERE statement = $1";

    private final Pool pool;
    private final String sql;

    /** Of the parameters, as the server names them: they follow from the columns. Learnt anew after each failure. */
    private volatile Optional<List<String>> types = Optional.empty();

    SqlLegacyRecord(Vertx vertx, SyncSettings.Sql settings) {
        sql = settings.sql();
        pool = PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(CONNECTIONS)
                        .setMaxWaitQueueSize(WAITING)
                        .setConnectionTimeout(DEADLINE_MILLIS)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout(20)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS))
                .with(new NetClientOptions()
                        .setConnectTimeout(DEADLINE_MILLIS)
                        .setTcpKeepAlive(true)
                        .setIdleTimeout(30)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS))
                .connectingTo(settings.url().vertx(SESSION).setCachePreparedStatements(true))
                .using(vertx)
                .build();
    }

    @Override
    public Outcome set(LegacyChange change) {
        long begun = System.nanoTime();
        try {
            var connection = acquire();
            try {
                return set(connection, change, begun);
            } finally {
                connection.close().onFailure(e -> LOG.debug("a connection was lost on its way back: {}", e.toString()));
            }
        } catch (Throwable failure) { // await() throws whatever a future failed with
            var learnt = types;
            types = Optional.empty();
            if (failure instanceof VertxException
                    && String.valueOf(failure.getMessage()).startsWith("Parameter at")) {
                var type = learnt.map(List::getLast).orElse("of a type");
                return new Outcome.Rejected("$2 of the statement is " + type + ", which no subject is; cast it");
            }
            return Failures.of(failure);
        }
    }

    private Outcome set(SqlConnection connection, LegacyChange change, long begun) throws Throwable {
        var statement = answer(connection.prepare(sql));
        var known = types.isPresent() ? types.get() : learn(connection);
        if (!known.getFirst().equals("boolean")) {
            types = Optional.empty();
            return new Outcome.Rejected("$1 of the statement is " + known.getFirst() + "; write it as $1::boolean");
        }
        var subject = subject(change.account().subject(), known.getLast());
        if (subject.isEmpty()) {
            return new Outcome.Rejected("the subject is no " + known.getLast() + ", as the statement's $2 is");
        }
        var transaction = answer(connection.begin());
        if (System.nanoTime() - begun > LIFE.toNanos()) { // from here on the server ends what stands still
            return new Outcome.NoAnswer("this instance stood still");
        }
        int changed = answer(statement.query().execute(Tuple.of(change.enabled(), subject.get())))
                .rowCount();
        if (changed == 1) {
            answer(transaction.commit());
            return new Outcome.Done();
        }
        answer(transaction.rollback());
        return new Outcome.Rejected(
                changed == 0
                        ? "there is no such record: the statement changed no row"
                        : "the statement would change " + changed + " rows, and may change one");
    }

    private List<String> learn(SqlConnection connection) throws Throwable {
        var rows = answer(connection.preparedQuery(TYPES).execute(Tuple.of(sql)));
        var learnt = List.of(rows.iterator().next().getArrayOfStrings(0));
        types = Optional.of(learnt);
        return learnt;
    }

    /** As the client wants it for a parameter of that type; empty when it is none, or is not written as the server would. */
    private static Optional<?> subject(String subject, String type) {
        try {
            return switch (type) {
                case "smallint" -> same(Short.valueOf(subject), subject);
                case "integer" -> same(Integer.valueOf(subject), subject);
                case "bigint" -> same(Long.valueOf(subject), subject);
                case "numeric" -> same(new BigDecimal(new BigInteger(subject)), subject);
                case "uuid" -> same(UUID.fromString(subject), subject.toLowerCase(Locale.ROOT));
                default -> Optional.of(subject);
            };
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Two subjects are two accounts: not both may be one record. */
    private static <T> Optional<T> same(T value, String subject) {
        return value.toString().equals(subject) ? Optional.of(value) : Optional.empty();
    }

    private SqlConnection acquire() throws Throwable {
        var acquiring = pool.getConnection();
        try {
            // The pool gives up first; the second deadline is for a pool that is stuck.
            return acquiring.await(2L * DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (Throwable failure) {
            acquiring.onSuccess(SqlConnection::close);
            throw failure;
        }
    }

    private static <T> T answer(Future<T> future) throws Throwable {
        return future.await(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        pool.close().onFailure(e -> LOG.debug("a pool did not close cleanly: {}", e.toString()));
    }
}
