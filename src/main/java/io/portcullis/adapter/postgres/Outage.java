package io.portcullis.adapter.postgres;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Tells a server that cannot serve now, where the same request works later, from a bug of ours. */
final class Outage {
    /** Prefixes of SQLSTATE (PostgreSQL, appendix A). */
    private static final List<String> STATES = List.of(
            "08", // connection
            "25006", // read only: this server is no longer the primary
            "25P03", // the transaction idled too long
            "28", // the server no longer takes our password
            "40001", // serialization
            "40P01", // deadlock
            "53", // out of disk, memory or connections
            "55P03", // a lock was not available
            "57014", // statement time-out, mostly a wait for the account's row
            "57P", // shutting down, starting
            "58"); // I/O

    private Outage() {}

    static boolean isOne(Throwable failure) {
        if (failure instanceof PgException refused) {
            var state = refused.getSqlState();
            return state != null && STATES.stream().anyMatch(state::startsWith);
        }
        return failure instanceof ClosedConnectionException
                || failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof InterruptedException
                || lostBefore(failure);
    }

    /** The client has no type of its own for a statement on a connection that was lost before it. */
    private static boolean lostBefore(Throwable failure) {
        var message = failure.getMessage();
        return failure instanceof VertxException && message != null && message.startsWith("Connection is not active");
    }
}
