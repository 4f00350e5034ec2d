package io.portcullis.observe;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.portcullis.domain.error.ErrorCode;
import io.portcullis.http.Passage;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** The span of the backend's part of one request; the backend is told to go on from it. On one event loop. */
final class TracedUpstream implements Passage.Witness {
    private static final TextMapSetter<MultiMap> HEADERS = (head, name, value) -> {
        if (head != null) {
            head.set(name, value);
        }
    };

    private final Tracer tracer;
    private final Context request;
    private final String method;
    private @Nullable Span span;

    TracedUpstream(Tracer tracer, Context request, String method) {
        this.tracer = tracer;
        this.request = request;
        this.method = method;
    }

    /** Each time it is sent, should it be sent twice. */
    @Override
    public void sends(Passage passage, MultiMap head) {
        end();
        var started = tracer.spanBuilder(method)
                .setSpanKind(SpanKind.CLIENT)
                .setParent(request)
                .setAttribute("http.request.method", method)
                .setAttribute("portcullis.upstream", passage.upstream())
                .startSpan();
        span = started;
        head.remove("traceparent"); // one that is not valid takes its state with it
        head.remove("tracestate");
        W3CTraceContextPropagator.getInstance().inject(request.with(started), head, HEADERS);
    }

    @Override
    public void receives(int status) {
        if (span != null) {
            status(span, status, 400);
        }
    }

    @Override
    public void misses(ErrorCode code) {
        if (span != null) {
            span.setAttribute("error.type", code.wire());
            span.setStatus(StatusCode.ERROR);
        }
    }

    void end() {
        if (span != null) {
            span.end();
            span = null;
        }
    }

    /** @param error the lowest status that is an error on this side (OpenTelemetry, semantic conventions of HTTP) */
    static void status(Span span, int status, int error) {
        span.setAttribute("http.response.status_code", (long) status);
        if (status >= error) {
            span.setStatus(StatusCode.ERROR);
        }
    }
}
