package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Stores;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.Device;
import io.portcullis.testing.browser.InBrowser;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A picture of each page, in {@code target/screenshots}, and nothing on any of them that axe objects to. */
@InBrowser
class ScreenshotsIT {
    /** The demo's, with a backend that is not there and without a rule for everything else. */
    private static String rules(int nobody) {
        return """
                upstreams: { gone: { url: "http://127.0.0.1:%d" } }
                rules:
                  - { path: /app/login, access: public, upstream: legacy }
                  - { path: /app/me, access: deny }
                  - { path: /app/**, access: two-factor, roles: [admin, superAdmin], upstream: legacy }
                  - { path: /admin/login, access: public, upstream: legacy }
                  - { path: /gone, access: public, upstream: gone }
                """.formatted(nobody);
    }

    /** The browser of a picture, and what the names of its pictures begin with. */
    record Look(String name, Device device) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Look> looks() {
        return Stream.of(
                new Look("en", Device.DESKTOP),
                new Look("fr", Device.DESKTOP.french()),
                new Look("en-dark", Device.DESKTOP.dark()),
                new Look("fr-phone-dark", Device.PHONE.french().dark()),
                new Look("en-phone", Device.PHONE));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void thePages(Look look, Chromium chromium) {
        try (var gateway = BrowserGateway.with("")) {
            var alice = admin(look, gateway, chromium, LegacyAccounts.ALICE);
            alice.visitor().open(Admin.DASHBOARD);
            shows(look, alice, "login");
            alice.logsIn();
            shows(look, alice, "setup");
            start(alice, "email");
            shows(look, alice, "setup-email");
            alice.page().locator("main p > a[href^='/auth/ui/setup']").click();
            start(alice, "totp");
            shows(look, alice, "setup-app");
            var app = gateway.app(alice.page().locator("#secret").textContent());
            alice.page().locator("#code").fill(app.code());
            var codes = alice.codes();
            shows(look, alice, "codes");
            alice.hasSavedTheCodes();
            alice.isAtTheDashboard();
            alice.visitor().open("/auth/ui/settings");
            shows(look, alice, "settings");
            alice.visitor().open("/auth/ui/disable");
            shows(look, alice, "disable");
            alice.visitor().open("/auth/ui/recovery-codes");
            shows(look, alice, "regenerate");
            alice.visitor().open("/auth/ui/settings");
            gateway.clock().advance(Duration.ofSeconds(31));
            start(alice, "email");
            alice.page()
                    .locator("#code")
                    .fill(gateway.mails().codes("alice@example.com").getLast());
            alice.page().locator("a[href='/auth/ui/remove?method=email']").click();
            shows(look, alice, "remove");

            var again = admin(look, gateway, chromium, LegacyAccounts.ALICE);
            again.logsIn();
            shows(look, again, "code");
            again.page().locator("summary").click();
            shows(look, again, "verify");
            Enrolment.entersRecoveryCode(again, codes.getFirst());
            assertThat(again.page().locator("#recovery")).hasCount(0);
            shows(look, again, "recovery-used");
            alice.visitor().hasSeenNothingWrong();
            again.visitor().hasSeenNothingWrong();
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void theErrors(Look look, Chromium chromium) {
        try (var gateway = BrowserGateway.with(rules(Stores.freePort()))) {
            var carol = admin(look, gateway, chromium, LegacyAccounts.CAROL);
            carol.visitor().open("/auth/ui/login");
            carol.page().evaluate("""
                    () => {
                        const form = document.createElement('form')
                        form.method = 'post'
                        form.action = '/app/users'
                        document.body.append(form)
                        form.submit()
                    }
                    """);
            showsError(look, carol, 401);
            carol.visitor().open("/nowhere");
            showsError(look, carol, 404);
            carol.visitor().open("/gone");
            showsError(look, carol, 502);
            carol.logsIn();
            showsError(look, carol, 403);
            carol.visitor().hasSeenNothingWrong();
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void tooManyCodes(Look look, Chromium chromium) {
        try (var gateway = BrowserGateway.with("limits: { sendCode: { account: 1/1h } }")) {
            var alice = admin(look, gateway, chromium, LegacyAccounts.ALICE);
            alice.logsIn();
            start(alice, "email");
            gateway.clock().advance(Duration.ofSeconds(31));
            alice.visitor().open("/auth/ui/setup");
            var answer = alice.page().waitForResponse("**/auth/ui/setup", () -> start(alice, "email"));
            assertThat(answer.status()).isEqualTo(429);
            assertThat(alice.alert().locator("[data-seconds]")).isVisible();
            shows(look, alice, "429");
            alice.visitor().hasSeenNothingWrong();
        }
    }

    private static Admin admin(Look look, BrowserGateway gateway, Chromium chromium, LegacyAccount account) {
        return new Admin(gateway, chromium.visitor(gateway, look.device()), account);
    }

    private static void start(Admin alice, String method) {
        alice.page().locator("form:has(input[value=" + method + "]) button").click();
    }

    private static void showsError(Look look, Admin admin, int status) {
        assertThat(admin.page().locator("p.status")).hasText(Integer.toString(status));
        assertThat(admin.page().locator("main small code").first()).not().isEmpty();
        shows(look, admin, Integer.toString(status));
    }

    /** A page of the gateway, in the language of the browser. */
    private static void shows(Look look, Admin admin, String page) {
        assertThat(admin.page().locator("html"))
                .hasAttribute("lang", look.device().locale().substring(0, 2));
        assertThat(admin.page().locator("footer")).hasCount(1);
        admin.looksRight(look.name() + "-" + page);
    }
}
