package io.portcullis.observe;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.portcullis.http.RequestOrigin;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Spans of requests and of what backends made of them, sent by OTLP in the background; what a collector does not take in time is dropped. A trace
 * that a client began goes on, but how many are kept is decided here: a client cannot ask for more.
 */
public final class Tracing implements AutoCloseable {
    private static final Duration EXPORT = Duration.ofSeconds(5);

    /** The methods that are told by name (OpenTelemetry, semantic conventions of HTTP); a client may send any token. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private static final TextMapGetter<MultiMap> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(MultiMap carrier) {
            return carrier.names();
        }

        @Override
        public @Nullable String get(@Nullable MultiMap carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    public Tracing(TracingSettings settings, String version) {
        var ratio = Sampler.traceIdRatioBased(settings.percent() / 100.0);
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setTimeout(EXPORT)
                .build();
        provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", settings.serviceName())
                        .put("service.version", version)
                        .build()))
                .setSampler(Sampler.parentBasedBuilder(ratio)
                        .setRemoteParentSampled(ratio)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setExporterTimeout(EXPORT)
                        .build())
                .build();
        tracer = provider.get("io.portcullis", version);
    }

    /** Returns what ends the span of the request. */
    Runnable begin(HttpServerRequest request, RequestOrigin origin) {
        var parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), request.headers(), HEADERS);
        var method = method(request);
        var span = tracer.spanBuilder(method)
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent)
                .setAttribute("http.request.method", method)
                .setAttribute("url.scheme", origin.scheme())
                .setAttribute("portcullis.request_id", origin.requestId())
                .startSpan();
        var passage = origin.passage();
        passage.traced(span.getSpanContext().getTraceId());
        var witness = new TracedUpstream(tracer, parent.with(span), method);
        passage.witness(witness);
        return () -> {
            witness.end();
            end(span, request, origin, method);
        };
    }

    private static void end(Span span, HttpServerRequest request, RequestOrigin origin, String method) {
        var passage = origin.passage();
        var response = request.response();
        if (span.isRecording()) {
            if (!passage.route().isEmpty()) {
                span.updateName(method + " " + passage.route());
                span.setAttribute("http.route", passage.route());
            }
            span.setAttribute("url.path", RequestPath.of(request.uri()));
            span.setAttribute("portcullis.rule", passage.rule());
            span.setAttribute("portcullis.decision", passage.decision().wire());
            TracedUpstream.status(span, response.getStatusCode(), 500);
            passage.code().ifPresent(code -> span.setAttribute("error.type", code.wire()));
        }
        span.end();
    }

    private static String method(HttpServerRequest request) {
        var method = request.method().name();
        return METHODS.contains(method) ? method : "_OTHER";
    }

    /** Sends what waits, for some seconds at the most. */
    @Override
    public void close() {
        provider.shutdown().join(EXPORT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
    }
}
