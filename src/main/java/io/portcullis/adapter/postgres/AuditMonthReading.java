package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.AuditDropped.Range;
import io.portcullis.adapter.postgres.Postgres.Statements;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one partition and judges each of its rows by the one before it, wherever that is. */
final class AuditMonthReading {
    private final Statements statements;
    private final AuditKey key;
    private final AuditDropped dropped;
    private final String partition;
    private final Instant before;
    private final List<Range> ranges = new ArrayList<>();
    private long highestId = Long.MIN_VALUE;

    /** @param before every row must be of an earlier time */
    AuditMonthReading(Statements statements, AuditKey key, AuditDropped dropped, String partition, Instant before) {
        this.statements = statements;
        this.key = key;
        this.dropped = dropped;
        this.partition = partition;
        this.before = before;
    }

    /** Reads all of it. */
    boolean isAsWritten() {
        while (true) {
            var rows = statements.run(
                    "SELECT " + AuditRow.COLUMNS + ", hash FROM " + partition + " WHERE id > $1 ORDER BY id LIMIT 1000",
                    highestId);
            if (rows.size() == 0) {
                return true;
            }
            for (var row : rows) {
                if (!isAsWritten(row)) {
                    return false;
                }
            }
        }
    }

    private boolean isAsWritten(Row row) {
        var read = AuditRow.of(row);
        var hash = new AuditHash(row.getBuffer("hash"));
        var previous = hashBefore(read.id());
        if (previous.isEmpty()
                || !key.hash(previous.get(), read).is(hash)
                || !read.at().isBefore(before)) {
            return false;
        }
        long firstId = continues(read.id()) ? ranges.removeLast().firstId() : read.id();
        ranges.add(new Range(firstId, read.id(), hash, true));
        highestId = read.id();
        return true;
    }

    private boolean continues(long id) {
        return !ranges.isEmpty() && ranges.getLast().lastId() == id - 1;
    }

    /** The stored hash before a row need not be judged itself: the row's own hash would not follow from another one. */
    private Optional<AuditHash> hashBefore(long id) {
        if (id == 1) {
            return Optional.of(AuditHash.NONE);
        }
        if (continues(id)) {
            return Optional.of(ranges.getLast().lastHash());
        }
        var rows = statements.run("SELECT hash FROM audit_event WHERE id = $1", id - 1);
        return rows.size() == 1
                ? Optional.of(new AuditHash(rows.iterator().next().getBuffer(0)))
                : dropped.endingAt(id - 1).filter(Range::genuine).map(Range::lastHash);
    }

    /** Whether there is a row that was not read. */
    boolean grewSince() {
        return statements
                        .run("SELECT FROM " + partition + " WHERE id > $1 LIMIT 1", highestId)
                        .size()
                > 0;
    }

    /** The ids that were read. */
    List<Range> ranges() {
        return ranges;
    }
}
