package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.device.Devices;
import io.portcullis.domain.device.RememberedDevice;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Fingerprint;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The remembered devices of one account, inside its transaction; {@link #all} may be asked outside of one. */
record DeviceRows(Statements statements, Account account) implements Devices {
    @Override
    public List<RememberedDevice> all() {
        var devices = new ArrayList<RememberedDevice>();
        for (var row : statements.run(
                "SELECT * FROM remembered_device WHERE realm = $1 AND subject = $2",
                account.realm(),
                account.subject())) {
            devices.add(device(row));
        }
        return devices;
    }

    private static RememberedDevice device(Row row) {
        return new RememberedDevice(
                row.getString("id"),
                new Fingerprint(row.getString("token_digest")),
                row.getLong("security_version"),
                Method.of(row.getString("method")).orElseThrow(),
                instant(row, "verified_at"),
                instant(row, "created_at"),
                instant(row, "last_used_at"),
                instant(row, "expires_at"),
                new Client(row.getString("address"), row.getString("user_agent")));
    }

    @Override
    public void add(RememberedDevice device) {
        statements.run("""
                DELETE FROM remembered_device WHERE id IN (
                    SELECT id FROM remembered_device WHERE realm = $1 AND subject = $2
                     ORDER BY last_used_at DESC, created_at DESC OFFSET $3)""", account.realm(), account.subject(), (long) Devices.MOST - 1);
        statements.run(
                """
                INSERT INTO remembered_device (realm, subject, id, token_digest, security_version, method, verified_at,
                                               created_at, last_used_at, expires_at, address, user_agent)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)""",
                account.realm(),
                account.subject(),
                device.id(),
                device.token().value(),
                device.securityVersion(),
                device.method().wire(),
                time(device.verifiedAt()),
                time(device.createdAt()),
                time(device.lastUsedAt()),
                time(device.expiresAt()),
                device.client().address(),
                device.client().userAgent());
    }

    /** The row count decides. */
    @Override
    public boolean rotate(Fingerprint token, RememberedDevice next) {
        return statements
                        .run(
                                """
                                UPDATE remembered_device SET token_digest = $4, last_used_at = $5, address = $6, user_agent = $7
                                 WHERE realm = $1 AND subject = $2 AND token_digest = $3 AND expires_at > $5
                                   AND security_version = (SELECT security_version FROM mfa_account
                                                            WHERE realm = $1 AND subject = $2)""",
                                account.realm(),
                                account.subject(),
                                token.value(),
                                next.token().value(),
                                time(next.lastUsedAt()),
                                next.client().address(),
                                next.client().userAgent())
                        .rowCount()
                == 1;
    }

    @Override
    public boolean forget(String id) {
        return statements
                        .run(
                                "DELETE FROM remembered_device WHERE realm = $1 AND subject = $2 AND id = $3",
                                account.realm(),
                                account.subject(),
                                id)
                        .rowCount()
                == 1;
    }

    @Override
    public int forgetAll() {
        return statements
                .run(
                        "DELETE FROM remembered_device WHERE realm = $1 AND subject = $2",
                        account.realm(),
                        account.subject())
                .rowCount();
    }

    /** Of all accounts. */
    static int forgetExpired(Statements statements, Instant then) {
        return statements
                .run("DELETE FROM remembered_device WHERE expires_at <= $1", time(then))
                .rowCount();
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
