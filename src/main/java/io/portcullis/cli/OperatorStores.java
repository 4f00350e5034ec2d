package io.portcullis.cli;

import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.AuditKey;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresAccountDirectory;
import io.portcullis.adapter.postgres.PostgresAccounts;
import io.portcullis.adapter.redis.RedisSessions;
import io.portcullis.adapter.redis.RedisStore;
import io.portcullis.config.Settings;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.legacy.LegacyRecords;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.operator.AccountDirectory;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's accounts and sessions, for a command on the host. PostgreSQL must answer; Redis need not, a command that
 * could not reach it says so.
 */
final class OperatorStores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorStores.class);
    private static final int TRIES = 4;

    private final Settings settings;
    private final Database database;
    private final RedisStore redis;

    private OperatorStores(Settings settings, Database database, RedisStore redis) {
        this.settings = settings;
        this.database = database;
        this.redis = redis;
    }

    static OperatorStores open(Settings settings) {
        var database = Database.open(settings);
        try {
            var redis = RedisStore.open(
                    database.vertx(), settings.stores().orElseThrow().redis());
            connect(redis);
            return new OperatorStores(settings, database, redis);
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    /** A process that has just begun may need longer for its first connection than one may take in a gateway. */
    private static void connect(RedisStore redis) {
        int tries = 0;
        while (!answers(redis) && ++tries < TRIES) {
            LOG.debug("Redis does not answer yet");
        }
    }

    private static boolean answers(RedisStore redis) {
        try {
            redis.ping();
            return true;
        } catch (Refused noAnswer) {
            return false;
        }
    }

    /** What a command asks. */
    record Ports(
            Settings settings, Postgres postgres, AccountDirectory directory, Accounts accounts, Sessions sessions) {}

    /** Runs it; that PostgreSQL does not answer becomes a {@link CommandFailure}. */
    <T> T ask(Function<Ports, T> question) {
        var clock = InstantSource.system();
        return database.ask(postgres -> question.apply(new Ports(
                settings,
                postgres,
                new PostgresAccountDirectory(postgres, clock),
                accounts(postgres, settings),
                new RedisSessions(redis, clock, nobodyHere -> {}))));
    }

    static Accounts accounts(Postgres postgres, Settings settings) {
        var secrets = settings.secrets().orElseThrow();
        boolean hasChannel = settings.mail().isPresent(); // a running gateway sends the notices
        return new PostgresAccounts(
                postgres,
                SecretBox.of(secrets.encryption()),
                AuditKey.of(secrets.pepper()),
                InstantSource.system(),
                () -> hasChannel,
                new LegacyRecords() {
                    @Override
                    public boolean has(String realm) {
                        return settings.syncedRealms().contains(realm);
                    }

                    @Override
                    public void changed(Account account, long change) {} // a running gateway delivers it
                });
    }

    @Override
    public void close() {
        redis.close();
        database.close();
    }
}
