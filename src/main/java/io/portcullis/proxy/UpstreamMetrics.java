package io.portcullis.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.portcullis.domain.error.ErrorCode;
import io.portcullis.domain.error.Problem;
import io.portcullis.http.Passage;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How the backends answer, by the name of the upstream. Outlives a reload. For any thread. */
public final class UpstreamMetrics {
    private static final String PREFIX = "portcullis.upstream";

    private final MeterRegistry registry;
    private final Map<String, Meters> upstreams = new ConcurrentHashMap<>();

    public UpstreamMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    Meters of(String upstream) {
        var known = upstreams.get(upstream);
        return known == null ? upstreams.computeIfAbsent(upstream, name -> new Meters(registry, name)) : known;
    }

    /** Forgets the upstreams with other names, which are no more. */
    public void keep(Set<String> names) {
        upstreams.keySet().removeIf(name -> !names.contains(name));
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith(PREFIX))
                .filter(meter -> !upstreams.containsKey(meter.getId().getTag("upstream")))
                .forEach(registry::remove);
    }

    /** Of one upstream. Every request begins once and ends once. */
    static final class Meters {
        private final String upstream;
        private final LongAdder active = new LongAdder();
        private final Timer[] seconds;
        private final Counter unavailable;
        private final Counter timeout;
        private final Counter broken;

        private Meters(MeterRegistry registry, String upstream) {
            this.upstream = upstream;
            seconds = Stream.of("1xx", "2xx", "3xx", "4xx", "5xx")
                    .map(status -> timer(registry, upstream, status))
                    .toArray(Timer[]::new);
            unavailable = failures(registry, upstream, "unavailable");
            timeout = failures(registry, upstream, "timeout");
            broken = failures(registry, upstream, "broken");
            Gauge.builder(PREFIX + ".active", active, LongAdder::sum)
                    .description("Requests that are at the upstream now, open WebSockets left out")
                    .tag("upstream", upstream)
                    .register(registry);
        }

        void begins(Passage passage) {
            active.increment();
            passage.asks(upstream);
        }

        void sends(Passage passage, MultiMap head) {
            passage.witness().sends(passage, head);
        }

        void answered(Passage passage, int status) {
            seconds[Math.clamp(status / 100, 1, 5) - 1].record(passage.answered(status), TimeUnit.NANOSECONDS);
        }

        /** No answer. */
        void failed(Passage passage, Problem problem) {
            if (problem instanceof Problem.UpstreamTimeout) {
                timeout.increment();
            } else if (problem instanceof Problem.UpstreamUnavailable) {
                unavailable.increment();
            }
            passage.witness().misses(problem.code());
        }

        /** Half an answer. */
        void broke(Passage passage) {
            broken.increment();
            passage.told(ErrorCode.UPSTREAM_UNAVAILABLE);
            passage.witness().misses(ErrorCode.UPSTREAM_UNAVAILABLE);
        }

        void ends() {
            active.decrement();
        }

        private static Timer timer(MeterRegistry registry, String upstream, String status) {
            return Timer.builder(PREFIX)
                    .description("From the decision to the head of the upstream's answer")
                    .tag("upstream", upstream)
                    .tag("status", status)
                    .serviceLevelObjectives(
                            Duration.ofMillis(1),
                            Duration.ofMillis(5),
                            Duration.ofMillis(10),
                            Duration.ofMillis(25),
                            Duration.ofMillis(50),
                            Duration.ofMillis(100),
                            Duration.ofMillis(250),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(1),
                            Duration.ofMillis(2_500),
                            Duration.ofSeconds(10))
                    .register(registry);
        }

        private static Counter failures(MeterRegistry registry, String upstream, String kind) {
            return Counter.builder(PREFIX + ".failures")
                    .description("Requests without an answer of the upstream, or with half of one")
                    .tag("upstream", upstream)
                    .tag("kind", kind)
                    .register(registry);
        }
    }
}
