package io.portcullis.adapter.postgres;

import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Brings the schema up to date. Several instances may start at once: one migrates, the others wait for it. */
public final class Migrations {
    private Migrations() {}

    /**
     * Blocks; called at the start, before the schema is used.
     *
     * @throws RuntimeException when the database does not answer, or its schema is not one of ours
     */
    public static void run(PostgresUrl url) {
        flyway(url).migrate();
    }

    /** How the tables of a database stand to this program. */
    public enum Difference {
        NONE,
        DATABASE_IS_OLDER,
        DATABASE_IS_NEWER
    }

    /**
     * Looks and changes nothing. Blocks.
     *
     * @throws RuntimeException when the database does not answer, or its schema is not one of ours
     */
    public static Difference difference(PostgresUrl url) {
        var info = flyway(url).info();
        if (info.pending().length > 0) {
            return Difference.DATABASE_IS_OLDER;
        }
        return Stream.of(info.applied()).anyMatch(one -> one.getState() == MigrationState.FUTURE_SUCCESS)
                ? Difference.DATABASE_IS_NEWER
                : Difference.NONE;
    }

    private static Flyway flyway(PostgresUrl url) {
        var flyway = Flyway.configure()
                .dataSource(url.jdbc(), url.user(), url.password())
                .locations("classpath:db/migration");
        // Flyway's own lock transaction would block CREATE INDEX CONCURRENTLY for ever.
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
        return flyway.load();
    }
}
