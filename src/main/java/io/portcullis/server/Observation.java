package io.portcullis.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.config.Settings;
import io.portcullis.observe.AccessLog;
import io.portcullis.observe.LineFile;
import io.portcullis.observe.Observer;
import io.portcullis.observe.Tracing;
import io.portcullis.observe.TracingSettings;
import java.util.Optional;

/** The access log and the spans, as the config file in force asks for them. Touched by whoever starts, reloads or stops the gateway. */
final class Observation implements AutoCloseable {
    private final AccessLog accessLog;
    private Optional<Traced> traced = Optional.empty();

    private record Traced(TracingSettings settings, Tracing tracing) {}

    /** What a new config file asks for, opened but not in use. */
    record Prepared(Optional<LineFile> lines, Optional<Traced> traced, Observer observer) {}

    Observation(MeterRegistry registry) {
        accessLog = new AccessLog(registry);
    }

    /** Throws {@code IllegalArgumentException} when it cannot be done. */
    synchronized Prepared prepare(Settings settings) {
        var lines = AccessLog.open(settings.accessLog());
        var next = settings.tracing()
                .map(wanted -> traced.filter(now -> now.settings().equals(wanted))
                        .orElseGet(() -> new Traced(wanted, new Tracing(wanted, Version.TEXT))));
        var observer = Observer.of(lines.map(open -> accessLog), next.map(Traced::tracing));
        return new Prepared(lines, next, observer);
    }

    /** Spans that an earlier tracer has begun are lost when its settings changed. */
    synchronized void becomes(Prepared prepared) {
        accessLog.becomes(prepared.lines());
        var before = traced;
        traced = prepared.traced();
        before.filter(old -> !Optional.of(old).equals(traced))
                .ifPresent(old -> old.tracing().close());
    }

    @Override
    public synchronized void close() {
        accessLog.close();
        traced.ifPresent(now -> now.tracing().close());
    }
}
