package io.portcullis.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.listener.Connections;
import io.portcullis.listener.TlsSettings;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators see of the public listener. */
final class ListenerMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerMetrics.class);
    private static final Duration SOON = Duration.ofDays(14);

    private ListenerMetrics() {}

    static void register(MeterRegistry registry, Connections connections) {
        Gauge.builder("portcullis.listener.connections", connections, Connections::open)
                .description("Connections of clients that are open")
                .register(registry);
        closed(
                registry,
                "limit",
                FunctionCounter.builder("portcullis.listener.closed", connections, Connections::refused));
        closed(
                registry,
                "unreadable",
                FunctionCounter.builder("portcullis.listener.closed", connections, Connections::unreadable));
        closed(registry, "late", FunctionCounter.builder("portcullis.listener.closed", connections, Connections::late));
    }

    private static <T> void closed(MeterRegistry registry, String reason, FunctionCounter.Builder<T> counter) {
        counter.tag("reason", reason)
                .description(
                        "Connections that were closed as one too many, because the client took too long, or because what it sent could not be read")
                .register(registry);
    }

    /** The certificate that is in force from now on. */
    static void tell(TlsSettings tls) {
        var expires = tls.identity().expires();
        if (Instant.now().plus(SOON).isAfter(expires)) {
            LOG.warn("the certificate in {} is valid until {}: renew it", tls.cert(), expires);
        } else {
            LOG.info("the certificate in {} is valid until {}", tls.cert(), expires);
        }
    }
}
