package io.portcullis.adapter.postgres;

import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.crypto.SecretBox.SealBroken;
import io.portcullis.adapter.postgres.Postgres.Statements;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a rotation of the keyset: seals under today's key what an old one sealed, row by row, each in a transaction of
 * its own. It may end at any point and be run again, by several instances at once, and beside every other change: a row
 * that somebody holds is left to the next run. Blocks; safe for use by many threads.
 */
public final class Resealing {
    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
    private static final int BATCH = 100;

    private final Postgres postgres;
    private final SecretBox box;
    private final List<SealedColumn> columns;
    private final Buffer[] currentPrefixes;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean finished = new AtomicBoolean();

    private enum Outcome {
        RESEALED,
        /** Changed or held by somebody since it was found. */
        PASSED_OVER,
        BROKEN
    }

    /** Over all that the gateway seals in PostgreSQL. */
    public Resealing(Postgres postgres, SecretBox box) {
        this(
                postgres,
                box,
                Stream.concat(KeySeal.sealedColumns().stream(), Stream.of(Installation.sealedColumn()))
                        .toList());
    }

    Resealing(Postgres postgres, SecretBox box, List<SealedColumn> columns) {
        this.postgres = postgres;
        this.box = box;
        this.columns = List.copyOf(columns);
        this.currentPrefixes =
                box.currentPrefixes().stream().map(Buffer::buffer).toArray(Buffer[]::new);
    }

    /**
     * Goes once through all rows; asks nothing of the database when the keyset has no old key. What does not open is told
     * in the log by its row and passed over.
     *
     * @return how many secrets were sealed anew
     * @throws io.portcullis.domain.error.Refused with {@code StoreUnavailable}; what was done until then stays done
     */
    public int run() {
        if (!box.hasOldKeys()) {
            return 0;
        }
        int resealed = columns.stream().mapToInt(this::run).sum();
        long left = left();
        if (resealed > 0) {
            LOG.info("{} secrets were sealed anew under the primary key, {} are left under other keys", resealed, left);
        }
        if (left == 0 && !finished.getAndSet(true)) {
            LOG.info("no secret in PostgreSQL is sealed by an old key any more:"
                    + " once every instance runs with this keyset, 'portcullis keys retire' may remove them");
        }
        return resealed;
    }

    /** How many secrets are sealed neither by the primary key nor by a prepared one. */
    public long left() {
        return postgres.withConnection(statements -> columns.stream()
                .mapToLong(column -> statements
                        .run("SELECT count(*) FROM " + column.table() + " WHERE " + old(column, 1), (Object)
                                currentPrefixes)
                        .iterator()
                        .next()
                        .getLong(0))
                .sum());
    }

    /** By the order of the key, so that a row that stays as it is does not come again. */
    private int run(SealedColumn column) {
        int resealed = 0;
        var batch = next(column, Optional.empty());
        while (!batch.isEmpty()) {
            for (var row : batch) {
                switch (reseal(column, row)) {
                    case RESEALED -> resealed++;
                    case BROKEN -> tell(column, row);
                    case PASSED_OVER -> {} // the next run sees to it, where it is still needed
                }
            }
            batch = next(column, Optional.of(batch.getLast()));
        }
        return resealed;
    }

    private List<List<Object>> next(SealedColumn column, Optional<List<Object>> after) {
        var key = String.join(", ", column.key());
        var parameters = new ArrayList<Object>();
        parameters.add(currentPrefixes);
        after.ifPresent(parameters::addAll);
        var sql = "SELECT " + key + " FROM " + column.table() + " WHERE " + old(column, 1)
                + after.map(values -> " AND (" + key + ") > (" + placeholders(2, values.size()) + ")")
                        .orElse("")
                + " ORDER BY " + key + " LIMIT " + BATCH;
        return postgres.withConnection(statements -> {
            var keys = new ArrayList<List<Object>>();
            for (var row : statements.run(sql, parameters.toArray())) {
                keys.add(column.key().stream().map(row::getValue).toList());
            }
            return keys;
        });
    }

    private Outcome reseal(SealedColumn column, List<Object> key) {
        return postgres.inTransaction(statements -> lock(statements, column, key)
                .map(row -> reseal(statements, column, key, row))
                .orElse(Outcome.PASSED_OVER));
    }

    private Optional<Row> lock(Statements statements, SealedColumn column, List<Object> key) {
        var parameters = new ArrayList<>(key);
        parameters.add(currentPrefixes);
        var rows = statements.run(
                "SELECT * FROM " + column.table() + " WHERE " + is(column) + " AND " + old(column, key.size() + 1)
                        + " FOR UPDATE SKIP LOCKED",
                parameters.toArray());
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    private Outcome reseal(Statements statements, SealedColumn column, List<Object> key, Row row) {
        var sealed = row.getBuffer(column.column());
        var place = column.place().apply(row);
        byte[] secret;
        try {
            secret = box.open(sealed.getBytes(), place);
        } catch (SealBroken broken) {
            return Outcome.BROKEN;
        }
        var parameters = new ArrayList<>(key);
        parameters.add(Buffer.buffer(box.seal(secret, place)));
        parameters.add(sealed);
        statements.changeOne(
                "UPDATE " + column.table() + " SET " + column.column() + " = $" + (key.size() + 1) + " WHERE "
                        + is(column) + " AND " + column.column() + " = $" + (key.size() + 2),
                parameters.toArray());
        return Outcome.RESEALED;
    }

    /** Once: nothing but a reset of the account mends it. */
    private void tell(SealedColumn column, List<Object> key) {
        var row = column.table() + "." + column.column() + " of "
                + key.stream().map(Object::toString).collect(Collectors.joining("/"));
        if (told.add(row)) {
            LOG.warn("{} does not open by any key of the keyset and cannot be sealed anew", row);
        }
    }

    private static String old(SealedColumn column, int parameter) {
        return column.column() + " IS NOT NULL AND substring(" + column.column() + " from 1 for 5) <> ALL ($"
                + parameter + "::bytea[])";
    }

    private static String is(SealedColumn column) {
        return "(" + String.join(", ", column.key()) + ") = ("
                + placeholders(1, column.key().size()) + ")";
    }

    private static String placeholders(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(i -> "$" + i).collect(Collectors.joining(", "));
    }
}
