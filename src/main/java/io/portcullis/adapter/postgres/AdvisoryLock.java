package io.portcullis.adapter.postgres;

/**
 * A lock over all instances on one database, held by a connection of its own: it ends with the connection, whatever
 * becomes of its holder. What runs under it for longer than a connection may be silent (30 s) is not alone for sure.
 */
public final class AdvisoryLock {
    /** Of {@code pg_try_advisory_lock}: ours, beside (8143, 1) and (8143, 2) of the audit log. */
    private static final int FAMILY = 8143;

    private static final int HOUSEKEEPING = 3;

    private final Postgres postgres;
    private final int key;

    private AdvisoryLock(Postgres postgres, int key) {
        this.postgres = postgres;
        this.key = key;
    }

    public static AdvisoryLock ofHousekeeping(Postgres postgres) {
        return new AdvisoryLock(postgres, HOUSEKEEPING);
    }

    /**
     * Runs it unless somebody has the lock; returns whether it ran. Blocks.
     *
     * @throws io.portcullis.domain.error.Refused {@code StoreUnavailable}
     */
    public boolean tryRun(Runnable work) {
        return postgres.withConnection(statements -> {
            var locked = statements.run("SELECT pg_try_advisory_lock($1, $2)", FAMILY, key);
            if (!locked.iterator().next().getBoolean(0)) {
                return false;
            }
            try {
                work.run();
            } finally {
                statements.run("SELECT pg_advisory_unlock($1, $2)", FAMILY, key);
            }
            return true;
        });
    }
}
