package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Person;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who watches the metrics sees every refusal, also of what never came to a rule. */
@ExtendWith(TestGateways.class)
class RefusalMetricsIT {
    @Test
    void everyRefusalIsCountedByItsCodeOnce(TestGateway gateway) throws Exception {
        var before = counts(gateway);
        RawHttp.get(gateway.port(), "/public/..%2fadmin/metrics");
        try (var other = RawHttp.to(gateway.port())) {
            other.send("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                    .answer();
        }
        gateway.nobody().get("/nowhere");
        gateway.nobody().get("/internal/x");
        gateway.nobody().get("/admin/metrics");
        gateway.loggedIn().get("/admin/metrics");
        var after = counts(gateway);
        for (var code : new String[] {
            "AMBIGUOUS_PATH", "MISDIRECTED_REQUEST", "NO_ROUTE", "FORBIDDEN", "AUTH_REQUIRED", "2FA_MANDATORY"
        }) {
            assertThat(count(after, code)).as(code).isEqualTo(count(before, code) + 1);
        }
    }

    /** A wrong code is no refusal of the gate. */
    @Test
    void whatAnOwnRouteRefusesIsNot(TestGateway gateway) {
        var before = counts(gateway);
        gateway.nobody().get("/auth/me");
        assertThat(count(counts(gateway), "AUTH_REQUIRED")).isEqualTo(count(before, "AUTH_REQUIRED"));
    }

    private static String counts(TestGateway gateway) {
        return Person.at(gateway.managementPort(), gateway.clock())
                .get("/metrics")
                .text();
    }

    private static double count(String metrics, String code) {
        var line = Pattern.compile("portcullis_gate_refused_total\\{code=\"" + code + "\"\\} (\\S+)")
                .matcher(metrics);
        assertThat(line.find()).as(code).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
