package io.portcullis.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.AuditListener;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts what this instance wrote into the audit log, by type. For any thread. */
final class AuditMetrics implements AuditListener {
    private final Map<AuditEvent.Type, Counter> counters;

    AuditMetrics(MeterRegistry registry) {
        counters = Collections.unmodifiableMap(new EnumMap<>(Arrays.stream(AuditEvent.Type.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        type -> Counter.builder("portcullis.audit.events")
                                .description("Events that this instance wrote into the audit log")
                                .tag("type", type.name())
                                .register(registry)))));
    }

    @Override
    public void committed(AuditEvent event) {
        var counter = counters.get(event.type());
        if (counter != null) {
            counter.increment();
        }
    }
}
