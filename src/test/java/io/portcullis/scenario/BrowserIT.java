package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People with browsers: redirects for who follows a link, CORS for frontends elsewhere, nothing for other sites. */
@ExtendWith(TestGateways.class)
class BrowserIT {
    @Test
    void aNavigationIsLedToThePageThatHelps(TestGateway gateway) {
        var login = navigating(gateway.nobody()).get("/admin/metrics?day=1&x=%2F");
        assertThat(login.status()).isEqualTo(302);
        assertThat(login.header("Location"))
                .contains("https://admin.example.com/login?next=%2Fadmin%2Fmetrics%3Fday%3D1%26x%3D%252F");
        assertThat(login.header("Cache-Control")).contains("no-store");
        var alice = gateway.loggedIn();
        assertThat(navigating(alice).get("/admin/metrics").header("Location").orElseThrow())
                .startsWith("https://admin.example.com/setup?next=");
        alice.enrolled();
        assertThat(navigating(gateway.again(alice))
                        .get("/admin/metrics")
                        .header("Location")
                        .orElseThrow())
                .startsWith("https://admin.example.com/verify?next=");
        assertThat(navigating(alice).get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void aBrowserThatSendsNoFetchMetadataIsKnownByWhatItAccepts(TestGateway gateway) {
        var old = gateway.nobody().with("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        assertThat(old.get("/admin").status()).isEqualTo(302);
        assertThat(old.with("Sec-Fetch-Mode", "cors").get("/admin").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(gateway.nobody()
                        .with("Accept", "application/json")
                        .get("/admin")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void onlyGetAndHeadNavigate(TestGateway gateway) {
        var browser = navigating(gateway.nobody());
        assertThat(browser.send("HEAD", "/admin").status()).isEqualTo(302);
        assertThat(browser.post("/admin").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(navigating(gateway.loggedIn("user")).get("/admin").code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void anAllowedOriginMayReadErrors(TestGateway gateway) {
        var alice = gateway.loggedIn().with("Origin", TestGateway.CONSOLE);
        for (var answer : new io.portcullis.testing.Answer[] {
            alice.get("/admin/metrics"), alice.get("/elsewhere"), alice.get("/auth/mfa/status"), alice.confirmSetup("1")
        }) {
            assertThat(answer.header("Access-Control-Allow-Origin")).contains(TestGateway.CONSOLE);
            assertThat(answer.header("Access-Control-Allow-Credentials")).contains("true");
            assertThat(answer.header("Access-Control-Expose-Headers").orElseThrow())
                    .contains("X-Request-Id");
            assertThat(String.join(",", answer.headers("Vary"))).contains("Origin");
        }
    }

    @Test
    void anyOtherOriginMayNot(TestGateway gateway) {
        for (var origin : new String[] {"https://evil.example", "null", TestGateway.CONSOLE + ".evil.example"}) {
            var answer = gateway.loggedIn().with("Origin", origin).get("/admin/metrics");
            assertThat(answer.code()).isEqualTo("2FA_MANDATORY");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void aPreflightOfAnAllowedOriginIsAnsweredAndNeverGated(TestGateway gateway) {
        var asking = gateway.nobody()
                .with("Access-Control-Request-Method", "PUT")
                .with("Access-Control-Request-Headers", "authorization,content-type");
        var answer = asking.with("Origin", TestGateway.CONSOLE).send("OPTIONS", "/admin/upload");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(TestGateway.CONSOLE);
        assertThat(answer.header("Access-Control-Allow-Methods").orElseThrow()).contains("PUT");
        assertThat(answer.header("Access-Control-Allow-Headers").orElseThrow()).contains("authorization");
        assertThat(answer.isOfTheGateway()).isTrue();
        assertThat(asking.with("Origin", "https://evil.example")
                        .send("OPTIONS", "/admin/upload")
                        .code())
                .isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void anotherSiteMayNotUseOwnRoutes(TestGateway gateway) {
        var alice = gateway.loggedIn();
        for (var hostile : new Person[] {
            alice.with("Origin", "https://evil.example"),
            alice.with("Origin", "null"),
            alice.with("Sec-Fetch-Site", "cross-site"),
            alice.with("Sec-Fetch-Site", "same-site")
        }) {
            assertThat(hostile.startSetup("totp").code()).isEqualTo("FORBIDDEN");
            assertThat(hostile.logout().code()).isEqualTo("FORBIDDEN");
            assertThat(hostile.get("/auth/me").code()).isEqualTo("FORBIDDEN");
        }
        assertThat(alice.state()).isEqualTo("DISABLED");
        assertThat(alice.with("Sec-Fetch-Site", "same-origin")
                        .startSetup("totp")
                        .status())
                .isEqualTo(200);
        assertThat(alice.with("Origin", TestGateway.CONSOLE)
                        .with("Sec-Fetch-Site", "cross-site")
                        .startSetup("totp")
                        .status())
                .isEqualTo(200);
        assertThat(alice.with("Origin", "http://127.0.0.1:" + alice.port())
                        .startSetup("totp")
                        .status())
                .isEqualTo(200);
    }

    private static Person navigating(Person person) {
        return person.with("Sec-Fetch-Mode", "navigate");
    }
}
