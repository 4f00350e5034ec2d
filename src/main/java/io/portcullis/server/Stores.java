package io.portcullis.server;

import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.Installation;
import io.portcullis.adapter.postgres.Migrations;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.adapter.redis.RedisInvalidations;
import io.portcullis.adapter.redis.RedisSessionLine;
import io.portcullis.adapter.redis.RedisSettings;
import io.portcullis.adapter.redis.RedisStore;
import io.portcullis.config.Settings;
import io.portcullis.domain.error.Refused;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to what outlives this process. */
final class Stores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);
    private static final String POSTGRES = "PostgreSQL";
    private static final String REDIS = "Redis";

    /** All that {@link #down} may name. */
    static final List<String> NAMES = List.of(POSTGRES, REDIS);

    private static final int POSTGRES_CONNECTIONS = 16;

    private final Postgres postgres;
    private final RedisStore redis;
    private final RedisInvalidations invalidations;
    private final RedisSettings redisSettings;
    private final SecretBox box;

    private Stores(
            Postgres postgres,
            RedisStore redis,
            RedisInvalidations invalidations,
            RedisSettings redisSettings,
            SecretBox box) {
        this.postgres = postgres;
        this.redis = redis;
        this.invalidations = invalidations;
        this.redisSettings = redisSettings;
        this.box = box;
    }

    /** Opens both; PostgreSQL has today's tables then. Blocks. */
    static Stores open(Vertx vertx, Settings.Stores urls, Settings.Secrets secrets, SecureRandom random) {
        var postgresUrl = PostgresUrl.of(urls.postgresUrl());
        var box = StartFailure.guard("secrets.encryption cannot be used", () -> SecretBox.of(secrets.encryption()));
        var postgres =
                StartFailure.guard("PostgreSQL at " + postgresUrl.address() + " (postgres.url) cannot be used", () -> {
                    Migrations.run(postgresUrl);
                    var pool = Postgres.open(vertx, postgresUrl, POSTGRES_CONNECTIONS);
                    pool.ping();
                    return pool;
                });
        StartFailure.guard("the secrets cannot be used", () -> {
            Installation.check(postgres, box, secrets.pepper());
            return box;
        });
        var redis = StartFailure.guard("Redis at " + urls.redis().addresses() + " (redis) cannot be used", () -> {
            var store = RedisStore.open(vertx, urls.redis());
            store.warning().ifPresent(LOG::warn);
            return store;
        });
        return new Stores(postgres, redis, new RedisInvalidations(vertx, urls.redis(), random), urls.redis(), box);
    }

    Postgres postgres() {
        return postgres;
    }

    RedisStore redis() {
        return redis;
    }

    RedisInvalidations invalidations() {
        return invalidations;
    }

    /** For one event loop, to be closed by the caller. */
    RedisSessionLine sessionLine(Vertx vertx) {
        return new RedisSessionLine(vertx, redisSettings);
    }

    SecretBox box() {
        return box;
    }

    /** Which of the two do not answer now; none when all is well. Blocks. */
    List<String> down() {
        var down = new ArrayList<String>();
        check(down, POSTGRES, postgres::ping);
        check(down, REDIS, redis::ping);
        return down;
    }

    private static void check(List<String> down, String name, Runnable ping) {
        try {
            ping.run();
        } catch (Refused noAnswer) {
            down.add(name);
        }
    }

    /** What an operator should mend although everything works. Blocks. */
    Optional<String> warning() {
        return redis.warning();
    }

    @Override
    public void close() {
        invalidations.close();
        redis.close();
        postgres.close();
    }
}
