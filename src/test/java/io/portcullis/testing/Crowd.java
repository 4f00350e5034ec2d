package io.portcullis.testing;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Requests of people who may pass and of people who must not, to all instances on connections that stay open, until it is
 * closed. It keeps what must never be: somebody let in who has no second factor, or whose logout was answered more than a
 * second before.
 */
public final class Crowd implements AutoCloseable {
    private static final int THREADS = 6;
    private static final String PATH = "/admin/metrics";
    private static final long ONE_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ThreeGateways gateways;
    private final List<Person> passing;
    private final List<Person> refused;
    private final Map<Person, Long> loggedOut = new ConcurrentHashMap<>();
    private final Queue<String> breaches = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Map<Person, Long> lastPass = new ConcurrentHashMap<>();
    private final AtomicLong longestGap = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ended;

    private Crowd(ThreeGateways gateways) {
        this.gateways = gateways;
        this.passing =
                Stream.generate(() -> gateways.loggedIn().enrolled()).limit(6).toList();
        var enrolled = passing.getFirst();
        // A second token whose second factor was not passed, an account without one, and nobody at all.
        this.refused = List.of(gateways.again(enrolled), gateways.loggedIn(), enrolled.withoutToken());
    }

    public static Crowd on(ThreeGateways gateways) {
        var crowd = new Crowd(gateways);
        for (int i = 0; i < THREADS; i++) {
            crowd.threads.execute(crowd::requests);
        }
        return crowd;
    }

    private void requests() {
        try {
            run();
        } catch (RuntimeException broken) {
            breaches.add("no answer at all: " + broken);
        }
    }

    private void run() {
        var random = ThreadLocalRandom.current();
        while (!ended) {
            var ports = gateways.ports();
            int port = ports.get(random.nextInt(ports.size()));
            int choice = random.nextInt(10);
            var gone = List.copyOf(loggedOut.keySet());
            if (choice < 6) {
                pass(passing.get(random.nextInt(passing.size())), port);
            } else if (choice < 8 || gone.isEmpty()) {
                refuse(refused.get(random.nextInt(refused.size())), port);
            } else {
                ended(gone.get(random.nextInt(gone.size())), port);
            }
        }
    }

    private void pass(Person person, int port) {
        if (get(person.at(port)).status() == 200) {
            long now = System.nanoTime();
            var before = lastPass.put(person, now);
            longestGap.accumulateAndGet(before == null ? 0 : now - before, Math::max);
        }
    }

    private void refuse(Person person, int port) {
        var answer = get(person.at(port));
        if (answer.status() < 300) {
            breaches.add("let in without a second factor: " + person.subject());
        }
    }

    private void ended(Person person, int port) {
        long now = System.nanoTime();
        boolean late = now - loggedOut.getOrDefault(person, now) > ONE_SECOND;
        var answer = get(person.at(port));
        if (late && answer.status() < 300) {
            breaches.add("let in a second after the logout: " + person.subject());
        }
    }

    private Answer get(Person person) {
        var answer = person.get(PATH);
        var code = answer.status() == 200 ? "200" : answer.code();
        answers.computeIfAbsent(code, any -> new AtomicInteger()).incrementAndGet();
        return answer;
    }

    /** Logs somebody out, whom every instance lets in before, and watches that nobody lets them in again. */
    public void logsOut(Person person) {
        if (person.logout().status() == 204) {
            loggedOut.put(person, System.nanoTime());
        }
    }

    /** Those who are to be let in. */
    public List<Person> passing() {
        return passing;
    }

    /** What must never be, and was. */
    public List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** How often each answer came, by its code. */
    public Map<String, Integer> answers() {
        var counted = new java.util.TreeMap<String, Integer>();
        answers.forEach((code, count) -> counted.put(code, count.get()));
        return counted;
    }

    /** The longest time in which somebody who may pass was let in nowhere, in milliseconds, since this was asked last. */
    public long longestGapMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestGap.getAndSet(0));
    }

    /** Waits until every instance lets everybody in who may. */
    public void awaitRecovery() throws Exception {
        for (int port : gateways.ports()) {
            for (var person : passing) {
                Await.until(
                        "everybody is let in again",
                        () -> person.at(port).get(PATH).status() == 200);
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        threads.close(); // every request ends by its own deadline
    }
}
