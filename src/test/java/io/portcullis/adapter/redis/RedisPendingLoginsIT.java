package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.login.PendingLogin;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.testing.Await;
import io.portcullis.testing.Race;
import io.portcullis.testing.Stores;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisPendingLoginsIT {
    private static final RedisStore REDIS = RedisStore.open(Stores.vertx(), RedisSettings.at(Stores.redisUrl()));
    private static final Duration TTL = Duration.ofMinutes(5);

    private final RedisPendingLogins logins = new RedisPendingLogins(REDIS, SecretBox.of(Keysets.create()));
    private final String token = UUID.randomUUID().toString();

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Test
    void aLoginIsReadBackWithTheLegacyAnswerByteForByte() {
        byte[] body = {0, (byte) 0xff, 'x', (byte) 0x80};
        var cookies = List.of(Map.entry("Set-Cookie", "a=1"), Map.entry("Set-Cookie", "b=2"));
        var login = login(Optional.of(new LegacyAnswer(200, cookies, body)));
        logins.store(token, login, TTL);
        var attempt = logins.attempt(token, 5).orElseThrow();
        assertThat(attempt.left()).isEqualTo(4);
        assertThat(attempt.login()).usingRecursiveComparison().isEqualTo(login);
        assertThat(attempt.login().released().orElseThrow().body()).isEqualTo(body);
    }

    @Test
    void anUnknownTokenIsNone() {
        assertThat(logins.attempt(token, 5)).isEmpty();
        assertThat(logins.finish(token)).isFalse();
        logins.giveBack(token);
        assertThat(logins.attempt(token, 5)).isEmpty();
    }

    @Test
    void aTokenIsDeadAfterItsAttempts() {
        logins.store(token, login(Optional.empty()), TTL);
        for (int left = 4; left >= 0; left--) {
            assertThat(logins.attempt(token, 5).orElseThrow().left()).isEqualTo(left);
        }
        assertThat(logins.attempt(token, 5)).isEmpty();
    }

    /** A frozen server does all that it was asked for when it thaws; by then nobody waits for it. */
    @Test
    void anAttemptThatNobodyWaitedForIsNotTaken() throws Exception {
        logins.store(token, login(Optional.empty()), TTL);
        assertThat(logins.attempt(token, 5).orElseThrow().left()).isEqualTo(4);
        Stores.freezeRedis();
        try {
            assertThatThrownBy(() -> logins.attempt(token, 5)).hasMessage("STORE_UNAVAILABLE");
            assertThatThrownBy(() -> logins.attempt(token, 5)).hasMessage("STORE_UNAVAILABLE");
        } finally {
            Stores.thawRedis();
        }
        Await.until("both were given back", () -> {
            var left = logins.attempt(token, 5).orElseThrow().left();
            logins.giveBack(token);
            return left == 3;
        });
    }

    @Test
    void anAttemptGivenBackCanBeTakenAgain() {
        logins.store(token, login(Optional.empty()), TTL);
        assertThat(logins.attempt(token, 1)).isPresent();
        logins.giveBack(token);
        logins.giveBack(token);
        assertThat(logins.attempt(token, 1)).isPresent();
        assertThat(logins.attempt(token, 1)).isEmpty();
    }

    @Test
    void aFinishedTokenIsGone() {
        logins.store(token, login(Optional.empty()), TTL);
        assertThat(logins.finish(token)).isTrue();
        logins.giveBack(token);
        assertThat(logins.attempt(token, 5)).isEmpty();
        assertThat(logins.finish(token)).isFalse();
    }

    @Test
    void manyGuessesAtOnceShareTheAttempts() throws Exception {
        logins.store(token, login(Optional.empty()), TTL);
        assertThat(Race.of(30, () -> logins.attempt(token, 5)))
                .filteredOn(Optional::isPresent)
                .hasSize(5);
    }

    @Test
    void oneOfManyUsesAtOnceFinishes() throws Exception {
        logins.store(token, login(Optional.empty()), TTL);
        assertThat(Race.of(30, () -> logins.finish(token)))
                .filteredOn(finished -> finished)
                .hasSize(1);
    }

    @Test
    void redisForgetsAPendingLoginAfterItsTimeAndCountingDoesNotProlongIt() {
        logins.store(token, login(Optional.empty()), TTL);
        logins.attempt(token, 5);
        logins.giveBack(token);
        var left = REDIS.call(Command.PTTL, key(token));
        assertThat(Long.parseLong(String.valueOf(left))).isBetween(290_000L, 300_000L);
    }

    @Test
    void scriptsRunAgainAfterTheServerForgotThem() {
        logins.store(token, login(Optional.empty()), TTL);
        REDIS.call(Command.SCRIPT, "FLUSH");
        assertThat(logins.attempt(token, 5)).isPresent();
    }

    @Test
    void neitherTokenNorCredentialIsStoredInTheClear() {
        logins.store(token, login(Optional.empty()), TTL);
        var stored = String.valueOf(REDIS.call(Command.HGETALL, key(token)));
        assertThat(stored).doesNotContain("the credential").doesNotContain("alice");
        assertThat(String.valueOf(REDIS.call(Command.KEYS, "*"))).doesNotContain(token);
    }

    @Test
    void aLoginMovedToAnotherTokenDoesNotOpen() {
        logins.store(token, login(Optional.empty()), TTL);
        var sealed = REDIS.call(Command.HGET, key(token), "login");
        assertThat(sealed).isNotNull();
        var thief = UUID.randomUUID().toString();
        REDIS.call(Command.HSET, key(thief), "login", sealed == null ? new byte[0] : sealed.toBytes(), "taken", "0");
        assertThatThrownBy(() -> logins.attempt(thief, 5)).isInstanceOf(SecretBox.SealBroken.class);
    }

    private static String key(String token) {
        return "portcullis:pending:{" + Fingerprint.of(token).value() + "}";
    }

    private static PendingLogin login(Optional<LegacyAnswer> answer) {
        return new PendingLogin(
                new Identity(new Account("admin", "1"), Optional.of("alice@example.com"), Optional.of("admin")),
                "legacy-login",
                List.of("pwd"),
                "the credential",
                new Credential(Fingerprint.of("the credential"), Instant.parse("2026-03-01T12:00:00Z")),
                answer,
                Optional.of("SESSION=the credential; HttpOnly"),
                new Client("192.0.2.1", "curl"),
                3);
    }
}
