package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.Device;
import io.portcullis.testing.browser.InBrowser;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever switches the second factor off is asked whether it is meant. */
@InBrowser
class DisablePageIT {
    @Test
    void inFrenchItAsksInTheWordsThatPeopleKnow(BrowserGateway gateway, Chromium chromium) {
        var enrolment = Enrolment.by(gateway, chromium.visitor(gateway, Device.DESKTOP.french()));
        var alice = enrolment.atSettings();
        alice.link("Désactiver le 2FA").click();
        assertThat(alice.heading()).hasText("Désactiver le 2FA");
        assertThat(
                        alice.page()
                                .getByText(
                                        "Êtes-vous sûr de vouloir désactiver le 2FA ? Cela réduira la sécurité de votre compte."))
                .isVisible();
        assertThat(alice.link("Annuler")).isFocused();
        alice.button("Désactiver le 2FA").click();
        assertThat(alice.page().locator("main")).containsText("2FA désactivée.");
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void cancelledItChangesNothing(BrowserGateway gateway, Chromium chromium) {
        var alice = Enrolment.by(gateway, chromium.visitor(gateway)).atSettings();
        alice.link("Disable 2FA").click();
        alice.looksRight("disable");
        alice.link("Cancel").click();
        assertThat(alice.heading()).hasText("Security");
        assertThat(alice.page().locator("main")).containsText("2FA is enabled");
        alice.visitor().open(Admin.DASHBOARD);
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void confirmedItLeadsFromTheDashboardToTheSetUpWhichBeginsAfresh(BrowserGateway gateway, Chromium chromium) {
        var enrolment = Enrolment.by(gateway, chromium.visitor(gateway));
        var alice = enrolment.atSettings();
        alice.link("Disable 2FA").click();
        assertThat(alice.page().locator("#code")).hasCount(0);
        alice.button("Disable 2FA").click();
        isDisabled(alice);
        alice.looksRight("settings-disabled");
        alice.visitor().open(Admin.DASHBOARD);
        assertThat(alice.page()).hasURL(Pattern.compile(".*/auth/ui/setup\\?next=%2Fapp%2Fdashboard$"));
        alice.setsUpApp();
        alice.hasSavedTheCodes();
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void withAnOldProofItAsksForACode(BrowserGateway gateway, Chromium chromium) {
        var enrolment = Enrolment.by(gateway, chromium.visitor(gateway));
        enrolment.letsTheProofGrowOld();
        var alice = enrolment.atSettings();
        alice.link("Disable 2FA").click();
        alice.button("Disable 2FA").click();
        assertThat(alice.alert()).containsText("Please enter a current code");
        assertThat(alice.page().locator("#code")).isFocused();
        alice.looksRight("disable-asks-for-a-code");
        alice.page().locator("#code").fill(enrolment.app().wrongCode());
        assertThat(alice.alert()).containsText("Invalid code");
        enrolment.enters(alice);
        isDisabled(alice);
        alice.visitor().hasSeenNothingWrong();
    }

    private static void isDisabled(Admin alice) {
        assertThat(alice.page().locator("[role=status]")).hasText("2FA was disabled.");
        assertThat(alice.page().locator("main")).containsText("2FA is not enabled");
        assertThat(alice.page().locator("svg.shield.DISABLED")).isVisible();
    }
}
