package io.portcullis.adapter.postgres;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.operator.AccountDirectory;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The table {@code mfa_account}, to be looked through; sealed columns stay sealed. */
public final class PostgresAccountDirectory implements AccountDirectory {
    private static final String ENTRIES = """
            SELECT realm, subject, email, role, failure_times, failures_in_a_row, locks, locked_until,
                   CASE WHEN state = 'SETUP_IN_PROGRESS' AND setup_expires_at <= $1 THEN 'DISABLED' ELSE state END AS state,
                   state = 'ENABLED' AND totp_key IS NOT NULL AS has_totp,
                   state = 'ENABLED' AND mailbox IS NOT NULL AS has_mailbox,
                   (SELECT count(*) FROM recovery_code code
                     WHERE code.realm = account.realm AND code.subject = account.subject AND code.used_at IS NULL) AS codes
              FROM mfa_account account
            """;

    /** {@code strpos} and not {@code LIKE}, which has characters of its own. */
    private static final String SEARCH = ENTRIES + """
             WHERE (strpos(lower(email), lower($2)) > 0 OR strpos(lower(subject), lower($2)) > 0) AND ($3 = '' OR realm = $3)
             ORDER BY (lower(subject) = lower($2) OR lower(email) = lower($2)) IS TRUE DESC, realm, subject LIMIT $4
            """;

    private static final String FIND = ENTRIES + " WHERE realm = $2 AND subject = $3";

    private final Postgres postgres;
    private final InstantSource clock;

    public PostgresAccountDirectory(Postgres postgres, InstantSource clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    @Override
    public List<Entry> search(String text, Optional<String> realm, int limit) {
        return postgres.withConnection(
                statements -> entries(statements.run(SEARCH, now(), text, realm.orElse(""), limit)));
    }

    @Override
    public Optional<Entry> find(Account account) {
        return postgres
                .withConnection(statements -> entries(statements.run(FIND, now(), account.realm(), account.subject())))
                .stream()
                .findFirst();
    }

    private static List<Entry> entries(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(PostgresAccountDirectory::entry)
                .toList();
    }

    private static Entry entry(Row row) {
        var account = new Account(row.getString("realm"), row.getString("subject"));
        return new Entry(
                new Identity(
                        account,
                        Optional.ofNullable(row.getString("email")),
                        Optional.ofNullable(row.getString("role"))),
                MfaState.valueOf(row.getString("state")),
                methods(row),
                row.getLong("codes").intValue(),
                AccountWork.lockout(row));
    }

    private static Set<Method> methods(Row row) {
        var methods = EnumSet.noneOf(Method.class);
        if (row.getBoolean("has_totp")) {
            methods.add(Method.TOTP);
        }
        if (row.getBoolean("has_mailbox")) {
            methods.add(Method.EMAIL);
        }
        return methods;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
