package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Method;
import io.portcullis.testing.Stores;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The list of the sessions of an account. */
class RedisSessionIndexIT extends StoredSessions {
    private static final RedisStore REDIS = RedisStore.open(Stores.vertx(), RedisSettings.at(Stores.redisUrl()));

    RedisSessionIndexIT() {
        super(REDIS);
    }

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Test
    void anAccountHasTheSessionsThatWereOpenedAndDidNotEnd() {
        var account = new Account("admin", UUID.randomUUID().toString());
        var opened = session(account);
        var elevated = session(account).elevated(Method.TOTP, clock.instant());
        var ended = session(account);
        sessions.open(opened);
        sessions.put(elevated);
        sessions.open(ended);
        sessions.end(ended);
        sessions.open(session(new Account("other", account.subject())));
        assertThat(sessions.ofAccount(account)).containsExactlyInAnyOrder(opened, elevated);
        clock.advance(Duration.ofHours(1));
        assertThat(sessions.ofAccount(account)).isEmpty();
    }

    @Test
    void aListedSessionThatTheStoreForgotIsNone() {
        var account = new Account("admin", UUID.randomUUID().toString());
        var forgotten = session(account);
        sessions.open(forgotten);
        REDIS.call(Command.DEL, KEY_BEGINS + forgotten.fingerprint().value() + "}");
        assertThat(sessions.ofAccount(account)).isEmpty();
    }

    @Test
    void accountsThatLookAlikeShareNoList() {
        var suffix = UUID.randomUUID().toString();
        sessions.open(session(new Account("a", "b:" + suffix)));
        assertThat(sessions.ofAccount(new Account("a:b", suffix))).isEmpty();
        assertThat(sessions.ofAccount(new Account("a", "b:" + suffix))).hasSize(1);
    }

    @Test
    void theListOfAnAccountForgetsWhatExpired() {
        var account = new Account("admin", UUID.randomUUID().toString());
        sessions.open(session(account));
        clock.advance(Duration.ofHours(1));
        var last = session(account);
        sessions.open(last);
        var names = new RedisSessionIndex(REDIS).fingerprints(account, Instant.EPOCH, 10);
        assertThat(names).containsExactly(last.fingerprint());
    }
}
