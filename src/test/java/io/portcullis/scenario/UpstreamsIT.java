package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.Person;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two targets, of which one is gone, and limits of rules, by a config file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamsIT {
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.by("upstreams.yaml", Map.of("OTHER_URL", "http://127.0.0.1:1")); // nobody listens there
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    /** Lines of the metric, one a target. */
    private List<String> healthy() {
        return Person.at(gateway.managementPort(), gateway.clock())
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("portcullis_upstream_healthy{"))
                .toList();
    }

    private boolean oneIsDown() {
        var lines = healthy();
        return lines.size() == 2
                && lines.stream()
                        .allMatch(line -> line.endsWith(line.contains("target=\"127.0.0.1:1\"") ? " 0.0" : " 1.0"));
    }

    @Test
    void theTargetThatIsGoneIsSeenAndCostsNothing() throws Exception {
        Await.until("the check has found out", this::oneIsDown);
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.nobody().get("/admin").status()).isEqualTo(200);
            assertThat(gateway.nobody().post("/admin/logout").status()).isEqualTo(204);
        }
        gateway.reload();
        Await.until("the check of the new settings has found out", this::oneIsDown);
    }

    @Test
    void bodiesHaveTheLimitOfTheirRule() throws Exception {
        assertThat(gateway.nobody()
                        .post("/small/x", "text/plain", "x".repeat(1024))
                        .status())
                .isEqualTo(404);
        var tooLarge = gateway.nobody().post("/small/x", "text/plain", "x".repeat(1025));
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.code()).isEqualTo("BODY_TOO_LARGE");
        assertThat(gateway.nobody()
                        .post("/other/x", "text/plain", "x".repeat(1025))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aWatchedLoginHasTheLimitOfItsRuleToo() throws Exception {
        var announced = RawHttp.request(
                "POST", "/admin/login", "", "Content-Type: application/json", "Transfer-Encoding: chunked");
        try (var raw = RawHttp.to(gateway.port())) {
            var chunk = "40\r\n" + " ".repeat(0x40) + "\r\n";
            assertThat(raw.send(announced + chunk + chunk + "0\r\n\r\n")
                            .answer()
                            .code())
                    .isEqualTo("BODY_TOO_LARGE");
        }
        assertThat(gateway.nobody()
                        .post("/admin/login", "application/json", " ".repeat(101))
                        .code())
                .isEqualTo("BODY_TOO_LARGE");
    }

    @Test
    void anExchangeHasTheTimeOfItsRule() {
        var late = gateway.nobody().get("/admin/slow?ms=20000");
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.code()).isEqualTo("UPSTREAM_TIMEOUT");
        assertThat(gateway.nobody().get("/admin/slow?ms=1").status()).isEqualTo(200);
    }
}
