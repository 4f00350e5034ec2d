package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.AuditVerification.Anchor;
import io.portcullis.adapter.postgres.AuditVerification.Broken;
import io.portcullis.adapter.postgres.AuditVerification.Fault;
import io.portcullis.adapter.postgres.AuditVerification.Intact;
import io.portcullis.adapter.postgres.AuditVerification.Result;
import io.portcullis.adapter.postgres.Postgres.Statements;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * One walk along the chain. Gateways may append and retention may drop months meanwhile: rows and head, and rows and the
 * marks of what was dropped, change in one commit each, so what belongs together is read by one statement, or the later
 * part of it later.
 */
final class AuditWalk {
    /** By place: an id that is there twice, which the table cannot refuse, is met twice. */
    private static final String NEXT_ROWS = "SELECT " + AuditRow.COLUMNS
            + ", hash FROM audit_event WHERE (id, at) > ($1, $2) ORDER BY id, at LIMIT 1000";

    private static final OffsetDateTime LATER_THAN_ANY = OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final Statements statements;
    private final AuditKey key;
    private final AuditDropped dropped;
    private final Optional<Anchor> anchor;
    private long lastId;
    private AuditHash lastHash = AuditHash.NONE;
    private long count;

    AuditWalk(Statements statements, AuditKey key, Optional<Anchor> anchor) {
        this.statements = statements;
        this.key = key;
        this.dropped = new AuditDropped(statements, key);
        this.anchor = anchor;
    }

    Result toTheEnd() {
        var forged = dropped.forged();
        if (forged.isPresent()) {
            return new Broken(forged.get().firstId(), Fault.DROPPED_MARK_FORGED);
        }
        long id = Long.MIN_VALUE; // below the first one, so that a row put in there is seen
        var at = LATER_THAN_ANY;
        while (true) {
            var rows = statements.run(NEXT_ROWS, id, at);
            if (rows.size() == 0) {
                var end = end();
                if (end.isPresent()) {
                    return end.get();
                }
            }
            for (var row : rows) {
                if (row.getLong("id") > lastId + 1) {
                    var fault = skipDropped();
                    if (fault.isPresent()) {
                        return fault.get();
                    }
                    id = lastId; // the rest of these rows may be dropped by now: they are read anew
                    at = LATER_THAN_ANY;
                    break;
                }
                var fault = step(row);
                if (fault.isPresent()) {
                    return fault.get();
                }
                id = row.getLong("id");
                at = row.getOffsetDateTime("at");
            }
        }
    }

    private Optional<Result> step(Row row) {
        var read = AuditRow.of(row);
        if (read.id() <= lastId) {
            return broken(read.id(), Fault.INSERTED);
        }
        var hash = new AuditHash(row.getBuffer("hash"));
        if (!key.hash(lastHash, read).is(hash)) {
            return broken(read.id(), belongsThere(read.id()) ? Fault.ALTERED : Fault.INSERTED);
        }
        count++;
        return arrive(read.id(), hash);
    }

    private Optional<Result> arrive(long id, AuditHash hash) {
        lastId = id;
        lastHash = hash;
        var refuted = anchor.filter(known -> known.id() == id && !known.hash().equals(hash.hex()));
        return refuted.flatMap(known -> broken(id, Fault.ANCHOR_NOT_FOUND));
    }

    /** An id past the head, or there twice, was never given out by it. */
    private boolean belongsThere(long id) {
        var row = statements.run("""
                SELECT (SELECT count(*) FROM audit_event WHERE id = $1) = 1
                   AND NOT EXISTS (SELECT FROM audit_head WHERE last_id < $1)""", id).iterator().next();
        return row.getBoolean(0);
    }

    /** Goes on to the end of the range that retention dropped behind {@code lastId}; there must be one, and nothing in it. */
    private Optional<Result> skipDropped() {
        long missing = lastId + 1;
        var found = dropped.covering(missing);
        if (found.isEmpty()) {
            return broken(missing, Fault.MISSING);
        }
        var range = found.get();
        if (!range.genuine()) {
            return broken(range.firstId(), Fault.DROPPED_MARK_FORGED);
        }
        var inside = statements.run(
                "SELECT id FROM audit_event WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT 1", missing, range.lastId());
        if (inside.size() > 0) {
            return broken(inside.iterator().next().getLong(0), Fault.INSERTED);
        }
        if (anchor.filter(known -> known.id() >= missing && known.id() < range.lastId())
                .isPresent()) {
            return broken(missing, Fault.ANCHOR_DROPPED);
        }
        return arrive(range.lastId(), range.lastHash());
    }

    /** What the walk has found when no row is left; empty when more have come. */
    private Optional<Result> end() {
        var heads = statements.run("SELECT last_id, last_hash FROM audit_head").iterator();
        if (!heads.hasNext()) {
            return broken(lastId, Fault.HEAD_ALTERED);
        }
        var head = heads.next();
        long headId = head.getLong(0);
        if (headId > lastId) { // rows came since, or the last ones were taken away
            var next = statements.run("SELECT FROM audit_event WHERE id > $1 LIMIT 1", lastId);
            return next.size() > 0 ? Optional.empty() : skipDropped();
        }
        if (headId < lastId || !new AuditHash(head.getBuffer(1)).is(lastHash)) {
            return broken(lastId, Fault.HEAD_ALTERED);
        }
        var beyond = anchor.filter(known -> known.id() > lastId);
        return beyond.isPresent()
                ? broken(beyond.get().id(), Fault.ANCHOR_NOT_FOUND)
                : Optional.of(new Intact(count, new Anchor(lastId, lastHash.hex())));
    }

    private static Optional<Result> broken(long id, Fault fault) {
        return Optional.of(new Broken(id, fault));
    }
}
