package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The ranges of ids that retention took away, table {@code audit_dropped}. */
record AuditDropped(Statements statements, AuditKey key) {
    /** A range as it stands there; {@code genuine} when we sealed it. */
    record Range(long firstId, long lastId, AuditHash lastHash, boolean genuine) {}

    private static final String SELECT = "SELECT first_id, last_id, last_hash, seal FROM audit_dropped ";

    /** The range that has the id in it. */
    Optional<Range> covering(long id) {
        return find(SELECT + "WHERE first_id <= $1 AND last_id >= $1 ORDER BY last_id DESC LIMIT 1", id);
    }

    /** Any one that we did not seal. */
    Optional<Range> forged() {
        return ranges().stream().filter(range -> !range.genuine()).findFirst();
    }

    /** The hash before the row that follows a range which ends there. */
    Optional<Range> endingAt(long id) {
        return find(SELECT + "WHERE last_id = $1 LIMIT 1", id);
    }

    /** Seals one more range, and joins it with those beside it. None of those that are there may be forged. */
    void add(long firstId, long lastId, AuditHash lastHash) {
        var before = endingAt(firstId - 1);
        var after = find(SELECT + "WHERE first_id = $1", lastId + 1);
        before.ifPresent(range -> delete(range.firstId()));
        after.ifPresent(range -> delete(range.firstId()));
        insert(
                before.map(Range::firstId).orElse(firstId),
                after.map(Range::lastId).orElse(lastId),
                after.map(Range::lastHash).orElse(lastHash));
    }

    private List<Range> ranges() {
        return StreamSupport.stream(statements.run(SELECT + "ORDER BY first_id").spliterator(), false)
                .map(this::range)
                .toList();
    }

    private Optional<Range> find(String sql, long id) {
        var rows = statements.run(sql, id).iterator();
        return rows.hasNext() ? Optional.of(range(rows.next())) : Optional.empty();
    }

    private Range range(Row row) {
        long firstId = row.getLong("first_id");
        long lastId = row.getLong("last_id");
        var lastHash = new AuditHash(row.getBuffer("last_hash"));
        var seal = new AuditHash(row.getBuffer("seal"));
        return new Range(
                firstId, lastId, lastHash, key.seal(firstId, lastId, lastHash).is(seal));
    }

    private void insert(long firstId, long lastId, AuditHash lastHash) {
        statements.changeOne(
                "INSERT INTO audit_dropped (first_id, last_id, last_hash, seal) VALUES ($1, $2, $3, $4)",
                firstId,
                lastId,
                lastHash.buffer(),
                key.seal(firstId, lastId, lastHash).buffer());
    }

    private void delete(long firstId) {
        statements.changeOne("DELETE FROM audit_dropped WHERE first_id = $1", firstId);
    }
}
