package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.mfa.Accounts.StoredRecoveryCode;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    List<StoredRecoveryCode> all() {
        var codes = new ArrayList<StoredRecoveryCode>();
        for (var row : statements.run("""
                SELECT code_index, hash, used_at IS NOT NULL FROM recovery_code
                 WHERE realm = $1 AND subject = $2 ORDER BY code_index""", account.realm(), account.subject())) {
            codes.add(new StoredRecoveryCode(row.getString(0), row.getString(1), row.getBoolean(2)));
        }
        return codes;
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
