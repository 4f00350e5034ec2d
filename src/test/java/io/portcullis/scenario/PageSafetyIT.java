package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.PageBrowser;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.browser.BrowserGateway;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps the gateway's own pages ours: policies, cookies, methods, one value of a thing. */
class PageSafetyIT {
    private static BrowserGateway gateway;

    @BeforeAll
    static void start() {
        gateway = BrowserGateway.with("");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Every page that there is, as somebody meets them. */
    private static Map<String, Answer> everyPage() {
        var pages = new LinkedHashMap<String, Answer>();
        var bob = new PageBrowser(gateway);
        pages.put("login", bob.get("/auth/ui/login"));
        pages.put("login refused", bob.submit("/auth/ui/login", Map.of("email", "a@b.c", "password", "x")));
        assertThat(bob.logIn(LegacyAccounts.BOB).status()).isEqualTo(303);
        pages.put("set-up", bob.get("/auth/ui/setup"));
        pages.put("set-up, e-mail", bob.submit("/auth/ui/setup", Map.of("action", "start", "method", "email")));
        var setup = bob.submit("/auth/ui/setup", Map.of("action", "start", "method", "totp"));
        pages.put("set-up, app", setup);
        var app = gateway.app(PageBrowser.secret(setup));
        pages.put("codes", bob.submit("/auth/ui/setup", Map.of("action", "confirm", "code", app.code())));
        for (var path : List.of("settings", "setup", "disable", "recovery-codes", "remove")) {
            pages.put(path, bob.get("/auth/ui/" + path));
        }
        var again = new PageBrowser(gateway);
        pages.put("code", again.logIn(LegacyAccounts.BOB));
        pages.put("verify", again.get("/auth/ui/verify"));
        var off = bob.submit("/auth/ui/disable", Map.of("code", app.nextCode()));
        assertThat(off.status()).as(off.text()).isEqualTo(303);
        pages.put("script", bob.get("/auth/ui/app.js"));
        pages.put("error", bob.get("/auth/ui/logo"));
        return pages;
    }

    @Test
    void everyPageAndFileIsKeptFromFramesFromSniffingAndFromCaches() {
        everyPage().forEach((name, page) -> {
            assertThat(page.header("X-Frame-Options")).as(name).contains("DENY");
            assertThat(page.header("X-Content-Type-Options")).as(name).contains("nosniff");
            // No browser names the origin of a form behind no-referrer; the page of an error has no form.
            assertThat(page.header("Referrer-Policy"))
                    .as(name)
                    .contains(name.equals("error") ? "no-referrer" : "same-origin");
            assertThat(page.header("Cross-Origin-Opener-Policy")).as(name).contains("same-origin");
            assertThat(page.header("Cache-Control")).as(name).contains("no-store");
            assertThat(page.header("X-Request-Id")).as(name).isPresent();
            assertThat(page.header("Access-Control-Allow-Origin")).as(name).isEmpty();
        });
    }

    @Test
    void nothingRunsOnAPageButOurFile() {
        var pages = everyPage();
        pages.remove("script");
        pages.forEach((name, page) -> {
            assertThat(page.header("Content-Type")).as(name).contains("text/html; charset=utf-8");
            var policy = page.header("Content-Security-Policy").orElseThrow();
            assertThat(List.of(policy.split("; ", -1)))
                    .as(name)
                    .containsExactlyInAnyOrder(
                            "default-src 'none'",
                            "script-src 'self'",
                            "style-src 'sha256-" + hash(only("<style>(.*?)</style>", page)) + "'",
                            "img-src 'self' data:",
                            "form-action 'self' " + gateway.url(),
                            "base-uri 'none'",
                            "frame-ancestors 'none'");
        });
    }

    private static String only(String pattern, Answer page) {
        var found = Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(page.text())
                .results()
                .map(one -> one.group(1))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static String hash(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "app.js"})
    void aHeadIsTheSameWithoutTheBody(String name) {
        var browser = new PageBrowser(gateway);
        var whole = browser.get("/auth/ui/" + name);
        var head = browser.send("HEAD", "/auth/ui/" + name);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).contains(Integer.toString(whole.body().length));
        assertThat(head.header("Content-Security-Policy")).isEqualTo(whole.header("Content-Security-Policy"));
    }

    @ParameterizedTest
    @CsvSource({
        "login, 'GET, HEAD, POST'",
        "settings, 'GET, HEAD, POST'",
        "logout, 'GET, HEAD, POST'",
        "app.js, 'GET, HEAD'"
    })
    void anyOtherMethodIsRefused(String name, String allowed) {
        for (var method : List.of("PUT", "DELETE", "PATCH", "OPTIONS")) {
            var answer = new PageBrowser(gateway).send(method, "/auth/ui/" + name);
            assertThat(answer.code()).isEqualTo("METHOD_NOT_ALLOWED");
            assertThat(answer.header("Allow")).contains(allowed);
        }
    }

    @Test
    void theFolderOfThePagesLeadsToTheSettings() {
        for (var method : List.of("GET", "HEAD")) {
            var answer = new PageBrowser(gateway).send(method, "/auth/ui");
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("Location")).contains(gateway.url() + "/auth/ui/settings");
        }
        for (var method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            var answer = new PageBrowser(gateway).send(method, "/auth/ui", "Origin", gateway.url());
            assertThat(answer.code()).isEqualTo("METHOD_NOT_ALLOWED");
            assertThat(answer.header("Allow")).contains("GET, HEAD");
        }
    }

    @Test
    void everyCookieOfOursIsHttpOnlyAndStaysOnTheSite() {
        var browser = new PageBrowser(gateway);
        var set = new ArrayList<>(browser.get("/auth/ui/login?lang=fr").headers("Set-Cookie"));
        var app = browser.enrol(LegacyAccounts.ALICE);
        var again = new PageBrowser(gateway);
        set.addAll(again.logIn(LegacyAccounts.ALICE).headers("Set-Cookie"));
        assertThat(set)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(cookie -> assertThat(cookie)
                        .startsWith("portcullis-")
                        .contains("; Path=/")
                        .contains("; HttpOnly")
                        .contains("; SameSite=Lax"));
        // The login is not in the hands of the browser before the code.
        assertThat(again.cookies()).containsKey("portcullis-login").doesNotContainKey("LEGACYSESS");
        assertThat(again.submit("/auth/ui/verify", Map.of("code", app.nextCode()))
                        .status())
                .isEqualTo(303);
        assertThat(again.cookies()).containsKey("LEGACYSESS").doesNotContainKey("portcullis-login");
        assertThat(again.cookies().get("LEGACYSESS"))
                .isNotEqualTo(browser.cookies().get("LEGACYSESS"));
        browser.submit("/auth/ui/disable", Map.of("code", app.nextCode()));
    }

    @Test
    void theLoginCookieOfSomebodyElseOpensNothing() {
        var mallory = new PageBrowser(gateway);
        mallory.cookies().put("portcullis-login", "x".repeat(43));
        var page = mallory.get("/auth/ui/verify");
        assertThat(page.header("Location")).contains(gateway.url() + "/auth/ui/login?next=%2Fauth%2Fui%2Fverify");
        assertThat(mallory.cookies()).doesNotContainKey("portcullis-login");
        mallory.cookies().put("portcullis-login", "x".repeat(43));
        var refused = mallory.submit("/auth/ui/verify", Map.of("code", "123456"));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text()).contains("href=\"/auth/ui/login?next=%2F\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"remove?method=carrier-pigeon", "disable?method=%3Cb%3E", "settings?done=hacked"})
    void whatAPageHasNoWordsForItDoesNotSay(String address) {
        var browser = new PageBrowser(gateway);
        var app = browser.enrol(LegacyAccounts.CAROL);
        var answer = browser.get("/auth/ui/" + address);
        assertThat(answer.status()).isEqualTo(200);
        // The link to the other language is the same address, with whatever stands in it.
        var page = answer.text().replaceAll("<a href=\"[^\"]*\" lang=", "");
        assertThat(page).doesNotContain("pigeon").doesNotContain("hacked").doesNotContain("<b>");
        assertThat(browser.submit("/auth/ui/disable", Map.of("code", app.nextCode()))
                        .status())
                .isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/ui/login?next=%zz",
                "/auth/ui/login?lang=%",
                "/auth/ui/login?%ff=1",
                "/auth/ui/login?lang=%ff"
            })
    void aBrokenEncodingIsNoFailureOfOurs(String target) throws Exception {
        var answer = RawHttp.get(gateway.port(), target, "Accept: text/html");
        assertThat(answer.status()).isIn(200, 400);
        assertThat(answer.text()).doesNotContain("%zz");
    }

    @Test
    void nothingSecretIsInAnAddress() {
        var browser = new PageBrowser(gateway);
        var login = browser.logIn(LegacyAccounts.CAROL);
        assertThat(login.header("Location")).contains(gateway.url() + "/");
        assertThat(browser.get("/auth/ui/settings").text())
                .doesNotContain(browser.cookies().get("LEGACYSESS"))
                .doesNotContain(LegacyAccounts.CAROL.password());
        everyPage()
                .values()
                .forEach(page -> assertThat(page.text())
                        .doesNotContainPattern("(href|action)=\"/[^\"]*(code|password|token|secret)="));
    }
}
