package io.portcullis.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;

/** Which targets are healthy, of the config file that is in force. For any thread. */
public final class UpstreamGauge {
    private final MultiGauge gauge;

    public UpstreamGauge(MeterRegistry registry) {
        gauge = MultiGauge.builder("portcullis.upstream.healthy")
                .description("1 while a target gets requests, 0 while it is ejected or its check fails")
                .register(registry);
    }

    /** From now on it shows these, and none of those before. */
    public void becomes(Upstreams upstreams) {
        gauge.register(upstreams.healthRows(), true);
    }
}
