package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import io.portcullis.testing.Race;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisSessionsIT {
    private static final String KEY_BEGINS = "portcullis:session:2:{";
    private static final Account ALICE = new Account("admin", "1");
    private static final RedisStore REDIS = RedisStore.open(Stores.vertx(), Stores.redisUrl());

    private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MICROS));
    private final List<Account> told = new ArrayList<>();
    private final RedisSessions sessions = new RedisSessions(REDIS, clock, told::add);
    private final Fingerprint fingerprint = Fingerprint.of(UUID.randomUUID().toString());

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Test
    void aSessionIsReadBackAsItWasOpened() {
        var session = session("legacy", Map.of());
        assertThat(sessions.open(session)).isEqualTo(session);
        assertThat(sessions.find(fingerprint)).contains(session);
    }

    @Test
    void thisInstanceKnowsOfAnEndBeforeItIsAnswered() {
        var session = session("legacy", Map.of());
        sessions.open(session);
        sessions.end(session);
        assertThat(told).containsExactly(session.account());
    }

    @Test
    void anUnknownSessionIsNone() {
        assertThat(sessions.find(fingerprint)).isEmpty();
    }

    @Test
    void whoOpensLaterGetsTheSessionOfTheFirst() {
        var first = session("first", Map.of());
        sessions.open(first);
        assertThat(sessions.open(session("second", Map.of()))).isEqualTo(first);
    }

    @Test
    void manyWhoOpenAtOnceGetTheSameSession() throws Exception {
        var number = new AtomicInteger();
        var opened = Race.of(30, () -> sessions.open(session("source " + number.incrementAndGet(), Map.of())));
        assertThat(new HashSet<>(opened)).hasSize(1);
        assertThat(sessions.find(fingerprint)).contains(opened.getFirst());
    }

    @Test
    void anElevatedSessionReplacesTheOneBefore() {
        sessions.open(session("legacy", Map.of()));
        var elevated = session("legacy", Map.of(Method.TOTP, clock.instant(), Method.EMAIL, clock.instant()));
        sessions.put(elevated);
        assertThat(sessions.find(fingerprint)).contains(elevated);
    }

    @Test
    void anEndedSessionIsGone() {
        var session = session("legacy", Map.of());
        sessions.open(session);
        sessions.end(session);
        assertThat(sessions.find(fingerprint)).isEmpty();
    }

    @Test
    void redisForgetsASessionWhenItExpires() {
        sessions.open(session("legacy", Map.of()));
        var left = REDIS.call(Command.PTTL, KEY_BEGINS + fingerprint.value() + "}");
        assertThat(left).isNotNull();
        assertThat(Long.parseLong(String.valueOf(left))).isBetween(3_590_000L, 3_600_000L);
        clock.advance(Duration.ofHours(1));
        assertThat(sessions.find(fingerprint)).isEmpty();
    }

    @Test
    void anExpiredSessionIsNotStored() {
        var session = session("legacy", Map.of());
        clock.advance(Duration.ofHours(2));
        assertThat(sessions.open(session)).isEqualTo(session);
        sessions.put(session);
        assertThat(REDIS.call(Command.EXISTS, KEY_BEGINS + fingerprint.value() + "}"))
                .hasToString("0");
    }

    @Test
    void aUseIsNotedAndNothingElse() {
        var session = session("legacy", Map.of(Method.TOTP, clock.instant()));
        sessions.open(session);
        clock.advance(Duration.ofMinutes(10));
        sessions.touch(session("of another time", Map.of()), clock.instant());
        assertThat(sessions.find(fingerprint)).contains(session.seen(clock.instant()));
        sessions.touch(session, clock.instant().minusSeconds(30)); // from an instance that was slower
        assertThat(sessions.find(fingerprint)).contains(session.seen(clock.instant()));
    }

    @Test
    void aUseOfAnEndedSessionDoesNotBringItBack() {
        var session = session("legacy", Map.of());
        sessions.open(session);
        sessions.end(session);
        sessions.touch(session, clock.instant().plusSeconds(60));
        assertThat(sessions.find(fingerprint)).isEmpty();
        assertThat(REDIS.call(Command.EXISTS, KEY_BEGINS + fingerprint.value() + "}"))
                .hasToString("0");
    }

    @Test
    void usesThatRaceWithAProofLoseNeither() throws Exception {
        for (int i = 0; i < 20; i++) {
            var session = session(ALICE);
            sessions.open(session);
            var later = clock.instant().plusSeconds(60);
            var elevated = session.elevated(Method.TOTP, clock.instant());
            var number = new AtomicInteger();
            Race.of(10, () -> {
                if (number.getAndIncrement() == 5) {
                    sessions.put(elevated);
                } else {
                    sessions.touch(session, later);
                }
                return true;
            });
            assertThat(sessions.find(session.fingerprint())).contains(elevated.seen(later));
        }
    }

    @Test
    void oneThatIdledOutIsReplacedByWhoOpensItAgain() {
        sessions.open(session("first", Map.of(Method.TOTP, clock.instant())));
        clock.advance(Duration.ofMinutes(20));
        assertThat(sessions.find(fingerprint))
                .hasValueSatisfying(
                        session -> assertThat(session.idledOut(clock.instant())).isTrue());
        var second = session("second", Map.of());
        assertThat(sessions.open(second)).isEqualTo(second);
        assertThat(sessions.find(fingerprint)).contains(second);
    }

    @Test
    void manyWhoOpenOneThatIdledOutGetTheSameSession() throws Exception {
        sessions.open(session("first", Map.of()));
        clock.advance(Duration.ofMinutes(20));
        var number = new AtomicInteger();
        var opened = Race.of(30, () -> sessions.open(session("source " + number.incrementAndGet(), Map.of())));
        assertThat(new HashSet<>(opened)).hasSize(1);
        assertThat(opened.getFirst().source()).startsWith("source");
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

    @Test
    void aStoppedServerIsToldInTimeAndIsUsedAgainWhenItIsBack() {
        REDIS.ping();
        Stores.stopRedis();
        try {
            assertUnavailable(REDIS::ping);
            assertUnavailable(() -> sessions.find(fingerprint));
        } finally {
            Stores.startRedis();
        }
        sessions.open(session("legacy", Map.of()));
        assertThat(sessions.find(fingerprint)).isPresent();
    }

    @Test
    void aFrozenServerIsToldInTimeAndIsUsedAgainWhenItIsBack() {
        REDIS.ping();
        Stores.freezeRedis();
        try {
            assertUnavailable(() -> sessions.find(fingerprint));
            assertUnavailable(() -> sessions.end(session("legacy", Map.of())));
        } finally {
            Stores.thawRedis();
        }
        assertThat(sessions.find(fingerprint)).isEmpty();
    }

    @Test
    void aWrongCommandIsABugAndNoOutage() {
        REDIS.call(Command.SET, "portcullis:test:text", "text");
        assertThatThrownBy(() -> REDIS.call(Command.HGETALL, "portcullis:test:text"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("STORE_UNAVAILABLE");
    }

    @Test
    void warnsOfAServerThatMayForget() {
        REDIS.call(Command.CONFIG, "SET", "maxmemory-policy", "allkeys-lru");
        try {
            assertThat(REDIS.warning())
                    .hasValueSatisfying(warning -> assertThat(warning).contains("allkeys-lru"));
        } finally {
            REDIS.call(Command.CONFIG, "SET", "maxmemory-policy", "noeviction");
        }
        assertThat(REDIS.warning()).isEmpty();
    }

    @Test
    void aServerThatTellsNobodyItsConfigurationGetsNoWarning() {
        REDIS.call(Command.ACL, "SETUSER", "guest", "on", ">guest", "~*", "&*", "+@all", "-config");
        var port = Stores.redisUrl().substring(Stores.redisUrl().lastIndexOf(':') + 1);
        try (var guest = RedisStore.open(Stores.vertx(), "redis://guest:guest@127.0.0.1:" + port + "/1")) {
            guest.ping();
            assertThat(guest.warning()).isEmpty();
        }
    }

    private static void assertUnavailable(ThrowingCallable call) {
        long start = System.nanoTime();
        assertThatThrownBy(call).hasMessage("STORE_UNAVAILABLE");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
    }

    private Session session(String source, Map<Method, Instant> verified) {
        return session(fingerprint, ALICE, source, verified);
    }

    private Session session(Account account) {
        return session(Fingerprint.of(UUID.randomUUID().toString()), account, "legacy", Map.of());
    }

    private Session session(Fingerprint name, Account account, String source, Map<Method, Instant> verified) {
        return new Session(
                new Credential(name, clock.instant().plus(Duration.ofHours(2))),
                source,
                new Identity(account, Optional.of("alice@example.com"), Optional.empty()),
                List.of("pwd"),
                verified,
                clock.instant(),
                clock.instant().plus(Duration.ofHours(1)),
                clock.instant(),
                Duration.ofMinutes(20),
                new Client("192.0.2.1", "curl \"quoted\" é"),
                3);
    }
}
