package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proxy.ExchangeLimits;
import io.portcullis.proxy.HealthSettings;
import io.portcullis.proxy.UpstreamSettings;
import io.portcullis.proxy.UpstreamSettings.Target;
import io.portcullis.proxy.UpstreamSettings.Tls;
import io.portcullis.testing.PrivateCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upstreams, and the limits of a rule. The upstream under test is in the third line. */
class UpstreamConfigTest {
    @TempDir
    Path folder;

    private static String yaml(String upstream) {
        return Configs.LEAST.replace("{ url: http://127.0.0.1:9000 }", upstream);
    }

    private List<String> problems(String upstream) {
        return Configs.problems(folder, yaml(upstream), Map.of());
    }

    private UpstreamSettings valid(String upstream) {
        return Configs.valid(folder, yaml(upstream), Map.of()).upstreams().getFirst();
    }

    @Test
    void leastOfAll() {
        assertThat(valid("{ url: http://127.0.0.1:9000 }"))
                .isEqualTo(new UpstreamSettings(
                        "legacy",
                        List.of(new Target("127.0.0.1", 9000, 1)),
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        500,
                        Duration.ofSeconds(2),
                        256,
                        true,
                        1,
                        HealthSettings.DEFAULTS));
    }

    @Test
    void aHealthCheckTakesNoLongerThanItsInterval() {
        var health = valid("{ url: http://a, health: { active: { path: /, interval: 1s } } }")
                .health();
        assertThat(health.active().orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void everyKey() throws Exception {
        var pem = PrivateCa.shared().pem();
        assertThat(valid("{ targets: [{ url: https://a }, { url: \"https://[::1]:8443/\", weight: 3 }], ca: \"" + pem
                        + "\", serverName: legacy.internal, host: upstream, retries: 0, health: { passive: { failures:"
                        + " 5, ejectFor: 1m }, active: { path: /health, interval: 10s, timeout: 1s, healthy: 1,"
                        + " unhealthy: 4, status: [200, 204] } } }"))
                .isEqualTo(new UpstreamSettings(
                        "legacy",
                        List.of(new Target("a", 443, 1), new Target("::1", 8443, 3)),
                        Optional.of(new Tls(Optional.of(Files.readString(pem)), Optional.of("legacy.internal"))),
                        Duration.ofSeconds(30),
                        500,
                        Duration.ofSeconds(2),
                        256,
                        false,
                        0,
                        new HealthSettings(
                                new HealthSettings.Passive(5, Duration.ofMinutes(1)),
                                Optional.of(new HealthSettings.Active(
                                        "/health",
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(1),
                                        1,
                                        4,
                                        Set.of(200, 204))))));
    }

    @Test
    void activeCheckByDefault() {
        assertThat(valid("{ url: http://a, health: { active: { path: /up } } }")
                        .health()
                        .active())
                .contains(
                        new HealthSettings.Active("/up", Duration.ofSeconds(5), Duration.ofSeconds(2), 2, 3, Set.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ timeout: 1s } | 3:11: /upstreams/legacy: give either url, or targets where there are several that serve alike",
                "{ url: http://a, targets: [{ url: http://b }] } | 3:37: /upstreams/legacy/targets: give either url, or targets where there are several that serve alike",
                "{ targets: [] } | 3:22: /upstreams/legacy/targets: is empty; give at least one item, or leave the key out",
                "{ targets: [{ url: http://a }, { url: https://b }] } | 3:49: /upstreams/legacy/targets/1/url: is not of the scheme of the first target; use one for all",
                "{ targets: [{ url: http://a }, { url: http://A:80 }] } | 3:22: /upstreams/legacy/targets: has one twice; give it a larger weight instead",
                "{ targets: [{ url: http://a, weight: 0 }] } | 3:48: /upstreams/legacy/targets/0/weight: is from 1 to 100",
                "{ targets: [{ url: http://a, weight: 101 }] } | 3:48: /upstreams/legacy/targets/0/weight: is from 1 to 100",
                "{ targets: [{ url: http://a:0 }] } | 3:30: /upstreams/legacy/targets/0/url: has a port from 1 to 65535",
                "{ targets: [{ weight: 1 }] } | 3:23: /upstreams/legacy/targets/0/url: is missing; must be http://HOST:PORT or https://HOST:PORT, without a path",
                "{ url: ftp://a } | 3:18: /upstreams/legacy/url: must be http://HOST:PORT or https://HOST:PORT, without a path",
                "{ url: https://a/b } | 3:18: /upstreams/legacy/url: must be http://HOST:PORT or https://HOST:PORT, without a path",
                "{ url: https://a, ca: gone.pem } | 3:33: /upstreams/legacy/ca: must be the path of a readable PEM file with certificates",
                "{ url: https://a, ca: pom.xml } | 3:33: /upstreams/legacy/ca: must be the path of a readable PEM file with certificates",
                "{ url: http://a, serverName: b } | 3:40: /upstreams/legacy/serverName: counts only with https; leave it out",
                "{ url: https://a, serverName: 10.0.0.1 } | 3:41: /upstreams/legacy/serverName: is a name, not an address",
                "{ url: http://a, retries: 4 } | 3:37: /upstreams/legacy/retries: is from 0 to 3",
                "{ url: http://a, health: { passive: { failures: 101 } } } | 3:59: /upstreams/legacy/health/passive/failures: is from 0 to 100",
                "{ url: http://a, health: { passive: { ejectFor: 2h } } } | 3:59: /upstreams/legacy/health/passive/ejectFor: is from 100ms to 1h",
                "{ url: http://a, health: { active: { path: up } } } | 3:54: /upstreams/legacy/health/active/path: must be an exact path such as /admin/login",
                "{ url: http://a, health: { active: { path: /, interval: 1s, timeout: 2s } } } | 3:80: /upstreams/legacy/health/active/timeout: is more than 0s and at most the interval",
                "{ url: http://a, health: { active: { path: /, healthy: 0 } } } | 3:66: /upstreams/legacy/health/active/healthy: is from 1 to 100",
                "{ url: http://a, health: { active: { path: /, status: [100] } } } | 3:65: /upstreams/legacy/health/active/status: has numbers from 200 to 599",
            })
    void problem(String upstream, String problem) {
        assertThat(problems(upstream)).containsExactly(problem);
    }

    @Test
    void limitsOfARule() {
        var limited = Configs.LEAST.replace("public }", "public, limits: { body: 10MiB, header: 8KiB, time: 30s } }");
        assertThat(Configs.valid(folder, limited, Map.of()).rules().getFirst().limits())
                .isEqualTo(new ExchangeLimits(
                        Optional.of(10 * 1024 * 1024), Optional.of(8192), Optional.of(Duration.ofSeconds(30))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public, limits: { body: 2048MiB } | 5:50: /rules/0/limits/body: is up to 2047MiB",
                "public, limits: { header: 100B } | 5:52: /rules/0/limits/header: is from 512B to 64KiB",
                "public, limits: { header: 1MiB } | 5:52: /rules/0/limits/header: is from 512B to 64KiB",
                "public, limits: { time: 0s } | 5:50: /rules/0/limits/time: is more than 0s and at most 1d",
                "public, limits: { time: 25h } | 5:50: /rules/0/limits/time: is more than 0s and at most 1d",
                "deny, limits: { body: 1B } | 5:40: /rules/0/limits: counts only where requests pass; leave it out",
            })
    void limitThatIsNone(String access, String problem) {
        assertThat(Configs.problems(folder, Configs.LEAST.replace("public }", access + " }"), Map.of()))
                .containsExactly(problem);
    }
}
