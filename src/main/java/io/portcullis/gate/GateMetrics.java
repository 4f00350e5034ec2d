package io.portcullis.gate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.domain.error.ErrorCode;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How many requests the gate let through and refused, by code. For any thread. */
public final class GateMetrics {
    private final Counter passed;
    private final Map<String, Counter> refused;
    private final Map<String, Counter> wouldRefuse;

    public GateMetrics(MeterRegistry registry) {
        passed = Counter.builder("portcullis.gate.passed")
                .description("Requests sent on to a backend")
                .register(registry);
        refused = byCode(registry, "portcullis.gate.refused", "Requests the gate refused");
        wouldRefuse =
                byCode(registry, "portcullis.gate.would.refuse", "Requests sent on that a rule does not refuse yet");
    }

    void passed() {
        passed.increment();
    }

    public void refused(ErrorCode code) {
        count(refused, code.wire());
    }

    void wouldRefuse(ErrorCode code) {
        count(wouldRefuse, code.wire());
    }

    private static void count(Map<String, Counter> counters, String code) {
        var counter = counters.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Map<String, Counter> byCode(MeterRegistry registry, String name, String description) {
        return Arrays.stream(ErrorCode.values())
                .map(ErrorCode::wire)
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        code -> Counter.builder(name)
                                .description(description)
                                .tag("code", code)
                                .register(registry)));
    }
}
