package io.portcullis.observe;

import java.net.URI;

/**
 * Where spans go.
 *
 * @param endpoint takes OTLP over HTTP, as protobuf
 * @param percent of the traces that begin here, from 0 to 100
 * @param serviceName {@code service.name} of the spans
 */
public record TracingSettings(URI endpoint, int percent, String serviceName) {
    public TracingSettings {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("tracing.percent is from 0 to 100");
        }
    }
}
