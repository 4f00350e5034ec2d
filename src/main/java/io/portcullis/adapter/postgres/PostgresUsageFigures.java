package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.operator.Usage;
import io.portcullis.domain.operator.UsageFigures;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Counts in {@code mfa_account}, {@code audit_event} and {@code legacy_sync}. */
public final class PostgresUsageFigures implements UsageFigures {
    private static final String ACCOUNTS = """
            SELECT count(*) FILTER (WHERE state = 'DISABLED' OR state = 'SETUP_IN_PROGRESS' AND setup_expires_at <= $2) AS disabled,
                   count(*) FILTER (WHERE state = 'SETUP_IN_PROGRESS' AND setup_expires_at > $2) AS setting_up,
                   count(*) FILTER (WHERE state = 'ENABLED') AS enabled,
                   count(*) FILTER (WHERE state = 'ENABLED' AND totp_key IS NOT NULL) AS totp,
                   count(*) FILTER (WHERE state = 'ENABLED' AND mailbox IS NOT NULL) AS email,
                   count(*) FILTER (WHERE locked_until > $2 OR failures_in_a_row >= $3) AS locked
              FROM mfa_account WHERE $1 = '' OR realm = $1
            """;

    /**
     * An account has one code outstanding for each purpose, which is the event's detail, so the next one of the purpose
     * ends it. A code for a set-up is used by what confirms that, any other by passing the second factor.
     */
    private static final String CODES = """
            WITH code AS (
                SELECT realm, subject, detail, id, at, lead(id) OVER (PARTITION BY realm, subject, detail ORDER BY id) AS next
                  FROM audit_event WHERE type = 'CODE_SENT' AND at > $2 AND at <= $3 AND ($1 = '' OR realm = $1))
            SELECT count(*) AS sent,
                   count(*) FILTER (
                       WHERE (next IS NOT NULL OR at + make_interval(secs => $4) <= $3)
                         AND NOT EXISTS (
                             SELECT FROM audit_event used
                              WHERE used.realm = code.realm AND used.subject = code.subject
                                AND used.id > code.id AND (code.next IS NULL OR used.id < code.next)
                                AND used.at > $2 AND used.at <= code.at + make_interval(secs => $4)
                                AND CASE code.detail
                                        WHEN 'setup' THEN used.type IN ('MFA_ENABLED', 'METHOD_ADDED')
                                                          AND (used.detail = 'email' OR $5)
                                        ELSE used.type = 'SECOND_FACTOR_PASSED' AND used.detail = 'email'
                                    END)) AS expired
              FROM code
            """;

    private static final String EVENTS = """
            SELECT count(*) FILTER (WHERE type = 'SECOND_FACTOR_FAILED') AS failures,
                   count(*) FILTER (WHERE type = 'SECOND_FACTOR_LOCKED') AS lockouts
              FROM audit_event
             WHERE type IN ('SECOND_FACTOR_FAILED', 'SECOND_FACTOR_LOCKED') AND at > $2 AND at <= $3
               AND ($1 = '' OR realm = $1)
            """;

    private static final String SYNC = """
            SELECT count(*) AS pending, min(occurred_at) AS oldest FROM legacy_sync WHERE $1 = '' OR realm = $1
            """;

    private final Postgres postgres;

    public PostgresUsageFigures(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public Usage count(Scope scope) {
        return postgres.withConnection(statements -> count(statements, scope));
    }

    private static Usage count(Statements statements, Scope scope) {
        var realm = scope.realm().orElse("");
        var from = time(scope.from());
        var to = time(scope.to());
        var accounts = one(statements, ACCOUNTS, realm, to, scope.lockedAt());
        var codes = one(
                statements, CODES, realm, from, to, (double) scope.codeLife().toSeconds(), scope.mailedProof());
        var events = one(statements, EVENTS, realm, from, to);
        var sync = one(statements, SYNC, realm);
        var oldest = Optional.ofNullable(sync.getOffsetDateTime("oldest"))
                .map(then -> Duration.between(then.toInstant(), scope.to()));
        return new Usage(
                Map.of(
                        MfaState.DISABLED,
                        accounts.getLong("disabled"),
                        MfaState.SETUP_IN_PROGRESS,
                        accounts.getLong("setting_up"),
                        MfaState.ENABLED,
                        accounts.getLong("enabled")),
                Map.of(Method.TOTP, accounts.getLong("totp"), Method.EMAIL, accounts.getLong("email")),
                codes.getLong("sent"),
                codes.getLong("expired"),
                events.getLong("failures"),
                events.getLong("lockouts"),
                accounts.getLong("locked"),
                sync.getLong("pending"),
                oldest);
    }

    private static Row one(Statements statements, String sql, Object... parameters) {
        return statements.run(sql, parameters).iterator().next();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
