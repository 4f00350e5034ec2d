package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.device.RememberDeviceSettings;
import io.portcullis.domain.limits.LimitSettings;
import io.portcullis.domain.limits.Rate;
import io.portcullis.domain.mfa.TrustedNetworkSettings;
import io.portcullis.domain.session.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds, and what only several keys together can tell. */
class CrossCheckTest {
    private static final String STORES =
            "postgres: { url: postgresql://u:p@db/portcullis }\nredis: { url: redis://redis }\n";

    @TempDir
    Path folder;

    private List<String> problems(String yaml) {
        return Configs.problems(folder, yaml, Map.of());
    }

    private Settings valid(String yaml) {
        return Configs.valid(folder, yaml, Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mfa: { issuer: 'a:b' } | 6:16: /mfa/issuer: is a name without a colon",
                "mfa: { totp: { digits: 9 } } | 6:24: /mfa/totp/digits: is from 6 to 8",
                "mfa: { methods: [totp, email] } | 6:17: /mfa/methods: has email, which needs the section mail",
                "mfa: { enrollment: { proof: email } } | 6:29: /mfa/enrollment/proof: is email, which needs the section mail",
                "mfa: { email: { ttl: 31m } } | 6:22: /mfa/email/ttl: is from 1m to 30m",
                "mfa: { email: { attempts: 11 } } | 6:27: /mfa/email/attempts: is from 1 to 10",
                "mfa: { email: { resendAfter: 5s } } | 6:30: /mfa/email/resendAfter: is from 10s to mfa.email.ttl",
                "mfa: { enrollment: { autoConfirmAfter: 2m } } | 6:40: /mfa/enrollment/autoConfirmAfter: is from 1s to 1m",
                "mfa: { setup: { ttl: 2h } } | 6:22: /mfa/setup/ttl: is from 60s to 3600s",
                "mfa: { lockout: { maxLock: 1m } } | 6:17: /mfa/lockout/lock: is at least 1m and at most mfa.lockout.maxLock",
                "session: { idle: 30s } | 6:18: /session/idle: is from 1m to session.ttl",
                "session: { ttl: 1h, idle: 2h } | 6:27: /session/idle: is from 1m to session.ttl",
                "session: { ttl: 30s } | 6:17: /session/ttl: is from 1m to 90d",
                "mfa: { rememberDevice: { ttl: 23h } } | 6:31: /mfa/rememberDevice/ttl: is from 1d to 90d",
                "mfa: { rememberDevice: { ttl: 91d } } | 6:31: /mfa/rememberDevice/ttl: is from 1d to 90d",
                "audit: { retention: 29d } | 6:21: /audit/retention: is from 30d to 3650d",
                "management: { port: 70000 } | 6:21: /management/port: is from 0 to 65535",
                "management: { host: 0.0.0.0, port: 8080 } | 6:36: /management/port: is taken by server.port; give each its own",
            })
    void bounds(String line, String problem) {
        assertThat(problems(Configs.LEAST + line.replace("'", "\"") + "\n")).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limits: { header: 1MiB } | 1:67: /server/limits/header: is from 4KiB to 64KiB",
                "limits: { headTime: 10ms } | 1:69: /server/limits/headTime: is from 100ms to 5m",
                "limits: { connections: 0 } | 1:72: /server/limits/connections: is from 1 to 1000000",
                "limits: { streams: 2000 } | 1:68: /server/limits/streams: is from 1 to 1000",
                "limits: { resets: 0/1m } | 1:67: /server/limits/resets: is from 1/1h to 100000/1s, in whole seconds",
                "proxyProtocol: true | 1:64: /server/proxyProtocol: needs server.trustedProxies: the networks whose PROXY headers are believed",
                "tls: { cert: /none.pem, key: /none.pem } | 1:62: /server/tls/cert: must be the path of a readable PEM file",
                "allowedHosts: [other.example.com] | 1:63: /server/allowedHosts: lacks the host of server.publicUrl; add it",
                "trustedProxies: [10.0.0.0/33] | 1:66: /server/trustedProxies/0: must be a network such as 10.0.0.0/8 or fd00::/8",
                "trustedProxies: [10.0.0/8] | 1:66: /server/trustedProxies/0: must be a network such as 10.0.0.0/8 or fd00::/8",
                "trustedProxies: [10.0.0.256/8] | 1:66: /server/trustedProxies/0: must be a network such as 10.0.0.0/8 or fd00::/8",
                "trustedProxies: [\"fd00:::/8\"] | 1:66: /server/trustedProxies/0: must be a network such as 10.0.0.0/8 or fd00::/8",
                "trustedProxies: [proxy] | 1:66: /server/trustedProxies/0: must be a network such as 10.0.0.0/8 or fd00::/8",
            })
    void server(String key, String problem) {
        assertThat(problems(Configs.LEAST.replace("example.com }", "example.com, " + key + " }")))
                .containsExactly(problem);
    }

    @Test
    void aShortSessionMayStayUnusedAllItsLife() {
        assertThat(valid(Configs.LEAST + "session: { ttl: 30m }\n").session())
                .isEqualTo(new SessionSettings(Duration.ofMinutes(30), Duration.ofMinutes(30)));
        assertThat(valid(Configs.LEAST + "session: { ttl: 2d, idle: 36h }\n").session())
                .isEqualTo(new SessionSettings(Duration.ofDays(2), Duration.ofHours(36)));
    }

    @Test
    void networksOfBothFamilies() {
        var settings = valid(Configs.LEAST.replace(
                "example.com }", "example.com, trustedProxies: [10.1.2.0/24, \"fd00::/8\", \"::ffff:0:0/96\"] }"));
        assertThat(settings.server().trustedProxies()).containsExactly("10.1.2.0/24", "fd00::/8", "::ffff:0:0/96");
    }

    @Test
    void devicesAndNetworksThatSkipTheSecondFactor() {
        var defaults = valid(Configs.LEAST).mfa();
        assertThat(defaults.rememberDevice()).isEqualTo(RememberDeviceSettings.DEFAULTS);
        assertThat(defaults.trustedNetworks()).isEqualTo(TrustedNetworkSettings.NONE);
        var mfa = valid(Configs.LEAST + """
                mfa:
                  rememberDevice: { ttl: 90d, roles: [admin] }
                  trustedNetworks: { networks: [10.0.0.0/8, "fd00::/8"], roles: [admin, editor] }
                """).mfa();
        assertThat(mfa.rememberDevice()).isEqualTo(new RememberDeviceSettings(Duration.ofDays(90), Set.of("admin")));
        assertThat(mfa.trustedNetworks())
                .isEqualTo(new TrustedNetworkSettings(List.of("10.0.0.0/8", "fd00::/8"), Set.of("admin", "editor")));
        assertThat(problems(Configs.LEAST + "mfa: { trustedNetworks: { networks: [10.0.0.0/33], roles: [admin] } }\n"))
                .containsExactly(
                        "6:38: /mfa/trustedNetworks/networks/0: must be a network such as 10.0.0.0/8 or fd00::/8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"device", "network"})
    void whatStandsInForAProofIsNoMethodToSetUpNorForARule(String method) {
        assertThat(problems(Configs.LEAST + "mfa: { methods: [" + method + "] }\n"))
                .singleElement()
                .asString()
                .contains("/mfa/methods/0");
        assertThat(problems(Configs.LEAST.replace(
                        "public }", "two-factor, secondFactor: { methods: [\"${METHOD:-" + method + "}\"] } }")))
                .anySatisfy(problem -> assertThat(problem).contains("/rules/0/secondFactor/methods/0"));
    }

    @Test
    void upstreams() {
        assertThat(problems(Configs.LEAST.replace("9000 }", "70000, maxConnections: 0, timeout: 0s }")))
                .containsExactly(
                        "3:18: /upstreams/legacy/url: has a port from 1 to 65535",
                        "3:58: /upstreams/legacy/maxConnections: is from 1 to 10000",
                        "3:70: /upstreams/legacy/timeout: is more than 0s");
    }

    @Test
    void storesComeTogetherAndWithSecrets() {
        assertThat(problems(Configs.LEAST + "redis: { url: redis://redis }\n"))
                .containsExactly(
                        "6:8: /redis: give both postgres and redis, or leave out both for the embedded stores");
        assertThat(problems(Configs.LEAST + STORES))
                .containsExactly(
                        "6:11: /postgres: needs secrets.encryption and secrets.pepper, made by: portcullis keys new");
    }

    @Test
    void secretsHaveAForm() {
        assertThat(problems(Configs.LEAST + STORES + "secrets: { encryption: abc, pepper: short }\n"))
                .containsExactly(
                        "8:24: /secrets/encryption: must be a keyset in JSON, made by: portcullis keys new",
                        "8:37: /secrets/pepper: must be at least 32 random characters");
    }

    @Test
    void limits() {
        assertThat(problems(Configs.LEAST
                        + "limits: { sendCode: { account: 0/1h, address: 5/25h }, login: { failures: 1001/15m } }\n"))
                .containsExactly(
                        "6:32: /limits/sendCode/account: is from 1 to 1000 in a window from 1s to 24h",
                        "6:47: /limits/sendCode/address: is from 1 to 1000 in a window from 1s to 24h",
                        "6:75: /limits/login/failures: is from 1 to 1000 in a window from 1s to 24h");
        var settings = valid(Configs.LEAST + "limits: { sendCode: { account: 3/30m }, login: { failures: 7/90s } }\n");
        assertThat(settings.limits())
                .isEqualTo(new LimitSettings(
                        new Rate(3, Duration.ofMinutes(30)),
                        new Rate(20, Duration.ofHours(1)),
                        new Rate(7, Duration.ofSeconds(90)),
                        new Rate(30, Duration.ofMinutes(5))));
    }

    @Test
    void theUsualNameOfTheCookieIsOneThatBrowsersKeep() {
        assertThat(Configs.valid(folder, Configs.LEAST, Map.of()).cookie().name())
                .isEqualTo("__Host-portcullis");
        var plain = Configs.LEAST + "session: { cookie: { secure: false } }\n";
        assertThat(Configs.valid(folder, plain, Map.of()).cookie().name()).isEqualTo("portcullis");
    }

    @Test
    void aCookieThatBrowsersWouldDrop() {
        assertThat(problems(Configs.LEAST + "session: { cookie: { secure: false, sameSite: None } }\n"))
                .singleElement()
                .asString()
                .startsWith("6:30: /session/cookie/secure: must be true for sameSite None");
    }
}
