package io.portcullis.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.PageBrowser;
import io.portcullis.testing.browser.BrowserGateway;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages are small, and each is one answer. */
class PageSizeIT {
    private static final int MOST = 60 * 1024;

    private static BrowserGateway gateway;
    private static final Map<String, String> PAGES = new LinkedHashMap<>();

    @BeforeAll
    static void walk() {
        gateway = BrowserGateway.with("");
        var bob = new PageBrowser(gateway);
        keep("login", bob.get("/auth/ui/login?next=%2Fapp%2Fdashboard"));
        bob.logIn(LegacyAccounts.BOB);
        keep("setup", bob.get("/auth/ui/setup?next=%2Fapp%2Fdashboard"));
        keep("setup by e-mail", bob.submit("/auth/ui/setup", Map.of("action", "start", "method", "email")));
        var setup = bob.submit("/auth/ui/setup", Map.of("action", "start", "method", "totp"));
        keep("setup by app", setup);
        var app = gateway.app(PageBrowser.secret(setup));
        keep("codes", bob.submit("/auth/ui/setup", Map.of("action", "confirm", "code", app.code())));
        keep("settings", bob.get("/auth/ui/settings"));
        keep("confirm", bob.get("/auth/ui/disable"));
        keep("verify", new PageBrowser(gateway).logIn(LegacyAccounts.BOB));
        keep("error", bob.get("/auth/ui/logo"));
    }

    private static void keep(String name, Answer page) {
        assertThat(page.header("Content-Type")).as(name).contains("text/html; charset=utf-8");
        PAGES.put(name, page.text().replaceAll("data:image/png;base64,[^\"]*", "")); // the QR code is a picture
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void allTogetherAreUnder60KiB() {
        var script = new PageBrowser(gateway).get("/auth/ui/app.js").body().length;
        var sizes = new LinkedHashMap<String, Integer>();
        PAGES.forEach((name, html) -> sizes.put(name, html.getBytes(StandardCharsets.UTF_8).length));
        sizes.put("script", script);
        assertThat(sizes.values().stream().mapToInt(Integer::intValue).sum())
                .as("%s", sizes)
                .isLessThan(MOST);
    }

    @Test
    void eachHasItsStyleInItAndNothingElseToWaitFor() {
        PAGES.forEach((name, html) -> {
            assertThat(found(html, "<style>")).as(name).isEqualTo(1);
            assertThat(found(html, "<link ")).as(name).isEqualTo(1);
            assertThat(html).as(name).contains("<link rel=\"icon\" href=\"data:,\">");
            assertThat(found(html, "<(script|img|iframe|object|embed)[^>]* (src|data)=\"[^\"]+\""))
                    .as(name)
                    .isEqualTo(1);
            assertThat(html).as(name).contains("<script src=\"/auth/ui/app.js\" defer></script>");
            assertThat(html.substring(html.indexOf("</style>")))
                    .doesNotContain("url(")
                    .doesNotContain("@import");
        });
    }

    @Test
    void noneHasCodeOrStyleInItsMarkup() {
        PAGES.forEach((name, html) -> {
            assertThat(found(html, "<script")).as(name).isEqualTo(1);
            assertThat(found(html, "<[^>]* on[a-z]+=")).as(name).isZero();
            assertThat(found(html, "<[^>]* style=")).as(name).isZero();
            assertThat(found(html, "javascript:")).as(name).isZero();
        });
    }

    private static long found(String html, String pattern) {
        return Pattern.compile(pattern)
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .count();
    }
}
