package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.AuditLog.Recorded;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Appends events to the audit log, inside the transaction of their change. */
record AuditChain(AuditKey key) {
    private static final String INSERT = "INSERT INTO audit_event (" + AuditRow.COLUMNS
            + ", hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    /** An event in its place. */
    record Link(AuditRow row, AuditHash hash) {}

    /**
     * To be called last before the commit: from here on every other change that writes an event waits. Whoever holds
     * the head asks for no other lock, so nobody waits in a circle.
     */
    List<Link> append(Statements statements, Account account, List<AuditEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        var head = statements
                .run("SELECT last_id, last_hash FROM audit_head FOR UPDATE")
                .iterator()
                .next();
        long id = head.getLong(0);
        var hash = new AuditHash(head.getBuffer(1));
        var links = new ArrayList<Link>();
        var tuples = new ArrayList<Tuple>();
        for (var event : events) {
            id++;
            var row = AuditRow.of(new Recorded(id, account, event));
            hash = key.hash(hash, row);
            links.add(new Link(row, hash));
            tuples.add(row.tuple(hash));
        }
        statements.batch(INSERT, tuples);
        statements.changeOne("UPDATE audit_head SET last_id = $1, last_hash = $2", id, hash.buffer());
        return List.copyOf(links);
    }
}
