package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.notice.Message.Kind;
import io.portcullis.domain.notice.Message.Notice;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table {@code outbox}: notices that wait to be sent. They are written in the transaction of their change. Each
 * method blocks, and throws {@code StoreUnavailable} when the database does not answer.
 */
public final class Outbox {
    /** What a newer version wrote, which runs beside this one during an upgrade, is left to it. */
    private static final String[] KINDS =
            Stream.of(Kind.values()).map(Enum::name).toArray(String[]::new);

    private static final String INSERT = "INSERT INTO outbox (at, realm, subject, kind, payload, next_attempt_at)"
            + " VALUES ($1, $2, $3, $4, $5, $6)";

    private final Postgres postgres;

    public Outbox(Postgres postgres) {
        this.postgres = postgres;
    }

    /**
     * One notice in the hands of whoever claimed it.
     *
     * @param attempts how often it was claimed, this time included
     */
    public record Claimed(long id, int attempts, Notice notice) {}

    /** Inside the transaction of their change. */
    static void write(Statements statements, List<Notice> notices, Instant now) {
        if (notices.isEmpty()) {
            return;
        }
        statements.batch(
                INSERT,
                notices.stream()
                        .map(notice -> Tuple.of(
                                time(notice.at()),
                                notice.account().realm(),
                                notice.account().subject(),
                                notice.kind().name(),
                                payload(notice),
                                time(now)))
                        .toList());
    }

    /** The oldest that is due and that nobody else has; it is due again at {@code again}, unless it is removed or put off. */
    public Optional<Claimed> claim(Instant now, Instant again) {
        return postgres.withConnection(statements -> {
            var rows = statements.run("""
                    UPDATE outbox SET attempts = attempts + 1, next_attempt_at = $2
                     WHERE id = (SELECT id FROM outbox WHERE next_attempt_at <= $1 AND kind = ANY($3)
                                  ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                    RETURNING id, attempts, at, realm, subject, kind, payload""", time(now), time(again), KINDS);
            return rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(claimed(rows.iterator().next()));
        });
    }

    /** It was sent, or never can be. */
    public void remove(Claimed claimed) {
        postgres.withConnection(statements -> statements.run("DELETE FROM outbox WHERE id = $1", claimed.id()));
    }

    /** Nothing happens when somebody else has claimed it since. */
    public void putOff(Claimed claimed, Instant until, String error) {
        postgres.withConnection(statements -> statements.run(
                "UPDATE outbox SET next_attempt_at = $3, last_error = $4 WHERE id = $1 AND attempts = $2",
                claimed.id(),
                claimed.attempts(),
                time(until),
                error));
    }

    /** Removes what happened before; returns how many. */
    public int dropBefore(Instant at) {
        return postgres.withConnection(statements -> statements
                .run("DELETE FROM outbox WHERE at < $1 AND kind = ANY($2)", time(at), KINDS)
                .rowCount());
    }

    /**
     * What waits.
     *
     * @param oldest when the first of them happened
     */
    public record Backlog(long waiting, Optional<Instant> oldest) {}

    public Backlog backlog() {
        return postgres.withConnection(statements -> {
            var row = statements
                    .run("SELECT count(*), min(at) FROM outbox WHERE kind = ANY($1)", (Object) KINDS)
                    .iterator()
                    .next();
            return new Backlog(
                    row.getLong(0),
                    Optional.ofNullable(row.getOffsetDateTime(1)).map(OffsetDateTime::toInstant));
        });
    }

    /** How many there are. */
    public long waiting() {
        return backlog().waiting();
    }

    private static JsonObject payload(Notice notice) {
        return new JsonObject()
                .put("to", notice.to())
                .put("detail", notice.detail())
                .put("language", notice.language().toLanguageTag())
                .put("address", notice.address())
                .put("userAgent", notice.userAgent());
    }

    private static Claimed claimed(Row row) {
        var payload = row.getJsonObject("payload");
        return new Claimed(
                row.getLong("id"),
                row.getInteger("attempts"),
                new Notice(
                        new Account(row.getString("realm"), row.getString("subject")),
                        payload.getString("to"),
                        Kind.valueOf(row.getString("kind")),
                        payload.getString("detail"),
                        Locale.forLanguageTag(payload.getString("language")),
                        row.getOffsetDateTime("at").toInstant(),
                        payload.getString("address"),
                        payload.getString("userAgent")));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
