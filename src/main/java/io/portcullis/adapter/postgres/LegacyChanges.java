package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.legacy.LegacyBacklog.Backlog;
import io.portcullis.domain.legacy.LegacyChange;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The table {@code legacy_sync}: changes that wait for their legacy record. They are written in the transaction of their
 * change, which holds the account's row, so that the ids of an account are in the order of its changes. Leases and pauses
 * are by the database's clock, as instances may differ. Each method blocks, and throws {@code StoreUnavailable} when the
 * database does not answer.
 */
public final class LegacyChanges {
    /** Much longer than a delivery may take: after that whoever had the change is gone. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** So long a new change is left to the instance that made it, which delivers it before it answers. */
    private static final Duration HEAD_START = Duration.ofSeconds(2);

    private static final String CLAIM = """
            UPDATE legacy_sync
               SET attempts = attempts + 1, leased_until = clock_timestamp() + make_interval(secs => $1)
             WHERE %s
            RETURNING id, realm, subject, enabled, occurred_at, attempts, last_error""";

    private static final String CLAIM_DUE = CLAIM.formatted("""
            id = (SELECT id FROM legacy_sync due
                   WHERE realm = $2 AND next_attempt_at <= clock_timestamp() AND leased_until <= clock_timestamp()
                     AND NOT EXISTS (SELECT FROM legacy_sync earlier
                                      WHERE earlier.realm = due.realm AND earlier.subject = due.subject
                                        AND earlier.id < due.id)
                   ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)""");

    /** One that nobody tried yet is nobody's: its lease was for whoever asks now. */
    private static final String CLAIM_FIRST = CLAIM.formatted("""
            id = (SELECT min(id) FROM legacy_sync WHERE realm = $2 AND subject = $3)
               AND (attempts = 0 OR leased_until <= clock_timestamp())""");

    private final Postgres postgres;

    public LegacyChanges(Postgres postgres) {
        this.postgres = postgres;
    }

    /**
     * One change in the hands of whoever claimed it.
     *
     * @param attempts how often it was claimed, this time included
     * @param lastError empty before the first failure
     */
    public record Claimed(LegacyChange change, int attempts, String lastError) {}

    /** Inside the transaction of the change; returns the id. */
    static long write(Statements statements, Account account, boolean enabled, Instant at) {
        return statements
                .run("""
                        INSERT INTO legacy_sync (realm, subject, enabled, occurred_at, next_attempt_at, leased_until)
                        VALUES ($1, $2, $3, $4, clock_timestamp(), clock_timestamp() + make_interval(secs => $5))
                        RETURNING id""", account.realm(), account.subject(), enabled, at.atOffset(ZoneOffset.UTC), seconds(HEAD_START))
                .iterator()
                .next()
                .getLong(0);
    }

    /** A change of the realm that is due, that nobody has, and that no earlier one of its account goes before. */
    public Optional<Claimed> claimDue(String realm) {
        return postgres.withConnection(statements -> claimed(statements.run(CLAIM_DUE, seconds(LEASE), realm)));
    }

    /** The first change of the account, due or not; empty when somebody else has it, or there is none. */
    public Optional<Claimed> claimFirst(Account account) {
        return postgres.withConnection(
                statements -> claimed(statements.run(CLAIM_FIRST, seconds(LEASE), account.realm(), account.subject())));
    }

    /** Whether the legacy record has not heard of it. */
    public boolean waits(long change) {
        return postgres.withConnection(statements ->
                statements.run("SELECT FROM legacy_sync WHERE id = $1", change).size() == 1);
    }

    /** The legacy record has it. Nothing happens when somebody else claimed it since: the next one waits for them. */
    public void done(Claimed claimed) {
        postgres.withConnection(statements -> statements.run(
                "DELETE FROM legacy_sync WHERE id = $1 AND attempts = $2",
                claimed.change().id(),
                claimed.attempts()));
    }

    /** Nothing happens when somebody else claimed it since. */
    public void putOff(Claimed claimed, Duration pause, String error) {
        postgres.withConnection(
                statements -> statements.run("""
                UPDATE legacy_sync SET leased_until = clock_timestamp(), last_error = $4,
                       next_attempt_at = clock_timestamp() + make_interval(secs => $3)
                 WHERE id = $1 AND attempts = $2""", claimed.change().id(), claimed.attempts(), seconds(pause), error));
    }

    /** Makes all that wait of a realm due. */
    public void hurry(String realm) {
        postgres.withConnection(statements -> statements.run("""
                UPDATE legacy_sync SET next_attempt_at = clock_timestamp()
                 WHERE id IN (SELECT id FROM legacy_sync WHERE realm = $1 AND next_attempt_at > clock_timestamp()
                               FOR UPDATE SKIP LOCKED)""", realm));
    }

    /** How many there are of a realm. */
    public long pending(String realm) {
        return postgres.withConnection(statements -> statements
                .run("SELECT count(*) FROM legacy_sync WHERE realm = $1", realm)
                .iterator()
                .next()
                .getLong(0));
    }

    /** Those of one account. */
    public Backlog backlog(Account account) {
        return postgres.withConnection(statements -> {
            var rows = statements.run("""
                    SELECT count(*) OVER () AS pending, occurred_at, attempts, last_error
                      FROM legacy_sync WHERE realm = $1 AND subject = $2 ORDER BY id LIMIT 1""", account.realm(), account.subject());
            if (rows.size() == 0) {
                return new Backlog(0, Optional.empty(), 0, Optional.empty());
            }
            var row = rows.iterator().next();
            return new Backlog(
                    row.getLong("pending"),
                    Optional.of(row.getOffsetDateTime("occurred_at")).map(OffsetDateTime::toInstant),
                    row.getInteger("attempts"),
                    Optional.of(row.getString("last_error")).filter(error -> !error.isEmpty()));
        });
    }

    private static Optional<Claimed> claimed(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Optional.empty();
        }
        var row = rows.iterator().next();
        return Optional.of(new Claimed(
                new LegacyChange(
                        row.getLong("id"),
                        new Account(row.getString("realm"), row.getString("subject")),
                        row.getBoolean("enabled"),
                        row.getOffsetDateTime("occurred_at").toInstant()),
                row.getInteger("attempts"),
                row.getString("last_error")));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
