package io.portcullis.adapter.postgres;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.AuditLog.Recorded;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.session.Client;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One row of {@code audit_event} but for its hash, as it is hashed: whatever stands there, right or not.
 *
 * @param at to the microsecond, as the table keeps it
 */
record AuditRow(
        long id,
        Instant at,
        String realm,
        String subject,
        String type,
        String outcome,
        String actor,
        String address,
        String userAgent,
        String requestId,
        String detail) {
    static final String COLUMNS =
            "id, at, realm, subject, type, outcome, actor, address, user_agent, request_id, detail";

    static AuditRow of(Recorded recorded) {
        var event = recorded.event();
        return new AuditRow(
                recorded.id(),
                event.at().truncatedTo(ChronoUnit.MICROS),
                recorded.account().realm(),
                recorded.account().subject(),
                event.type().name(),
                event.outcome().wireName(),
                event.actor(),
                event.origin().client().address(),
                event.origin().client().userAgent(),
                event.origin().requestId(),
                event.detail());
    }

    /** Reads {@link #COLUMNS}. */
    static AuditRow of(Row row) {
        return new AuditRow(
                row.getLong("id"),
                row.getOffsetDateTime("at").toInstant(),
                text(row, "realm"),
                text(row, "subject"),
                text(row, "type"),
                text(row, "outcome"),
                text(row, "actor"),
                text(row, "address"),
                text(row, "user_agent"),
                text(row, "request_id"),
                text(row, "detail"));
    }

    /** A missing text, which the table refuses, becomes one that no table can hold: it is never the one that was hashed. */
    private static String text(Row row, String column) {
        return Objects.requireNonNullElse(row.getString(column), "\0");
    }

    Recorded recorded() {
        return new Recorded(
                id,
                new Account(realm, subject),
                new AuditEvent(
                        AuditEvent.Type.valueOf(type),
                        at,
                        actor,
                        new Origin(new Client(address, userAgent), requestId, Locale.ROOT), // not kept
                        detail));
    }

    /** Values of {@link #COLUMNS} and the hash. */
    Tuple tuple(AuditHash hash) {
        return Tuple.from(List.of(
                id,
                at.atOffset(ZoneOffset.UTC),
                realm,
                subject,
                type,
                outcome,
                actor,
                address,
                userAgent,
                requestId,
                detail,
                hash.buffer()));
    }
}
