package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.RawHttp;
import io.portcullis.testing.Scrape;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who watches the metrics sees every refusal, also of what never came to a rule. */
@ExtendWith(TestGateways.class)
class RefusalMetricsIT {
    @Test
    void everyRefusalIsCountedByItsRuleAndCodeOnce(TestGateway gateway) throws Exception {
        var before = Scrape.of(gateway);
        RawHttp.get(gateway.port(), "/public/..%2fadmin/metrics");
        try (var other = RawHttp.to(gateway.port())) {
            other.send("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                    .answer();
        }
        gateway.nobody().get("/nowhere");
        gateway.nobody().get("/internal/x");
        gateway.nobody().get("/admin/metrics");
        gateway.loggedIn().get("/admin/metrics");
        var after = Scrape.of(gateway);
        Map.of(
                        "AMBIGUOUS_PATH", "-",
                        "MISDIRECTED_REQUEST", "-",
                        "NO_ROUTE", "-",
                        "FORBIDDEN", "/internal/**",
                        "AUTH_REQUIRED", "/admin/**",
                        "2FA_MANDATORY", "/admin/**")
                .forEach((code, rule) ->
                        assertThat(refused(after, rule, code)).as(code).isEqualTo(refused(before, rule, code) + 1));
    }

    @Test
    void aWebSocketOfAnotherSiteDidNotPassFirst(TestGateway gateway) throws Exception {
        var person = gateway.loggedIn().enrolled();
        var before = Scrape.of(gateway);
        try (var raw = RawHttp.to(gateway.port())) {
            raw.send("GET /admin/metrics HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                    + "Origin: https://evil.example\r\nAuthorization: Bearer " + person.token() + "\r\n\r\n");
            assertThat(raw.next().status()).isEqualTo(403);
        }
        var rule = new String[] {"rule", "/admin/**"};
        assertThat(Scrape.of(gateway).sum("portcullis_gate_requests_total", rule))
                .isEqualTo(before.sum("portcullis_gate_requests_total", rule) + 1);
    }

    /** A wrong code is no refusal of the gate. */
    @Test
    void whatAnOwnRouteRefusesIsNot(TestGateway gateway) {
        var before = Scrape.of(gateway).sum("portcullis_gate_requests_total", "code", "AUTH_REQUIRED");
        gateway.nobody().get("/auth/me");
        assertThat(Scrape.of(gateway).sum("portcullis_gate_requests_total", "code", "AUTH_REQUIRED"))
                .isEqualTo(before);
    }

    private static double refused(Scrape metrics, String rule, String code) {
        return metrics.sum("portcullis_gate_requests_total", "rule", rule, "decision", "refused", "code", code);
    }
}
