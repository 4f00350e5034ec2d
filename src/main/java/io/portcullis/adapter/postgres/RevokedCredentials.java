package io.portcullis.adapter.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** The table {@code revoked_credential}, where rows are of use only while their credential would be valid. */
public final class RevokedCredentials {
    /** A credential passes this long after its own end where clocks differ, so its revocation is kept longer. */
    static final Duration OUTLIVES = Duration.ofHours(1);

    private final Postgres postgres;

    public RevokedCredentials(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Forgets those that have expired by themselves; returns how many. {@code StoreUnavailable} when the database does not answer. */
    public int dropExpired(Instant now) {
        return postgres.withConnection(statements -> statements
                .run(
                        "DELETE FROM revoked_credential WHERE expires_at < $1",
                        now.minus(OUTLIVES).atOffset(ZoneOffset.UTC))
                .rowCount());
    }
}
