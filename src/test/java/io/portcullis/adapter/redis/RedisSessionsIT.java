package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Method;
import io.portcullis.testing.Race;
import io.portcullis.testing.Stores;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisSessionsIT extends StoredSessions {
    private static final RedisStore REDIS = RedisStore.open(Stores.vertx(), RedisSettings.at(Stores.redisUrl()));

    RedisSessionsIT() {
        super(REDIS);
    }

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
}
