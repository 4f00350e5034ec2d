package io.portcullis.adapter.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The partitions that are known to be there, so that the database is asked once a month. */
final class AuditMonths {
    private final Postgres postgres;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();

    AuditMonths(Postgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Makes the month's partition where it is missing, and that of the next one, for a change which goes on past
     * midnight. On a connection and in a transaction of its own: to be called before the caller has one.
     */
    void ensure(Instant at) {
        var month = YearMonth.from(at.atOffset(ZoneOffset.UTC));
        if (!known.contains(month)) {
            postgres.withConnection(statements -> statements.run(
                    "SELECT make_audit_event_month($1), make_audit_event_month($2)",
                    start(month),
                    start(month.plusMonths(1))));
            known.add(month);
        }
    }

    /** The database may be another one now, restored from a backup. */
    void forget() {
        known.clear();
    }

    static OffsetDateTime start(YearMonth month) {
        return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
