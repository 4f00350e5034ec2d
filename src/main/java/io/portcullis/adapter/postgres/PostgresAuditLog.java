package io.portcullis.adapter.postgres;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.AuditLog;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The table {@code audit_event}, to be read. */
public final class PostgresAuditLog implements AuditLog {
    private static final String[] TYPES =
            Stream.of(AuditEvent.Type.values()).map(Enum::name).toArray(String[]::new);

    private final Postgres postgres;

    public PostgresAuditLog(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Events of a type that only a newer version knows, which runs beside this one during an upgrade, are left out. */
    @Override
    public List<Recorded> find(Filter filter) {
        var conditions = new ArrayList<String>();
        var parameters = new ArrayList<Object>();
        where(conditions, parameters, "type = ANY($%d)", Optional.of(TYPES));
        where(conditions, parameters, "realm = $%d", filter.realm());
        where(conditions, parameters, "subject = $%d", filter.subject());
        where(conditions, parameters, "type = $%d", filter.type().map(Enum::name));
        where(conditions, parameters, "at >= $%d", filter.from().map(from -> from.atOffset(ZoneOffset.UTC)));
        where(conditions, parameters, "at < $%d", filter.to().map(to -> to.atOffset(ZoneOffset.UTC)));
        where(conditions, parameters, "id < $%d", filter.before());
        parameters.add(filter.limit());
        var sql = "SELECT " + AuditRow.COLUMNS + " FROM audit_event WHERE " + String.join(" AND ", conditions)
                + " ORDER BY id DESC LIMIT $" + parameters.size();
        return postgres.withConnection(statements -> StreamSupport.stream(
                        statements.run(sql, parameters.toArray()).spliterator(), false)
                .map(row -> AuditRow.of(row).recorded())
                .toList());
    }

    private static void where(
            List<String> conditions, List<Object> parameters, String condition, Optional<?> parameter) {
        parameter.ifPresent(value -> {
            parameters.add(value);
            conditions.add(condition.formatted(parameters.size()));
        });
    }
}
