package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.App;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Alice with an app and recovery codes, at the browser in which she has set them up. */
record Enrolment(BrowserGateway gateway, Admin alice, App app, List<String> recoveryCodes) {
    static final String SETTINGS = "/auth/ui/settings";

    static Enrolment by(BrowserGateway gateway, Visitor visitor) {
        var alice = new Admin(gateway, visitor, LegacyAccounts.ALICE);
        alice.logsIn();
        var enrolled = alice.setsUpApp();
        alice.hasSavedTheCodes();
        alice.isAtTheDashboard();
        return new Enrolment(gateway, alice, enrolled.app(), enrolled.recoveryCodes());
    }

    /** Until the proof that came with the set-up, or any later one, is none any more. */
    void letsTheProofGrowOld() {
        gateway.clock().advance(Duration.ofMinutes(16));
    }

    Admin atSettings() {
        alice.visitor().open(SETTINGS);
        assertThat(alice.page()).hasURL(Pattern.compile(".*" + SETTINGS + "$"));
        return alice;
    }

    /** Alice at another browser, at the code step of her login. */
    Admin logsInWith(Visitor visitor) {
        var there = new Admin(gateway, visitor, LegacyAccounts.ALICE);
        there.logsIn();
        assertThat(there.page().locator("#code")).isVisible();
        return there;
    }

    void enters(Admin there) {
        there.page().locator("#code").fill(app.nextCode());
    }

    static void entersRecoveryCode(Admin there, String code) {
        var details = there.page().locator("details");
        if (details.getAttribute("open") == null) {
            details.locator("summary").click();
        }
        there.page().locator("#recovery").fill(code);
        details.locator("button").click();
    }

    /** The part of the settings under a heading, up to the next. */
    static Locator list(Admin there, String heading) {
        return there.page().locator("h2:text-is('" + heading + "') + ul > li");
    }
}
