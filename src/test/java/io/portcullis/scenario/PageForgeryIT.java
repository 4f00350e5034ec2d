package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.PageBrowser;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.browser.BrowserGateway;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another site, with the cookies of somebody who is logged in here, sends the forms of our pages. */
class PageForgeryIT {
    private static final String CHANGES = "server: { cors: { allowedOrigins: [" + TestGateway.CONSOLE + "] } }";

    /** Every page that takes a form, with one that it would take. */
    private static final Map<String, Map<String, String>> FORMS = Map.of(
            "login", Map.of("email", LegacyAccounts.BOB.email(), "password", LegacyAccounts.BOB.password()),
            "verify", Map.of("code", "123456"),
            "setup", Map.of("action", "start", "method", "totp"),
            "settings", Map.of("action", "revoke-others"),
            "disable", Map.of("code", "123456"),
            "remove", Map.of("method", "totp", "code", "123456"),
            "recovery-codes", Map.of("code", "123456"),
            "logout", Map.of());

    private static BrowserGateway gateway;

    private PageBrowser victim;

    @BeforeAll
    static void start() {
        gateway = BrowserGateway.with(CHANGES);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void somebodyIsLoggedIn() {
        victim = new PageBrowser(gateway);
        assertThat(victim.logIn(LegacyAccounts.BOB).status()).isEqualTo(303);
    }

    private static Stream<Arguments> forgeries() {
        var headers = List.of(
                new String[] {"Origin", "https://evil.example"},
                new String[] {"Origin", "https://evil.example", "Sec-Fetch-Site", "same-origin"},
                new String[] {"Origin", "null"},
                new String[] {"Origin", "null", "Sec-Fetch-Site", "cross-site"},
                new String[] {"Origin", "http://sub.localhost"},
                new String[] {"Origin", "http://localhost"}, // another port
                new String[] {"Origin", TestGateway.CONSOLE},
                new String[] {"Sec-Fetch-Site", "cross-site"},
                new String[] {"Sec-Fetch-Site", "same-site"},
                new String[] {"Sec-Fetch-Site", "none"},
                new String[] {"X-Nothing", "neither says who it is"});
        return FORMS.keySet().stream().sorted().flatMap(page -> headers.stream().map(one -> Arguments.of(page, one)));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aFormOfAnotherSiteIsRefusedAndNothingChanges(String page, String[] headers) {
        var answer = send(page, headers);
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
        assertThat(answer.headers("Set-Cookie")).isEmpty();
        assertNothingChanged();
    }

    private Answer send(String page, String... headers) {
        return victim.post(
                "/auth/ui/" + page, PageBrowser.FORM, PageBrowser.form(FORMS.getOrDefault(page, Map.of())), headers);
    }

    private void assertNothingChanged() {
        var page = victim.get("/auth/ui/setup");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("2FA is not enabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "verify", "setup", "settings", "disable", "remove", "recovery-codes", "logout"})
    void oneOfOurOwnPageIsTaken(String page) {
        assertThat(send(page, "Origin", gateway.url()).status()).isNotEqualTo(403);
        var another = new PageBrowser(gateway);
        another.logIn(LegacyAccounts.BOB);
        victim = another;
        // Behind a Referrer-Policy of no-referrer a browser names no origin, and says all the same that it is ours.
        assertThat(send(page, "Origin", "null", "Sec-Fetch-Site", "same-origin").status())
                .isNotEqualTo(403);
        victim = new PageBrowser(gateway);
        victim.logIn(LegacyAccounts.BOB);
        var told = victim.post("/auth/ui/setup", PageBrowser.FORM, "action=saved", "Sec-Fetch-Site", "same-origin");
        assertThat(told.status()).isEqualTo(303);
        gateway.nobody().with("Cookie", victim.cookieHeader()).logout(); // ends a set-up that was begun
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json", "multipart/form-data; boundary=x", "application/xml"})
    void anythingButAFormIsRefused(String type) {
        for (var page : FORMS.keySet()) {
            var answer = victim.post("/auth/ui/" + page, type, "code=123456", "Origin", gateway.url());
            assertThat(answer.code()).as(page).isEqualTo("INVALID_REQUEST");
        }
        assertNothingChanged();
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        for (var page : FORMS.keySet()) {
            var body = "code=" + "1".repeat(64 * 1024);
            var answer = victim.post("/auth/ui/" + page, PageBrowser.FORM, body, "Origin", gateway.url());
            assertThat(answer.code()).as(page).isEqualTo("BODY_TOO_LARGE");
        }
        assertNothingChanged();
    }

    @Test
    void lookingChangesNothing() {
        for (var form : FORMS.entrySet()) {
            var path = "/auth/ui/" + form.getKey();
            assertThat(victim.get(path + "?" + PageBrowser.form(form.getValue()))
                            .status())
                    .as(path)
                    .isIn(200, 302);
            assertThat(victim.send("HEAD", path).status()).as(path).isIn(200, 302);
        }
        assertThat(victim.get("/auth/ui/logout").header("Location")).contains(gateway.url() + "/auth/ui/settings");
        assertNothingChanged();
    }

    /** The first is meant, whatever somebody appended. */
    @Test
    void ofTwoValuesOfAFieldTheFirstCounts() {
        var answer = victim.post(
                "/auth/ui/setup",
                PageBrowser.FORM,
                "action=saved&action=start&method=totp&next=/app/dashboard&next=//evil.example",
                "Origin",
                gateway.url());
        assertThat(answer.header("Location")).contains(gateway.url() + "/app/dashboard");
        assertNothingChanged();
    }
}
