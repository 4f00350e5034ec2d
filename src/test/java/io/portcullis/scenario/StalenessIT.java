package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Person;
import io.portcullis.testing.RedisProcess;
import io.portcullis.testing.ThreeGateways;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thousands of verifications and revocations over three instances. How many: {@code -Dportcullis.staleness.rounds}, a
 * round being one of each of the people.
 */
class StalenessIT {
    private static final Logger LOG = LoggerFactory.getLogger(StalenessIT.class);
    private static final int ROUNDS = Integer.getInteger("portcullis.staleness.rounds", 40);
    private static final int PEOPLE = 25;
    private static final int THREADS = 4;
    private static final String PATH = "/admin/metrics";

    private static OwnDatabase database;
    private static RedisProcess redis;
    private static ThreeGateways gateways;

    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong revocations = new AtomicLong();

    @BeforeAll
    static void start() {
        database = OwnDatabase.empty();
        redis = RedisProcess.server();
        gateways = ThreeGateways.on(database.url(), "{ url: \"" + redis.url() + "\" }");
    }

    @AfterAll
    static void stop() {
        gateways.close();
        redis.close();
        database.close();
    }

    /** The very next request passes everywhere; after the end of a session none does that began a second later. */
    @Test
    void verifiedAtOnceAndRevokedWithinASecond() throws Exception {
        var people = Stream.generate(() -> gateways.loggedIn().enrolled())
                .limit(PEOPLE)
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            gateways.clock().advance(Duration.ofSeconds(30)); // a code of everybody's that nobody used
            boolean byLogout = round % 2 == 0;
            all(people, person -> verifiedAndEnded(person, byLogout));
        }
        all(people, this::disabled);
        LOG.info(
                "{} revocations, each after a verification, on three instances: the last request that was let in began"
                        + " {} ms after the answer of the revocation",
                revocations,
                TimeUnit.NANOSECONDS.toMicros(longest.get()) / 1000.0);
        assertThat(longest.get()).isLessThan(TimeUnit.SECONDS.toNanos(1));
    }

    private interface Step {
        void of(Person person) throws Exception;
    }

    private static void all(List<Person> people, Step step) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var running = new ArrayList<java.util.concurrent.Future<?>>();
            for (var person : people) {
                running.add(threads.submit(() -> {
                    step.of(person);
                    return person;
                }));
            }
            for (var one : running) {
                one.get();
            }
        }
    }

    private void verifiedAndEnded(Person person, boolean byLogout) throws Exception {
        var token = gateways.again(person).at(someone(person, 0));
        assertThat(token.verify(person.app().code()).status()).isEqualTo(200);
        passesEverywhere(token);
        var revoking = byLogout ? token.at(someone(person, 1)) : person.at(someone(person, 1));
        long answered = byLogout ? ended(revoking.logout().status()) : ended(revoke(revoking, token));
        refusedEverywhere(token, answered);
    }

    /** By the list of sessions, as its owner does who lost a laptop. */
    private static int revoke(Person owner, Person lost) {
        var id = lost.get("/auth/me").string("/session/id");
        return owner.send("DELETE", "/auth/sessions/" + id).status();
    }

    private void disabled(Person person) throws Exception {
        passesEverywhere(person);
        var disabled = person.at(someone(person, 2)).disable(person.app().code(1));
        assertThat(disabled.status()).isEqualTo(200);
        refusedEverywhere(person, System.nanoTime());
    }

    private static long ended(int status) {
        assertThat(status).isEqualTo(204);
        return System.nanoTime();
    }

    /** Twice: the second time out of the cache. */
    private static void passesEverywhere(Person person) {
        for (int i = 0; i < 2; i++) {
            for (int port : gateways.ports()) {
                assertThat(person.at(port).get(PATH).status()).isEqualTo(200);
            }
        }
    }

    private void refusedEverywhere(Person person, long answered) throws Exception {
        for (int port : gateways.ports()) {
            Await.until("the session is over", () -> {
                long begun = System.nanoTime();
                if (person.at(port).get(PATH).status() != 200) {
                    return true;
                }
                longest.accumulateAndGet(begun - answered, Math::max);
                return false;
            });
        }
        revocations.incrementAndGet();
    }

    private static int someone(Person person, int other) {
        var ports = gateways.ports();
        return ports.get((Integer.parseInt(person.subject()) + other) % ports.size());
    }
}
