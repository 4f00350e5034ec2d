package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Await;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees in a browser who is refused, and that programs go on getting JSON. */
@ExtendWith(TestGateways.class)
class ErrorPagesIT {
    private static Person navigating(Person person) {
        return person.with("Sec-Fetch-Mode", "navigate");
    }

    private static Person french(Person person) {
        return navigating(person).with("Accept-Language", "fr-CH, fr;q=0.9, en;q=0.8");
    }

    private static void assertPage(Answer answer, int status, String language, String title) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(answer.header("Content-Security-Policy")).isPresent();
        assertThat(answer.header("X-Frame-Options")).contains("DENY");
        assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.isOfTheGateway()).isTrue();
        assertThat(answer.text())
                .contains("<html lang=\"" + language + "\">")
                .contains("<p class=\"status\">" + status + "</p>")
                .contains("<h1>" + title + "</h1>")
                .contains("<code>" + answer.header("X-Request-Id").orElseThrow() + "</code>");
    }

    private static void assertJson(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.error("code")).isEqualTo(code);
        assertThat(answer.error("requestId"))
                .isEqualTo(answer.header("X-Request-Id").orElseThrow());
        assertThat(answer.json().fieldNames()).isEqualTo(Set.of("success", "message", "error"));
        assertThat(answer.header("Content-Security-Policy")).isEmpty();
    }

    @Test
    void aFormThatIsSentWithoutASession(TestGateway gateway) {
        var nobody = gateway.nobody();
        var page = navigating(nobody).post("/admin/metrics");
        assertPage(page, 401, "en", "Authentication required");
        assertThat(page.header("WWW-Authenticate")).contains("Bearer");
        assertThat(page.text()).contains("href=\"/auth/ui/login?next=%2F\"");
        assertThat(french(nobody).post("/admin/metrics").text()).contains("<html lang=\"fr\">");
        assertJson(nobody.post("/admin/metrics"), 401, "AUTH_REQUIRED");
    }

    @Test
    void aRoleThatMayNot(TestGateway gateway) {
        var carol = gateway.loggedIn("user");
        var page = navigating(carol).get("/admin/metrics");
        assertPage(page, 403, "en", "Forbidden");
        assertThat(page.text()).contains("href=\"/auth/ui/login?next=%2Fadmin%2Fmetrics\">Log in as somebody else</a>");
        assertPage(french(carol).get("/admin/metrics"), 403, "fr", "Interdit");
        assertJson(carol.get("/admin/metrics"), 403, "FORBIDDEN");
    }

    @Test
    void aPathThatIsNone(TestGateway gateway) {
        var nobody = gateway.nobody();
        var page = nobody.with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .get("/nowhere?%22%3E%3Cb%3E");
        assertPage(page, 404, "en", "Not found");
        assertThat(page.text()).doesNotContain("<b>");
        assertPage(french(nobody).get("/nowhere"), 404, "fr", "Introuvable");
        assertJson(nobody.get("/nowhere"), 404, "NO_ROUTE");
        assertJson(nobody.with("Accept", "*/*").get("/nowhere"), 404, "NO_ROUTE");
        assertJson(nobody.with("Accept", "application/json, text/html").get("/nowhere"), 404, "NO_ROUTE");
        assertJson(
                nobody.with("Accept", "application/problem+json, text/html;q=0.1")
                        .get("/nowhere"),
                404,
                "NO_ROUTE");
        assertJson(
                nobody.with("Sec-Fetch-Mode", "cors")
                        .with("Accept", "text/html")
                        .get("/nowhere"),
                404,
                "NO_ROUTE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE"})
    void aMethodThatIsNone(String method, TestGateway gateway) {
        var page = navigating(gateway.nobody()).send(method, "/auth/ui/login");
        assertPage(page, 405, "en", "Method not allowed");
        assertThat(page.header("Allow")).contains("GET, HEAD, POST");
        assertJson(gateway.nobody().send(method, "/auth/ui/login"), 405, "METHOD_NOT_ALLOWED");
    }

    @Test
    void aHostThatIsNotServed(TestGateway gateway) throws Exception {
        var request = RawHttp.request("GET", "/", "", "Sec-Fetch-Mode: navigate")
                .replace("Host: localhost", "Host: evil.example");
        try (var raw = RawHttp.to(gateway.port())) {
            var page = raw.send(request).answer();
            assertThat(page.status()).isEqualTo(421);
            assertThat(page.text()).contains("<p class=\"status\">421</p>").doesNotContain("evil.example");
        }
    }

    @Test
    void tooMany() throws Exception {
        try (var gateway = TestGateway.with(Map.of("OIDC_STARTS", "1/5m"))) {
            RawHttp.get(gateway.port(), "/auth/oidc/sso", "Sec-Fetch-Mode: navigate");
            var page = RawHttp.get(gateway.port(), "/auth/oidc/sso", "Sec-Fetch-Mode: navigate");
            assertPage(page, 429, "en", "Too many requests");
            var wait = page.header("Retry-After").orElseThrow();
            assertThat(page.text()).contains("<span data-seconds=\"" + wait + "\">");
            assertThat(page.header("RateLimit-Policy")).isPresent();
        }
    }

    /** What a provider sent there is good for one login, and nothing to come back with. */
    @Test
    void whatAProviderSentIsNotRepeated(TestGateway gateway) {
        var nobody = navigating(gateway.nobody());
        for (var path : new String[] {"/auth/oidc/sso", "/auth/oidc/sso/callback"}) {
            var page = nobody.get(path + "?code=the-code&state=the-state&next=%2Fx");
            assertThat(page.isPage()).as(page.toString()).isTrue();
            assertThat(page.status()).isGreaterThanOrEqualTo(400);
            assertThat(page.text()).doesNotContain("the-code").doesNotContain("the-state");
        }
        assertThat(nobody.get("/auth/oidc/sso?state=the-state").text()).contains("<a class=\"button\" href=\"/\">");
    }

    @Test
    void aBackendThatIsGone(TestGateway gateway) {
        var nobody = gateway.nobody();
        var page = navigating(nobody).get("/gone/x?y=1&z=2");
        assertPage(page, 502, "en", "Backend unavailable");
        assertThat(page.text()).contains("href=\"/gone/x?y=1&amp;z=2\""); // the same once more
        assertThat(french(nobody).get("/gone/x").text()).contains("<html lang=\"fr\">");
        assertJson(nobody.get("/gone/x"), 502, "UPSTREAM_UNAVAILABLE");
    }

    @Test
    void aBackendThatIsSlow(TestGateway gateway) {
        var alice = gateway.loggedIn();
        assertPage(navigating(alice).get("/admin/slow?ms=6000"), 504, "en", "Backend timed out");
    }

    @Test
    void aStoreThatIsOut(@OwnRealm TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        Stores.stopRedis();
        try {
            Await.until(
                    "nobody is let in on what was known",
                    () -> alice.get("/admin/metrics").status() == 503);
            assertPage(navigating(alice).get("/admin/metrics"), 503, "en", "Temporarily unavailable");
            assertJson(alice.get("/admin/metrics"), 503, "STORE_UNAVAILABLE");
            var page = navigating(alice).get("/auth/ui/settings");
            assertPage(page, 503, "en", "Temporarily unavailable");
        } finally {
            Stores.startRedis();
        }
        Await.until(
                "the store is back",
                () -> navigating(alice).get("/auth/ui/settings").status() < 500);
    }

    /** A form cannot be led to the page: the way goes by a link. */
    @Test
    void aSecondFactorThatIsMissing(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var again = gateway.again(alice);
        var page = navigating(again).post("/admin/inspect");
        assertPage(page, 403, "en", "Two-factor verification required");
        assertThat(page.text()).contains("href=\"/auth/ui/verify?next=%2F\"");
        var program = again.post("/admin/inspect");
        assertThat(page.header("WWW-Authenticate"))
                .isEqualTo(program.header("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_user_authentication\", acr_values=\"two-factor\"");
        assertThat(program.error("code")).isEqualTo("2FA_REQUIRED");
    }

    @Test
    void toAProgramTheMandatorySecondFactorIsTheSampleToTheByte(TestGateway gateway) {
        var answer = gateway.loggedIn().get("/admin/metrics");
        assertThat(answer.text())
                .isEqualTo(new JsonObject()
                        .put("success", false)
                        .put("message", "2FA is mandatory for admin accounts")
                        .put(
                                "error",
                                new JsonObject()
                                        .put("code", "2FA_MANDATORY")
                                        .put(
                                                "message",
                                                "Two-factor authentication is mandatory for all admin accounts. Please enable 2FA"
                                                        + " in your settings before accessing the admin dashboard.")
                                        .put("action", "ENABLE_2FA"))
                        .encode());
    }
}
