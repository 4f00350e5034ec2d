package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.oidc.OidcLogin;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.testing.Race;
import io.portcullis.testing.Stores;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisOidcLoginsIT {
    private static final RedisStore REDIS = RedisStore.open(Stores.vertx(), RedisSettings.at(Stores.redisUrl()));
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final OidcLogin LOGIN =
            new OidcLogin("sso", "the nonce", "the verifier", "/admin?a=b", Fingerprint.of("browser"));

    private final RedisOidcLogins logins = new RedisOidcLogins(REDIS, SecretBox.of(Keysets.create()));
    private final String state = UUID.randomUUID().toString();

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Test
    void aLoginIsTakenAsItWasStoredAndOnce() {
        logins.store(state, LOGIN, TTL);
        assertThat(logins.take(state)).contains(LOGIN);
        assertThat(logins.take(state)).isEmpty();
    }

    @Test
    void oneOfManyThatComeAtOnceHasIt() throws Exception {
        logins.store(state, LOGIN, TTL);
        assertThat(Race.of(30, () -> logins.take(state)))
                .filteredOn(Optional::isPresent)
                .hasSize(1);
    }

    @Test
    void redisForgetsItAfterItsTime() {
        logins.store(state, LOGIN, TTL);
        var left = REDIS.call(Command.PTTL, key(state));
        assertThat(Long.parseLong(String.valueOf(left))).isBetween(590_000L, 600_000L);
    }

    @Test
    void aLoginMovedToAnotherStateDoesNotOpen() {
        logins.store(state, LOGIN, TTL);
        var stored = REDIS.call(Command.GET, key(state));
        var thief = UUID.randomUUID().toString();
        REDIS.call(Command.SET, key(thief), stored == null ? new byte[0] : stored.toBytes());
        assertThatThrownBy(() -> logins.take(thief)).isInstanceOf(SecretBox.SealBroken.class);
    }

    private static String key(String state) {
        return "portcullis:oidc:{" + Fingerprint.of(state).value() + "}";
    }
}
