package io.portcullis.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Which config file is in force, and whether the last one that was read is that one. For any thread. */
final class ConfigStatus {
    private volatile State state = new State(1, Optional.empty());

    /** @param failure why the last reload was not put in force */
    private record State(long generation, Optional<String> failure) {}

    ConfigStatus(MeterRegistry registry) {
        Gauge.builder("portcullis.config.generation", this, status -> status.state.generation())
                .description("1 at the start, one more with each reload that was put in force")
                .register(registry);
        Gauge.builder(
                        "portcullis.config.last.reload.successful",
                        this,
                        status -> status.state.failure().isEmpty() ? 1 : 0)
                .description("0 while the file on disk is not the one in force, as it was refused")
                .register(registry);
    }

    synchronized void reloaded() {
        state = new State(state.generation() + 1, Optional.empty());
    }

    /** @param reason without any value of the file */
    synchronized void refused(String reason) {
        state = new State(state.generation(), Optional.of(reason));
    }

    JsonObject json() {
        var now = state;
        var json = new JsonObject().put("generation", now.generation());
        now.failure().ifPresent(reason -> json.put("lastReloadFailed", reason));
        return json;
    }
}
