package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.portcullis.testing.AnsweringServer;
import io.portcullis.testing.Await;
import io.portcullis.testing.Collector;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** W3C trace context, and the spans that a collector gets. */
class TracingIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    @TempDir
    private Path folder;

    private final AnsweringServer backend = new AnsweringServer();
    private Collector collector;

    @BeforeEach
    void start() throws Exception {
        collector = Collector.start();
        backend.answers(200, "ok");
    }

    @AfterEach
    void stop() {
        collector.close();
        backend.close();
    }

    @Test
    void withoutTracingTheContextOfTheClientIsPassedOnAsItIs() throws Exception {
        try (var gateway = TestGateway.inFrontOf(port(), Map.of(), "gateway.yaml")) {
            RawHttp.get(
                    gateway.port(),
                    "/public/x",
                    "traceparent: 00-" + TRACE + "-" + PARENT + "-01",
                    "tracestate: a=1,b=2");
            var head = backend.requests().getFirst().headers();
            assertThat(head.getAll("traceparent")).containsExactly("00-" + TRACE + "-" + PARENT + "-01");
            assertThat(head.getAll("tracestate")).containsExactly("a=1,b=2");
        }
    }

    @Test
    void aTraceGoesOnThroughTheGatewayToTheBackend() throws Exception {
        try (var gateway = traced(100)) {
            var answer = RawHttp.get(
                    gateway.port(),
                    "/public/x?token=secret-in-query",
                    "traceparent: 00-" + TRACE + "-" + PARENT + "-01",
                    "tracestate: a=1,b=2",
                    "Cookie: access_token=secret-in-cookie");
            Await.until("both spans", () -> collector.spans(TRACE).size() == 2);
            var server = span(SpanKind.SPAN_KIND_SERVER);
            var client = span(SpanKind.SPAN_KIND_CLIENT);
            assertThat(hex(server.getParentSpanId().toByteArray())).isEqualTo(PARENT);
            assertThat(client.getParentSpanId()).isEqualTo(server.getSpanId());
            assertThat(server.getName()).isEqualTo("GET /public/**");
            assertThat(Collector.attributes(server))
                    .containsEntry("http.request.method", "GET")
                    .containsEntry("http.route", "/public/**")
                    .containsEntry("http.response.status_code", "200")
                    .containsEntry("url.path", "/public/x")
                    .containsEntry("portcullis.decision", "passed")
                    .containsEntry(
                            "portcullis.request_id",
                            answer.header("X-Request-Id").orElseThrow());
            assertThat(Collector.attributes(client))
                    .containsEntry("portcullis.upstream", "legacy")
                    .containsEntry("http.response.status_code", "200");
            var head = backend.requests().getFirst().headers();
            assertThat(head.getAll("traceparent"))
                    .containsExactly(
                            "00-" + TRACE + "-" + hex(client.getSpanId().toByteArray()) + "-01");
            assertThat(head.getAll("tracestate")).containsExactly("a=1,b=2");
            assertThat(collector.text())
                    .contains("gate-of-tests")
                    .doesNotContain("secret-in-query")
                    .doesNotContain("secret-in-cookie");
        }
    }

    @Test
    void aRefusalIsASpanWithItsCodeAndNoBackend() throws Exception {
        try (var gateway = traced(100)) {
            RawHttp.get(gateway.port(), "/admin/metrics", "traceparent: 00-" + TRACE + "-" + PARENT + "-01");
            Await.until("the span", () -> collector.spans(TRACE).size() == 1);
            assertThat(Collector.attributes(span(SpanKind.SPAN_KIND_SERVER)))
                    .containsEntry("error.type", "AUTH_REQUIRED")
                    .containsEntry("http.response.status_code", "401");
            assertThat(backend.requests()).isEmpty();
        }
    }

    /** Whoever asks for a trace from outside does not decide what is kept. */
    @Test
    void whatIsNotKeptIsNotSentAndTheBackendIsToldSo() throws Exception {
        try (var gateway = traced(0)) {
            RawHttp.get(gateway.port(), "/public/x", "traceparent: 00-" + TRACE + "-" + PARENT + "-01");
            assertThat(backend.requests().getFirst().getHeader("traceparent"))
                    .startsWith("00-" + TRACE)
                    .endsWith("-00");
        }
        assertThat(collector.spans(TRACE)).isEmpty(); // closing has sent what there was
    }

    /** W3C Trace Context, section 4.3: without a valid parent its state means nothing. */
    @Test
    void aContextThatIsNotValidBeginsATraceAnew() throws Exception {
        try (var gateway = traced(100)) {
            RawHttp.get(gateway.port(), "/public/x", "traceparent: 00-nonsense-01", "tracestate: a=1");
            var head = backend.requests().getFirst().headers();
            assertThat(head.get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]"); // 2: the id is random
            assertThat(head.contains("tracestate")).isFalse();
        }
    }

    private TestGateway traced(int percent) {
        var overrides = new HashMap<String, String>();
        overrides.put("ACCESS_LOG", folder.resolve("access.log").toString());
        overrides.put("OTLP_URL", collector.url());
        overrides.put("TRACE_PERCENT", Integer.toString(percent));
        return TestGateway.inFrontOf(port(), overrides, "gateway.yaml", "observed.yaml");
    }

    private int port() {
        return URI.create(backend.url()).getPort();
    }

    private Span span(SpanKind kind) {
        return collector.spans(TRACE).stream()
                .filter(span -> span.getKind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }
}
