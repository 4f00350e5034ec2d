package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops old months of the audit log so that the rest can still be verified. What it drops it verifies first: otherwise
 * somebody could move rows into an old month and have them dropped under our seal.
 */
public final class AuditRetention {
    private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);
    private static final Pattern PARTITION = Pattern.compile("audit_event_(\\d{4})_(0[1-9]|1[0-2])");

    private final Postgres postgres;
    private final AuditKey key;

    public AuditRetention(Postgres postgres, AuditKey key) {
        this.postgres = postgres;
        this.key = key;
    }

    /**
     * Drops the months (UTC) that lie wholly before this time and returns them, oldest first. A month that is not as it
     * was written is kept, with all after it, and told in the log. While another instance is at it, nothing happens.
     * Blocks as long as it takes to read those months; {@code StoreUnavailable} when the database does not answer.
     */
    public List<YearMonth> dropBefore(Instant before) {
        var months = new ArrayList<YearMonth>();
        while (true) {
            var month = postgres.inTransaction(statements -> dropOldest(statements, before));
            if (month.isEmpty()) {
                return months;
            }
            LOG.info("the audit log of {} was dropped, as its retention is over", month.get());
            months.add(month.get());
        }
    }

    private Optional<YearMonth> dropOldest(Statements statements, Instant before) {
        var locked = statements.run("SELECT pg_try_advisory_xact_lock(8143, 2)");
        if (!locked.iterator().next().getBoolean(0)) {
            return Optional.empty();
        }
        return oldest(statements)
                .filter(month ->
                        !AuditMonths.start(month.plusMonths(1)).toInstant().isAfter(before))
                .filter(month -> drop(statements, month, before));
    }

    private static Optional<YearMonth> oldest(Statements statements) {
        var names = statements.run("""
                SELECT child.relname FROM pg_inherits
                  JOIN pg_class child ON child.oid = inhrelid WHERE inhparent = 'audit_event'::regclass""");
        return StreamSupport.stream(names.spliterator(), false)
                .map(row -> PARTITION.matcher(row.getString(0)))
                .filter(name -> name.matches())
                .map(name -> YearMonth.of(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2))))
                .min(YearMonth::compareTo);
    }

    private boolean drop(Statements statements, YearMonth month, Instant before) {
        var partition = "audit_event_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
        var dropped = new AuditDropped(statements, key);
        var reading = new AuditMonthReading(statements, key, dropped, partition, before);
        if (dropped.forged().isPresent() || !reading.isAsWritten()) {
            LOG.error(
                    "the audit log of {} is not as it was written, so it is kept though its retention is over; see: portcullis audit verify",
                    month);
            return false;
        }
        statements.run("SET LOCAL lock_timeout = '1s'"); // whoever appends waits behind us
        statements.run("LOCK TABLE " + partition + " IN SHARE MODE");
        if (reading.grewSince()) {
            return false; // by a clock that is years behind; the next time will do
        }
        reading.ranges().forEach(range -> dropped.add(range.firstId(), range.lastId(), range.lastHash()));
        statements.run("DROP TABLE " + partition);
        return true;
    }
}
