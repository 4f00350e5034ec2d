package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.Postgres.Statements;
import io.portcullis.domain.session.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** The table {@code revoked_credential}, where rows are of use only while their credential would be valid. */
public final class RevokedCredentials {
    /** A credential passes this long after its own end where clocks differ, so its revocation is kept longer. */
    private static final Duration OUTLIVES = Duration.ofHours(1);

    private final Postgres postgres;

    public RevokedCredentials(Postgres postgres) {
        this.postgres = postgres;
    }

    /** In the transaction of what ends the credential; the later of two ends counts. */
    static void add(Statements statements, Fingerprint fingerprint, Instant until, Instant now) {
        dropExpired(statements, now);
        statements.run("""
                INSERT INTO revoked_credential (fingerprint, expires_at) VALUES ($1, $2)
                ON CONFLICT (fingerprint) DO UPDATE SET expires_at = greatest(revoked_credential.expires_at, $2)""", fingerprint.value(), until.atOffset(ZoneOffset.UTC));
    }

    static boolean contain(Statements statements, Fingerprint fingerprint) {
        return statements
                        .run("SELECT FROM revoked_credential WHERE fingerprint = $1", fingerprint.value())
                        .size()
                > 0;
    }

    /** Forgets those that have expired by themselves; returns how many. {@code StoreUnavailable} when the database does not answer. */
    public int dropExpired(Instant now) {
        return postgres.withConnection(statements -> dropExpired(statements, now));
    }

    private static int dropExpired(Statements statements, Instant now) {
        return statements
                .run(
                        "DELETE FROM revoked_credential WHERE expires_at < $1",
                        now.minus(OUTLIVES).atOffset(ZoneOffset.UTC))
                .rowCount();
    }
}
