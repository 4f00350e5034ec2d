package io.portcullis.adapter.postgres;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.local.LocalAccount;
import io.portcullis.domain.local.LocalAccounts;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The table {@code local_account}. */
public final class PostgresLocalAccounts implements LocalAccounts {
    private static final String SELECT = "SELECT " + LocalAccountRow.COLUMNS + " FROM local_account WHERE realm = $1";

    private final Postgres postgres;

    public PostgresLocalAccounts(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public Optional<LocalAccount> find(Account account) {
        return postgres.withConnection(statements -> new LocalAccountRow(statements, account).read());
    }

    @Override
    public Optional<LocalAccount> byEmail(String realm, String email) {
        // No text of PostgreSQL has it; the statement is run all the same, so that it takes as long as any other.
        var key = LocalAccount.folded(email).replace("\0", " ");
        return postgres.withConnection(
                statements -> LocalAccountRow.one(statements.run(SELECT + " AND email_key = $2", realm, key)));
    }

    @Override
    public List<LocalAccount> all(String realm) {
        return postgres.withConnection(statements -> StreamSupport.stream(
                        statements.run(SELECT + " ORDER BY email_key", realm).spliterator(), false)
                .map(LocalAccountRow::account)
                .toList());
    }

    @Override
    public void rehash(Account account, String before, String after) {
        postgres.withConnection(statements -> statements.run(
                "UPDATE local_account SET password_hash = $4 WHERE realm = $1 AND subject = $2 AND password_hash = $3",
                account.realm(),
                account.subject(),
                before,
                after));
    }
}
