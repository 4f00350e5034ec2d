package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.PageBrowser;
import io.portcullis.testing.browser.BrowserGateway;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger put into an address or a header: it leads nobody away, and is never markup. */
class PageNextIT {
    private static final String MARKUP = "\"'><script>alert(1)</script>&amp;{{7*7}}";
    private static final Pattern ADDRESS =
            Pattern.compile("(?:href|action|formaction|name=\"next\" value)=\"([^\"]*)\"");

    private static BrowserGateway gateway;

    @BeforeAll
    static void start() {
        gateway = BrowserGateway.with("");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    static List<String> strangers() {
        return List.of(
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https:evil.example",
                "https://evil.example/",
                "javascript:alert(1)//evil.example",
                "/\t/evil.example",
                "\t//evil.example",
                "/\n/evil.example",
                "/x\r\nLocation: https://evil.example",
                "/\u0000/evil.example",
                "/a\\evil.example",
                "evil.example",
                "/\u00e9vil.evil.example",
                "/" + "evil.example".repeat(200));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void assertLocal(Answer answer) {
        assertThat(answer.headers("Location"))
                .allMatch(location -> location.startsWith(gateway.url() + "/"))
                .noneMatch(location -> location.contains("evil"));
        assertThat(answer.status()).isLessThan(500);
        ADDRESS.matcher(withoutLanguage(answer))
                .results()
                .map(one -> one.group(1))
                .forEach(address -> assertThat(address)
                        .matches("(/(?![/\\\\]).*|data:.*|otpauth://totp/.*)")
                        .doesNotContain("evil"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void nobodyIsLedAway(String next) {
        var bob = new PageBrowser(gateway);
        var query = "?next=" + encoded(next);
        for (var page : List.of("login", "verify", "setup")) {
            var shown = bob.get("/auth/ui/" + page + query);
            assertThat(shown.text() + shown.headers("Location"))
                    .contains(page.equals("login") ? "value=\"/\"" : "next=");
            if (page.equals("login")) {
                assertLocal(shown);
            }
        }
        var login = new HashMap<>(
                Map.of("email", LegacyAccounts.BOB.email(), "password", LegacyAccounts.BOB.password(), "next", next));
        var loggedIn = bob.submit("/auth/ui/login", login);
        assertThat(loggedIn.header("Location")).contains(gateway.url() + "/");
        for (var page : List.of("login", "verify", "setup", "settings")) {
            assertLocal(bob.get("/auth/ui/" + page + query));
        }
        login.put("password", "wrong");
        assertLocal(new PageBrowser(gateway).submit("/auth/ui/login", login));
        for (var action : List.of("start", "resume", "confirm", "saved")) {
            assertLocal(bob.submit("/auth/ui/setup", Map.of("action", action, "method", "totp", "next", next)));
        }
        assertThat(gateway.nobody().with("Cookie", bob.cookieHeader()).logout().status())
                .isEqualTo(204);
    }

    /** Without the link to the other language, which is the same page with whatever stands in its query. */
    private static String withoutLanguage(Answer answer) {
        return Pattern.compile("<a href=\"/auth/ui/[^\"]*\" lang=")
                .matcher(answer.text())
                .replaceAll("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/dashboard", "/app/users?page=2&by=%22name%22", "/"})
    void aPathOfOursIsKept(String next) {
        var page = new PageBrowser(gateway).get("/auth/ui/login?next=" + encoded(next));
        assertThat(page.text()).contains("name=\"next\" value=\"" + next.replace("&", "&amp;") + "\"");
        var bob = new PageBrowser(gateway);
        var answer = bob.submit(
                "/auth/ui/login",
                Map.of("email", LegacyAccounts.BOB.email(), "password", LegacyAccounts.BOB.password(), "next", next));
        assertThat(answer.header("Location")).contains(gateway.url() + next);
    }

    @Test
    void whatIsTypedIsNoMarkup() {
        var browser = new PageBrowser(gateway);
        var page = browser.submit("/auth/ui/login", Map.of("email", MARKUP, "password", "x", "next", "/?" + MARKUP));
        assertThat(page.text())
                .contains("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;{{7*7}}")
                .doesNotContain("<script>");
        var inQuery = browser.get("/auth/ui/login?next=" + encoded("/?x=" + MARKUP) + "&" + encoded(MARKUP) + "=1");
        assertThat(inQuery.text()).doesNotContain("<script>");
        assertThat(browser.get("/auth/ui/setup?next=/x").text()).doesNotContain("<script>");
    }

    @Test
    void norIsTheNameOfABrowser() {
        var bob = new PageBrowser(gateway);
        var app = bob.enrol(LegacyAccounts.BOB);
        var other = new PageBrowser(gateway);
        var login = PageBrowser.form(
                Map.of("email", LegacyAccounts.BOB.email(), "password", LegacyAccounts.BOB.password()));
        other.post("/auth/ui/login", PageBrowser.FORM, login, "Origin", gateway.url(), "User-Agent", "Evil/" + MARKUP);
        other.post(
                "/auth/ui/verify",
                PageBrowser.FORM,
                "remember=1&code=" + app.nextCode(),
                "Origin",
                gateway.url(),
                "User-Agent",
                "Evil/" + MARKUP);
        var settings = bob.get("/auth/ui/settings");
        assertThat(settings.text())
                .doesNotContain("Evil")
                .contains("A program that is not known")
                .contains("Where you are logged in")
                .contains("History")
                .doesNotContain("<script>");
        assertThat(bob.submit("/auth/ui/disable", Map.of("code", app.nextCode()))
                        .status())
                .isEqualTo(303);
    }
}
