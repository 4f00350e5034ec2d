package io.portcullis.gate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.portcullis.domain.error.ErrorCode;
import io.portcullis.http.Passage;
import io.portcullis.http.Passage.Decision;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many requests the gate let through and refused, by rule and code, and how long it took for that. A counter is
 * registered when it first counts, so that there are no more of them than things that happened. For any thread.
 */
public final class GateMetrics {
    private static final String REQUESTS = "portcullis.gate.requests";

    private final MeterRegistry registry;
    private final Timer seconds;
    private final Map<String, Counters> rules = new ConcurrentHashMap<>();

    public GateMetrics(MeterRegistry registry) {
        this.registry = registry;
        seconds = Timer.builder("portcullis.gate")
                .description("From the head of a request to the decision, the stores asked included where they were")
                .serviceLevelObjectives(
                        Duration.ofNanos(100_000),
                        Duration.ofNanos(250_000),
                        Duration.ofMillis(1),
                        Duration.ofNanos(2_500_000),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(registry);
    }

    void passed(Passage passage) {
        passage.decided(Decision.PASSED);
        var counters = rule(passage);
        var counter = counters.passed;
        if (counter == null) {
            counter = counter(passage, "");
            counters.passed = counter;
        }
        count(counter, passage);
    }

    void wouldRefuse(Passage passage, ErrorCode code) {
        passage.decided(Decision.WOULD_REFUSE);
        passage.told(code);
        count(rule(passage).wouldRefuse.computeIfAbsent(code, first -> counter(passage, first.wire())), passage);
    }

    public void refused(Passage passage, ErrorCode code) {
        passage.decided(Decision.REFUSED);
        passage.told(code);
        count(rule(passage).refused.computeIfAbsent(code, first -> counter(passage, first.wire())), passage);
    }

    /** Forgets the rules with other names, which are no more. */
    public void keep(Set<String> names) {
        rules.keySet().removeIf(name -> !names.contains(name) && !name.equals(Passage.NO_RULE));
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().equals(REQUESTS))
                .filter(meter -> !rules.containsKey(meter.getId().getTag("rule")))
                .forEach(registry::remove);
    }

    private Counters rule(Passage passage) {
        var known = rules.get(passage.rule());
        return known == null ? rules.computeIfAbsent(passage.rule(), name -> new Counters()) : known;
    }

    private Counter counter(Passage passage, String code) {
        return Counter.builder(REQUESTS)
                .description("Requests by rule and what was decided; code says why")
                .tag("rule", passage.rule())
                .tag("decision", passage.decision().wire())
                .tag("code", code)
                .register(registry);
    }

    private void count(Counter counter, Passage passage) {
        counter.increment();
        seconds.record(System.nanoTime() - passage.begun(), TimeUnit.NANOSECONDS);
    }

    /** Of one rule. */
    private static final class Counters {
        private volatile @Nullable Counter passed;
        private final Map<ErrorCode, Counter> wouldRefuse = new ConcurrentHashMap<>();
        private final Map<ErrorCode, Counter> refused = new ConcurrentHashMap<>();
    }
}
