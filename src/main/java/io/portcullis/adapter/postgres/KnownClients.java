package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.device.KnownClient;
import java.time.OffsetDateTime;

/** The clients that one account was used by, inside its transaction. */
record KnownClients(Statements statements, Account account) {
    KnownClient.Familiar seen(KnownClient client, OffsetDateTime at) {
        var before = statements
                .run("""
                        SELECT count(*), coalesce(bool_or(network = $3), false),
                               coalesce(bool_or(user_agent_digest = $4), false)
                          FROM known_client WHERE realm = $1 AND subject = $2""", account.realm(), account.subject(), client.network(), client.userAgentDigest())
                .iterator()
                .next();
        statements.run("""
                INSERT INTO known_client (realm, subject, network, user_agent_digest, first_seen, last_seen)
                VALUES ($1, $2, $3, $4, $5, $5)
                ON CONFLICT (realm, subject, network, user_agent_digest) DO UPDATE SET last_seen = $5""", account.realm(), account.subject(), client.network(), client.userAgentDigest(), at);
        if (before.getLong(0) >= KnownClient.MOST) {
            forgetOldest();
        }
        return new KnownClient.Familiar(before.getLong(0) == 0, before.getBoolean(1), before.getBoolean(2));
    }

    private void forgetOldest() {
        statements.run("""
                DELETE FROM known_client WHERE realm = $1 AND subject = $2 AND (network, user_agent_digest) IN (
                    SELECT network, user_agent_digest FROM known_client WHERE realm = $1 AND subject = $2
                     ORDER BY last_seen DESC, first_seen DESC OFFSET $3)""", account.realm(), account.subject(), (long) KnownClient.MOST);
    }
}
