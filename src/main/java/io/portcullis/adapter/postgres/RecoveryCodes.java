package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.mfa.Accounts.StoredRecoveryCode;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/** The recovery codes of one account, inside its transaction. */
record RecoveryCodes(Statements statements, Account account) {
    void replace(Map<String, String> hashes) {
        statements.run(
                "DELETE FROM recovery_code WHERE realm = $1 AND subject = $2", account.realm(), account.subject());
        if (!hashes.isEmpty()) {
            statements.batch(
                    "INSERT INTO recovery_code (realm, subject, code_index, hash) VALUES ($1, $2, $3, $4)",
                    hashes.entrySet().stream()
                            .map(code -> Tuple.of(account.realm(), account.subject(), code.getKey(), code.getValue()))
                            .toList());
        }
    }

    Optional<StoredRecoveryCode> find(String index) {
        var rows = statements.run("""
                SELECT hash, used_at IS NOT NULL FROM recovery_code
                 WHERE realm = $1 AND subject = $2 AND code_index = $3""", account.realm(), account.subject(), index);
        if (rows.size() == 0) {
            return Optional.empty();
        }
        var row = rows.iterator().next();
        return Optional.of(new StoredRecoveryCode(row.getString(0), row.getBoolean(1)));
    }

    /** The row count decides: a code that was used before is a bug of whoever asked. */
    void use(String index, OffsetDateTime at) {
        statements.changeOne("""
                UPDATE recovery_code SET used_at = $4
                 WHERE realm = $1 AND subject = $2 AND code_index = $3 AND used_at IS NULL""", account.realm(), account.subject(), index, at);
    }

    int remaining() {
        return statements
                .run(
                        "SELECT count(*) FROM recovery_code WHERE realm = $1 AND subject = $2 AND used_at IS NULL",
                        account.realm(),
                        account.subject())
                .iterator()
                .next()
                .getLong(0)
                .intValue();
    }
}
