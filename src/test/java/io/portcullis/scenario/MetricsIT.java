package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Scrape;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code /metrics} tells besides refusals. */
@ExtendWith(TestGateways.class)
class MetricsIT {
    @Test
    void whatPassesAndWhatWouldNotIsCountedByItsRule(TestGateway gateway) {
        var person = gateway.loggedIn();
        var before = Scrape.of(gateway);
        gateway.nobody().get("/public/x");
        person.get("/admin/slow");
        var after = Scrape.of(gateway);
        var requests = "portcullis_gate_requests_total";
        assertThat(after.sum(requests, "rule", "/public/**", "decision", "passed", "code", ""))
                .isEqualTo(before.sum(requests, "rule", "/public/**", "decision", "passed", "code", "") + 1);
        assertThat(after.sum(requests, "rule", "/admin/slow", "decision", "would-refuse", "code", "2FA_MANDATORY"))
                .isEqualTo(
                        before.sum(requests, "rule", "/admin/slow", "decision", "would-refuse", "code", "2FA_MANDATORY")
                                + 1);
        assertThat(after.sum("portcullis_gate_seconds_count"))
                .isEqualTo(before.sum("portcullis_gate_seconds_count") + 2);
        assertThat(after.sum("portcullis_gate_seconds_bucket", "le", "+Inf"))
                .isEqualTo(after.sum("portcullis_gate_seconds_count"));
    }

    @Test
    void anUpstreamIsMeasuredByTheStatusOfItsAnswers(TestGateway gateway) {
        var before = Scrape.of(gateway);
        gateway.nobody().get("/public/there-is-no-such-page");
        gateway.nobody().get("/gone/x");
        var after = Scrape.of(gateway);
        assertThat(after.sum("portcullis_upstream_seconds_count", "upstream", "legacy", "status", "4xx"))
                .isEqualTo(before.sum("portcullis_upstream_seconds_count", "upstream", "legacy", "status", "4xx") + 1);
        var failures = "portcullis_upstream_failures_total";
        assertThat(after.sum(failures, "upstream", "gone", "kind", "unavailable"))
                .isEqualTo(before.sum(failures, "upstream", "gone", "kind", "unavailable") + 1);
        assertThat(after.sum("portcullis_upstream_active")).isZero();
    }

    @Test
    void whatHappensToASecondFactorIsCounted(TestGateway gateway) {
        var before = Scrape.of(gateway);
        var person = gateway.loggedIn().enrolled();
        for (int wrong = 0; wrong < 5; wrong++) {
            person.verify("000000");
        }
        var after = Scrape.of(gateway);
        for (var type : new String[] {"MFA_ENABLED", "SECOND_FACTOR_LOCKED"}) {
            assertThat(after.sum("portcullis_audit_events_total", "type", type))
                    .as(type)
                    .isEqualTo(before.sum("portcullis_audit_events_total", "type", type) + 1);
        }
        assertThat(after.sum("portcullis_audit_events_total", "type", "SECOND_FACTOR_FAILED"))
                .isEqualTo(before.sum("portcullis_audit_events_total", "type", "SECOND_FACTOR_FAILED") + 5);
    }

    @Test
    void theCacheTellsItsLeaseAndWhatItFinds(TestGateway gateway) throws Exception {
        var person = gateway.loggedIn().enrolled();
        Await.until("the lease is held", () -> Scrape.of(gateway).sum("portcullis_cache_leased") == 1);
        assertThat(Scrape.of(gateway).sum("portcullis_cache_heartbeat_age_seconds"))
                .isBetween(0.0, 0.75);
        var before = Scrape.of(gateway).sum("portcullis_cache_hits_total");
        Await.until("a request is served from the cache", () -> {
            person.get("/admin/metrics");
            return Scrape.of(gateway).sum("portcullis_cache_hits_total") > before;
        });
        assertThat(Scrape.of(gateway).sum("portcullis_cache_entries")).isPositive();
        assertThat(Scrape.of(gateway).sum("portcullis_cache_misses_total")).isPositive();
    }

    @Test
    void aReloadRaisesTheGeneration(@OwnRealm TestGateway gateway) {
        assertThat(Scrape.of(gateway).sum("portcullis_config_generation")).isEqualTo(1);
        gateway.reload();
        assertThat(Scrape.of(gateway).sum("portcullis_config_generation")).isEqualTo(2);
        assertThat(Scrape.of(gateway).sum("portcullis_config_last_reload_successful"))
                .isEqualTo(1);
    }

    /** So that nobody meets a metric that no page explains, nor looks for one that is not there. */
    @Test
    void thePageNamesEveryMetricAndNoOther(TestGateway gateway) throws Exception {
        gateway.nobody().get("/public/x");
        var page = Files.readString(Path.of("docs/observability.md"));
        var told = Pattern.compile("^\\| `(portcullis_[a-z_]+)`", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(row -> row.group(1))
                .toList();
        var ours = Scrape.of(gateway).names().stream()
                .filter(name -> name.startsWith("portcullis_"))
                .map(name -> name.replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds"))
                .distinct()
                .toList();
        var onlyWithSync = "portcullis_sync_";
        assertThat(told.stream().filter(name -> !name.startsWith(onlyWithSync)))
                .containsExactlyInAnyOrderElementsOf(ours.stream()
                        .filter(name -> !name.startsWith(onlyWithSync))
                        .toList());
    }
}
