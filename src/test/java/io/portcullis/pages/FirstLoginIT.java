package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.Device;
import io.portcullis.testing.browser.InBrowser;
import org.junit.jupiter.api.Test;

/** An admin who has no second factor yet: from the login to the dashboard. */
@InBrowser
class FirstLoginIT {
    @Test
    void anAppIsSetUpOnTheWayToTheDashboard(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        alice.logsIn();
        assertThat(alice.heading()).hasText("Set up two-factor authentication");
        assertThat(alice.page().locator("main")).containsText("2FA is not enabled");
        alice.looksRight("en-setup");
        var enrolled = alice.setsUpApp();
        assertThat(alice.page().locator("main")).containsText("2FA enabled successfully!");
        assertThat(enrolled.recoveryCodes()).allMatch(code -> code.matches("[A-Z2-9]{6}-[A-Z2-9]{6}"));
        alice.looksRight("en-codes");
        alice.hasSavedTheCodes();
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void inFrench(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(
                gateway, chromium.visitor(gateway, Device.PHONE.french().dark()), LegacyAccounts.ALICE);
        alice.visitor().open(Admin.DASHBOARD);
        assertThat(alice.heading()).hasText("Connexion");
        alice.looksRight("fr-login");
        alice.fillsInLogin("wrong");
        assertThat(alice.alert()).containsText("Identifiants invalides");
        alice.logsIn();
        alice.looksRight("fr-setup");
        alice.page().locator("form:has(input[value=totp]) button").click();
        alice.looksRight("fr-setup-app");
    }
}
