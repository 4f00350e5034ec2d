package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.App;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Browser;
import io.portcullis.testing.OpenIdServer;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People who log in at a real OpenID provider, with a browser; the second factor is the gateway's. */
class OidcLoginIT {
    private static final String START = Browser.GATEWAY + "/auth/oidc/sso";

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.with(Map.of("OIDC_ISSUER", OpenIdServer.shared().issuer()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** From the start to the address with which the provider leads back. */
    private static String callback(Browser browser, String name, String start) {
        var there = location(browser.go(start));
        var answer = browser.go(there);
        var onward = URI.create(there).resolve(location(answer)).toString();
        if (onward.endsWith("/login")) {
            var in = browser.submit(onward, browser.go(onward), Map.of("username", name, "password", name));
            answer = browser.go(URI.create(there).resolve(location(in)).toString());
        }
        assertThat(location(answer)).startsWith(START + "/callback?");
        return location(answer);
    }

    private static String location(Answer answer) {
        return answer.header("Location").orElseThrow(() -> new AssertionError(answer.toString()));
    }

    private static Answer login(Browser browser, String name) {
        return browser.go(callback(browser, name, START + "?next=/admin/metrics%3Fday%3D1"));
    }

    @Test
    void theWholeLifeOfASecondFactor() throws Exception {
        var alice = Browser.at(gateway.port());
        var in = login(alice, "alice");
        assertThat(in.status()).isEqualTo(302);
        assertThat(location(in)).isEqualTo(Browser.GATEWAY + "/admin/metrics?day=1");
        assertThat(in.header("Cache-Control")).contains("no-store");
        assertThat(alice.hasCookie("portcullis-oidc")).isFalse();
        var me = alice.get("/auth/me");
        assertThat(me.string("/user/id")).isEqualTo("alice");
        assertThat(me.string("/user/email")).isEqualTo("alice@example.com");
        assertThat(me.string("/user/role")).isEqualTo("admin");
        assertThat(me.json("/session/amr")).isEqualTo(new JsonArray());
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("2FA_MANDATORY");

        var secret = alice.post("/auth/mfa/setup/start", new JsonObject()).string("/secret");
        var app = new App(secret, gateway.clock());
        assertThat(alice.post("/auth/mfa/setup/confirm", JsonObject.of("code", app.code()))
                        .status())
                .isEqualTo(200);
        var seen = alice.get("/admin/inspect");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.text()).contains("alice@example.com").doesNotContain(alice.cookie("portcullis"));
        assertThat(alice.post("/auth/logout", new JsonObject()).status()).isEqualTo(204);
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("AUTH_REQUIRED");

        gateway.clock().advance(Duration.ofSeconds(60));
        var again = login(alice, "alice");
        assertThat(location(again)).isEqualTo(Browser.GATEWAY + "/verify?next=%2Fadmin%2Fmetrics%3Fday%3D1");
        assertThat(alice.hasCookie("portcullis")).isFalse();
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(alice.post("/auth/mfa/verify", JsonObject.of("code", app.wrongCode()))
                        .code())
                .isEqualTo("INVALID_CODE");
        var verified = alice.post("/auth/mfa/verify", JsonObject.of("code", app.code()));
        assertThat(verified.string("/user/mfaState")).isEqualTo("ENABLED");
        assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
        assertThat(alice.get("/auth/me").json("/session/amr")).isEqualTo(new JsonArray(List.of("otp")));

        gateway.clock().advance(Duration.ofSeconds(60));
        assertThat(alice.post("/auth/mfa/disable", JsonObject.of("code", app.code()))
                        .status())
                .isEqualTo(200);
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("2FA_MANDATORY");
        assertThat(AuditLog.types(gateway.realm() + "-sso", "alice"))
                .contains("LOGIN_SUCCEEDED", "MFA_ENABLED", "LOGOUT", "MFA_DISABLED");
    }

    @Test
    void somebodyWithoutAGroupHasTheDefaultRoleAndNoUnverifiedEmail() {
        var bob = Browser.at(gateway.port());
        assertThat(login(bob, "bob").status()).isEqualTo(302);
        var me = bob.get("/auth/me").json().getJsonObject("user");
        assertThat(me.getString("role")).isEqualTo("visitor");
        assertThat(me.getString("email")).isNull();
        assertThat(bob.get("/admin/metrics").code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void oneInstanceStartsAndAnotherFinishes() {
        var bob = Browser.at(gateway.port());
        var callback = callback(bob, "bob", START);
        bob.moveTo(gateway.secondPort());
        assertThat(location(bob.go(callback))).isEqualTo(Browser.GATEWAY + "/");
        assertThat(bob.get("/auth/me").status()).isEqualTo(200);
        bob.moveTo(gateway.port());
        assertThat(bob.get("/auth/me").status()).isEqualTo(200);
    }

    @Test
    void anAnswerIsGoodOnce() {
        var bob = Browser.at(gateway.port());
        var oidcCookieFirst = callback(bob, "bob", START);
        var cookie = bob.cookie("portcullis-oidc");
        assertThat(bob.go(oidcCookieFirst).status()).isEqualTo(302);
        var replayed =
                gateway.nobody().with("Cookie", "portcullis-oidc=" + cookie).get(path(oidcCookieFirst));
        assertThat(replayed.code()).isEqualTo("TOKEN_INVALID");
        assertThat(replayed.error("action")).isEqualTo("RESTART_LOGIN");
        assertThat(replayed.headers("Set-Cookie")).isEmpty();
    }

    private static String path(String address) {
        return address.substring(Browser.GATEWAY.length());
    }

    /** Login CSRF: the attacker's answer in the victim's browser, whether that has a login of its own under way or none. */
    @Test
    void anAnswerIsOfTheBrowserThatBegan() {
        var mallory = Browser.at(gateway.port());
        var fresh = Browser.at(gateway.port());
        assertThat(fresh.go(callback(mallory, "bob", START)).code()).isEqualTo("TOKEN_INVALID");
        var victim = Browser.at(gateway.port());
        victim.go(START);
        assertThat(victim.go(callback(mallory, "bob", START)).code()).isEqualTo("TOKEN_INVALID");
        assertThat(victim.hasCookie("portcullis")).isFalse();
    }

    @Test
    void aStateThatNobodyGaveOut() {
        var bob = Browser.at(gateway.port());
        var callback = callback(bob, "bob", START);
        assertThat(bob.go(callback.replaceAll("state=[^&]+", "state=made-up")).code())
                .isEqualTo("TOKEN_INVALID");
        assertThat(bob.go(START + "/callback?code=x").code()).isEqualTo("TOKEN_INVALID");
        assertThat(bob.go(callback).status()).isEqualTo(302); // nothing was used up by it
    }

    @Test
    void anAnswerOfAnotherProviderIsNone() {
        var bob = Browser.at(gateway.port());
        var callback = callback(bob, "bob", START);
        assertThat(bob.go(callback + "&iss=https%3A%2F%2Fevil.example").code()).isEqualTo("TOKEN_INVALID");
        assertThat(bob.go(callback).code()).isEqualTo("TOKEN_INVALID");
    }

    @Test
    void theLoginPageLeadsToEachProvider() {
        var page = Browser.at(gateway.port()).go(Browser.GATEWAY + "/auth/ui/login?next=%2Fadmin%3Fa%3Db");
        assertThat(page.text()).contains("href=\"/auth/oidc/sso?next=%2Fadmin%3Fa%3Db\">Log in with sso</a>");
    }

    @Test
    void theProviderLetsNobodyIn() {
        var bob = Browser.at(gateway.port());
        var state = URI.create(location(bob.go(START))).getRawQuery().replaceAll(".*(state=[^&]+).*", "$1");
        var denied = bob.go(START + "/callback?error=access_denied&error_description=no&" + state);
        assertThat(denied.code()).isEqualTo("AUTH_REQUIRED");
        assertThat(denied.text()).doesNotContain("access_denied");
        assertThat(bob.go(START + "/callback?code=x&" + state).code()).isEqualTo("TOKEN_INVALID");
    }

    @Test
    void aCodeOfAnotherLoginIsNotTaken() {
        var bob = Browser.at(gateway.port());
        var first = callback(bob, "bob", START);
        var second = callback(bob, "bob", START);
        var mixed = second.replaceAll("code=[^&]+", first.replaceAll(".*(code=[^&]+).*", "$1"));
        assertThat(bob.go(mixed).code()).isEqualTo("TOKEN_INVALID");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "/admin/metrics?a=b&c=%2F /admin/metrics?a=b&c=%2F",
                "//evil.example /",
                "/\\evil.example /",
                "https://evil.example /",
                "https:evil.example /",
                "javascript:alert(1) /",
                "/%0d%0aSet-Cookie:x=1 /%0d%0aSet-Cookie:x=1",
                "/@evil.example /@evil.example",
            })
    void nextNeverLeadsElsewhere(String next, String path) {
        var bob = Browser.at(gateway.port());
        var start = START + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        assertThat(location(bob.go(callback(bob, "bob", start)))).isEqualTo(Browser.GATEWAY + path);
    }

    @Test
    void whatTheHostHeaderSaysLeadsNowhere() {
        var there = gateway.nobody().get("/auth/oidc/sso");
        assertThat(location(there)).contains("redirect_uri=https%3A%2F%2Fadmin.example.com%2Fauth%2Foidc%2Fsso%2F");
        assertThat(there.headers("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("portcullis-oidc=")
                .contains("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax");
    }

    @Test
    void aSourceThatThereIsNotHasNoRoute() {
        for (var path : List.of("/auth/oidc/other", "/auth/oidc/other/callback", "/auth/oidc/legacy-login")) {
            assertThat(gateway.nobody().get(path).code()).isEqualTo("NO_ROUTE");
        }
        assertThat(gateway.nobody().post("/auth/oidc/sso").code()).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test
    void aPageElsewhereCanLeadHereButNotFetchNorEmbed() {
        var crossSite = gateway.nobody().with("Sec-Fetch-Site", "cross-site");
        for (var path : List.of("/auth/oidc/sso", "/auth/oidc/sso/callback")) {
            var led = crossSite.with("Sec-Fetch-Mode", "navigate");
            assertThat(led.with("Sec-Fetch-Dest", "document").get(path).code()).isNotEqualTo("FORBIDDEN");
            assertThat(led.with("Sec-Fetch-Dest", "iframe").get(path).code()).isEqualTo("FORBIDDEN");
            assertThat(crossSite.with("Sec-Fetch-Mode", "no-cors").get(path).code())
                    .isEqualTo("FORBIDDEN");
        }
        assertThat(crossSite
                        .with("Sec-Fetch-Mode", "navigate")
                        .with("Sec-Fetch-Dest", "document")
                        .get("/auth/me")
                        .code())
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void logoutHereLeadsToTheLogoutThere() {
        var bob = Browser.at(gateway.port());
        login(bob, "bob");
        assertThat(gateway.nobody()
                        .with("Cookie", "portcullis=" + bob.cookie("portcullis"))
                        .with("Origin", "https://evil.example")
                        .post("/auth/oidc/sso/logout")
                        .code())
                .isEqualTo("FORBIDDEN");
        assertThat(bob.submit("/auth/oidc/other/logout").code()).isEqualTo("NO_ROUTE");
        var bearer = gateway.nobody().holding(bob.cookie("portcullis"));
        assertThat(bearer.get("/auth/me").status()).isEqualTo(200);
        var out = bob.submit("/auth/oidc/sso/logout");
        assertThat(out.status()).isEqualTo(303);
        assertThat(location(out))
                .startsWith(OpenIdServer.shared().issuer() + "/connect/logout?")
                .contains("client_id=portcullis")
                .contains("post_logout_redirect_uri=https%3A%2F%2Fadmin.example.com%2Flogin");
        assertThat(bob.hasCookie("portcullis")).isFalse();
        assertThat(bearer.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void whatIsKeptOfALoginUnderWayIsSealedAndHashed() {
        var bob = Browser.at(gateway.port());
        var there = location(bob.go(START + "?next=/a-place-of-its-own"));
        var state = there.replaceAll(".*[?&]state=([^&]+).*", "$1");
        assertThat(Stores.everythingInRedis())
                .contains("portcullis:oidc:")
                .doesNotContain(state)
                .doesNotContain(bob.cookie("portcullis-oidc"))
                .doesNotContain("/a-place-of-its-own");
    }
}
