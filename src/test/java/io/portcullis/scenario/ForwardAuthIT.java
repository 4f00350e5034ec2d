package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Await;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /auth/forward}: what the gate would do with a request, told to a proxy that sends it on itself. */
class ForwardAuthIT {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.by("forward-auth.yaml", Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Answer ask(Person person, String method, String uri) {
        return ask("/auth/forward", person, method, uri);
    }

    private static Answer ask(String path, Person person, String method, String uri) {
        return person.with("X-Forwarded-Method", method)
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "admin.example.com")
                .with("X-Forwarded-Uri", uri)
                .get(path);
    }

    @Test
    void theDecisionTable() {
        var nobody = gateway.nobody();
        assertThat(ask(nobody, "GET", "/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(ask(gateway.loggedIn("user"), "GET", "/admin/metrics").code())
                .isEqualTo("FORBIDDEN");
        var alice = gateway.loggedIn();
        var mandatory = ask(alice, "GET", "/admin/metrics");
        assertThat(mandatory.status()).isEqualTo(403);
        assertThat(mandatory.text()).isEqualTo(alice.get("/admin/metrics").text());
        alice.startSetup("totp");
        assertThat(ask(alice, "GET", "/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        alice.enrolled();
        var required = ask(gateway.again(alice), "POST", "/admin/metrics");
        assertThat(required.code()).isEqualTo("2FA_REQUIRED");
        assertThat(required.header("WWW-Authenticate").orElseThrow()).contains("insufficient_user_authentication");
        assertThat(ask(alice, "POST", "/admin/metrics").status()).isEqualTo(200);
        assertThat(ask(alice, "GET", "/internal/x").code()).isEqualTo("FORBIDDEN");
        assertThat(ask(alice, "GET", "/elsewhere").code()).isEqualTo("NO_ROUTE");
        assertThat(ask(alice, "GET", "/users/hello").status()).isEqualTo(200);
        assertThat(ask(alice, "POST", "/users/hello").code()).isEqualTo("NO_ROUTE");
        assertThat(ask(nobody, "GET", "/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(ask(nobody, "TRACE", "/").code()).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test
    void anExpiredCredential() {
        var alice = gateway.nobody().holding(gateway.token(901, "admin", Duration.ofMinutes(-2)), "901");
        assertThat(ask(alice, "GET", "/admin/metrics").code()).isEqualTo("SESSION_EXPIRED");
    }

    @Test
    void whoPassesIsToldToTheProxy() {
        var alice = gateway.loggedIn().enrolled();
        var answer = ask(alice.with("Cookie", "theme=dark; portcullis=x"), "PUT", "/admin/upload?x=%20");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("X-Auth-Subject")).contains(alice.subject());
        assertThat(answer.header("X-Auth-Realm")).contains(gateway.realm());
        assertThat(answer.header("X-Auth-Email")).contains(alice.subject() + "@example.com");
        assertThat(answer.header("X-Auth-Role")).contains("admin");
        assertThat(answer.header("X-Auth-Amr").orElseThrow()).contains("otp");
        assertThat(answer.header("X-Auth-Level")).contains("two-factor");
        assertThat(answer.header("X-Auth-Session")).isPresent();
        assertThat(answer.header("X-Auth-Assertion").orElseThrow().split("\\.", -1))
                .hasSize(3);
        assertThat(answer.header("Authorization")).contains("Bearer " + alice.token());
        assertThat(answer.header("Cookie")).contains("theme=dark");
        assertThat(answer.header("X-Request-Id")).isPresent();
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Test
    void whoIsNotAskedForIsNotTold() {
        var answer = ask(
                gateway.loggedIn().with("X-Auth-Subject", "1").with("Cookie", "portcullis=x"),
                "GET",
                "/public/x?next=//admin");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("x-auth-"));
        assertThat(answer.header("Cookie")).isEmpty();
    }

    @Test
    void bothInstancesSeeWhatChangesAtOnce() throws Exception {
        var alice = gateway.loggedIn();
        var there = alice.at(gateway.secondPort());
        assertThat(ask(there, "GET", "/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        alice.enrolled();
        assertThat(ask(there, "GET", "/admin/metrics").status()).isEqualTo(200);
        alice.logout();
        Await.until(
                "the other instance refuses",
                () -> ask(there, "GET", "/admin/metrics").status() == 401);
    }

    @Test
    void rulesThatDoNotRefuseYetSaySo() {
        var alice = gateway.loggedIn();
        assertThat(ask(alice, "GET", "/admin/slow").header("X-2FA-Would-Refuse"))
                .contains("2FA_MANDATORY");
        assertThat(ask(alice, "GET", "/admin/stream").header("X-2FA-Mandatory-From"))
                .contains("2100-01-01T00:00:00Z");
    }

    @Test
    void aNavigationIsLedToThePageThatHelps() {
        var browser = gateway.nobody().with("Sec-Fetch-Mode", "navigate");
        var answer = ask(browser, "GET", "/admin/metrics?day=1");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location"))
                .contains("https://admin.example.com/login?next=%2Fadmin%2Fmetrics%3Fday%3D1");
        assertThat(ask(browser, "HEAD", "/admin/metrics").status()).isEqualTo(302);
        assertThat(ask(browser, "POST", "/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void anAllowedOriginMayReadRefusals() {
        var answer = ask(gateway.nobody().with("Origin", TestGateway.CONSOLE), "GET", "/admin/metrics");
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(TestGateway.CONSOLE);
        assertThat(answer.headers("Vary")).contains("Origin", "Accept-Language");
    }

    /** A front proxy leads these to the gateway; one that does not must not reach the backend with them. */
    @ParameterizedTest
    @ValueSource(strings = {"/auth/login", "/auth/forward", "/auth/forward/refusal", "/auth/x", "/AUTH/login"})
    void ourOwnRoutesAreNoBackends(String path) {
        assertThat(ask(gateway.loggedIn().enrolled(), "POST", path).code()).isEqualTo("NO_ROUTE");
    }

    @ParameterizedTest
    @CsvSource({"POST, /admin/login", "GET, /admin/login", "post, /Admin/Login?email=x"})
    void aLoginThatIsWatchedGoesToTheGateway(String method, String uri) {
        var answer = ask(gateway.nobody(), method, uri);
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.text()).contains("let the proxy send it to the gateway");
    }

    @Test
    void aLogoutOfTheBackendEndsTheSession() {
        var alice = gateway.loggedIn().enrolled();
        assertThat(ask("/auth/forward/refusal", alice, "POST", "/admin/logout").status())
                .isEqualTo(307);
        assertThat(ask(alice, "GET", "/admin/metrics").status()).isEqualTo(200);
        assertThat(ask(alice, "POST", "/admin/logout").status()).isEqualTo(200);
        assertThat(ask(alice, "GET", "/admin/metrics").status()).isEqualTo(401);
    }

    @Test
    void severalCredentialsMustBeOfOneAccount() {
        var alice = gateway.loggedIn().enrolled();
        var mallory = gateway.loggedIn();
        var two = ask(alice.with("Cookie", "access_token=" + mallory.token()), "GET", "/admin/metrics");
        assertThat(two.code()).isEqualTo("INVALID_REQUEST");
        var again = gateway.again(alice);
        var judged = ask(again.with("Cookie", "a=b; access_token=" + alice.token()), "GET", "/admin/metrics");
        assertThat(judged.status()).isEqualTo(200);
        assertThat(judged.header("Authorization")).isEmpty();
        assertThat(judged.header("Cookie")).contains("a=b; access_token=" + alice.token());
    }

    /** The gate takes it out of a request that it proxies; a proxy may not. */
    @Test
    void aSchemeThatNobodyJudgesIsRefusedBesideACookie() {
        var alice = gateway.loggedIn().enrolled();
        var cookie = alice.withoutToken().with("Cookie", "access_token=" + alice.token());
        assertThat(ask(cookie, "GET", "/admin/metrics").status()).isEqualTo(200);
        var answer = ask(cookie.with("Authorization", "Basic bWFsbG9yeTp4"), "GET", "/admin/metrics");
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void anotherSiteOpensNoWebSocket() {
        var alice = gateway.loggedIn().enrolled();
        var socket = alice.with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(ask(socket.with("Origin", "https://evil.example"), "GET", "/admin/echo")
                        .code())
                .isEqualTo("FORBIDDEN");
        assertThat(ask(socket.with("Origin", "https://admin.example.com"), "GET", "/admin/echo")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theRefusalAloneIsToldAgain() {
        var alice = gateway.loggedIn();
        var path = "/auth/forward/refusal";
        assertThat(ask(path, alice, "POST", "/admin/metrics").text())
                .isEqualTo(ask(alice, "POST", "/admin/metrics").text());
        var passed = ask(path, alice.enrolled(), "POST", "/admin/metrics?a=b");
        assertThat(passed.status()).isEqualTo(307); // never 2xx: nobody did what was asked for
        assertThat(passed.header("Location")).contains("https://admin.example.com/admin/metrics?a=b");
        assertThat(passed.headers().map().keySet()).noneMatch(name -> name.startsWith("x-auth-"));
        var preflight =
                gateway.nobody().with("Origin", TestGateway.CONSOLE).with("Access-Control-Request-Method", "POST");
        assertThat(ask(path, preflight, "OPTIONS", "/admin/metrics").status()).isEqualTo(204);
        assertThat(ask(preflight, "OPTIONS", "/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
    }
}
