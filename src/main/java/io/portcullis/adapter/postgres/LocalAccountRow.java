package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.local.LocalAccount;
import io.portcullis.domain.local.LocalRecord;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** One row of {@code local_account}, inside the transaction of its account. */
record LocalAccountRow(Statements statements, Account account) implements LocalRecord {
    static final String COLUMNS = "realm, subject, email, role, password_hash";

    @Override
    public Optional<LocalAccount> read() {
        return one(statements.run(
                "SELECT " + COLUMNS + " FROM local_account WHERE realm = $1 AND subject = $2",
                account.realm(),
                account.subject()));
    }

    static Optional<LocalAccount> one(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(LocalAccountRow::account)
                .findFirst();
    }

    static LocalAccount account(Row row) {
        return new LocalAccount(
                new Account(row.getString("realm"), row.getString("subject")),
                row.getString("email"),
                row.getString("role"),
                row.getString("password_hash"));
    }

    @Override
    public boolean add(LocalAccount added, Instant at) {
        return statements
                        .run(
                                """
                                INSERT INTO local_account
                                    (realm, subject, email, email_key, role, password_hash, created_at, changed_at)
                                VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT DO NOTHING""",
                                account.realm(),
                                account.subject(),
                                added.email(),
                                LocalAccount.folded(added.email()),
                                added.role(),
                                added.passwordHash(),
                                time(at))
                        .rowCount()
                == 1;
    }

    @Override
    public boolean changeRole(String role, Instant at) {
        boolean changed = change("role", role, at);
        if (changed) { // what operators are shown, before the person comes again
            statements.run(
                    "UPDATE mfa_account SET role = $3 WHERE realm = $1 AND subject = $2",
                    account.realm(),
                    account.subject(),
                    role);
        }
        return changed;
    }

    @Override
    public boolean changePassword(String passwordHash, Instant at) {
        return change("password_hash", passwordHash, at);
    }

    private boolean change(String column, String value, Instant at) {
        return statements
                        .run(
                                "UPDATE local_account SET " + column + " = $3, changed_at = $4"
                                        + " WHERE realm = $1 AND subject = $2",
                                account.realm(),
                                account.subject(),
                                value,
                                time(at))
                        .rowCount()
                == 1;
    }

    @Override
    public boolean remove() {
        return statements
                        .run(
                                "DELETE FROM local_account WHERE realm = $1 AND subject = $2",
                                account.realm(),
                                account.subject())
                        .rowCount()
                == 1;
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
