package io.portcullis.adapter.postgres;

import org.flywaydb.core.Flyway;
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
        var flyway = Flyway.configure()
                .dataSource(url.jdbc(), url.user(), url.password())
                .locations("classpath:db/migration");
        // Flyway's own lock transaction would block CREATE INDEX CONCURRENTLY for ever.
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
        flyway.load().migrate();
    }
}
