package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.portcullis.pages.Enrolment.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.InBrowser;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The security settings: how the second factor stands, and what can be changed about it. */
@InBrowser
class SettingsIT {
    private static final String MAIL = "alice@example.com";

    @Test
    void theyShowTheStateAndWhatHappenedInWords(BrowserGateway gateway, Chromium chromium) {
        var alice = Enrolment.by(gateway, chromium.visitor(gateway)).alice();
        alice.link("Security").click();
        assertThat(alice.heading()).hasText("Security");
        assertThat(alice.page().locator("svg.shield.ENABLED")).isVisible();
        assertThat(alice.page().locator(".state")).containsText("2FA is enabled");
        assertThat(alice.page().locator(".state")).containsText(MAIL);
        assertThat(alice.page().locator("main")).containsText("10 of 10 are left.");
        assertThat(list(alice, "Methods")).hasCount(2);
        assertThat(list(alice, "Methods").first()).containsText("Authenticator app");
        assertThat(alice.button("Add E-mail")).isVisible();
        var history = list(alice, "History").allInnerTexts();
        assertThat(history)
                .anyMatch(line -> line.startsWith("2FA enabled"))
                .anyMatch(line -> line.startsWith("Set-up started"))
                .anyMatch(line -> line.startsWith("Login"))
                .noneMatch(line -> line.matches("(?s).*[A-Z]{3,}_[A-Z]+.*"));
        alice.looksRight("settings");
        alice.button("Log out").click();
        assertThat(alice.page()).hasURL(Pattern.compile(".*/auth/ui/login$"));
        alice.visitor().open(Admin.DASHBOARD);
        assertThat(alice.page()).hasURL(Pattern.compile(".*/auth/ui/login\\?next=.*"));
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void aSecondMethodIsAddedTriedAndRemoved(BrowserGateway gateway, Chromium chromium) {
        var alice = Enrolment.by(gateway, chromium.visitor(gateway)).atSettings();
        alice.button("Add E-mail").click();
        alice.page().locator("#code").fill(gateway.mails().awaitCode(MAIL));
        says(alice, "The method was added.");
        assertThat(alice.link("Remove E-mail")).isVisible();
        assertThat(alice.link("Remove Authenticator app")).isVisible();
        alice.looksRight("settings-two-methods");

        gateway.clock().advance(Duration.ofSeconds(31));
        alice.button("Send a test code").click();
        says(
                alice,
                "A test code is on its way to your e-mail address. If it arrives, all is well: you need not enter it anywhere.");
        assertThat(gateway.mails().awaitCode(MAIL)).hasSize(6);

        alice.link("Remove E-mail").click();
        assertThat(alice.page().locator("main"))
                .containsText("Are you sure that you want to remove this method: E-mail?");
        alice.looksRight("remove");
        alice.button("Remove the method").click();
        says(alice, "The method was removed.");
        assertThat(alice.button("Add E-mail")).isVisible();
        assertThat(alice.link("Remove Authenticator app")).hasCount(0);
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void withAnOldProofTheWayToASecondMethodLeadsOverACode(BrowserGateway gateway, Chromium chromium) {
        var enrolment = Enrolment.by(gateway, chromium.visitor(gateway));
        enrolment.letsTheProofGrowOld();
        var alice = enrolment.atSettings();
        alice.button("Add E-mail").click();
        assertThat(alice.heading()).hasText("Verify that it is you");
        enrolment.enters(alice);
        assertThat(alice.heading()).hasText("Set up two-factor authentication");
        alice.button("Use e-mail").click();
        alice.page().locator("#code").fill(gateway.mails().awaitCode(MAIL));
        says(alice, "The method was added.");
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void recoveryCodesAreCountedAndReplaced(BrowserGateway gateway, Chromium chromium) {
        var enrolment = Enrolment.by(gateway, chromium.visitor(gateway));
        var elsewhere = enrolment.logsInWith(chromium.visitor(gateway));
        Enrolment.entersRecoveryCode(elsewhere, enrolment.recoveryCodes().getFirst());
        assertThat(elsewhere.page().locator("main")).containsText("Recovery codes left: 9.");

        var alice = enrolment.atSettings();
        assertThat(alice.page().locator("main")).containsText("9 of 10 are left.");
        alice.link("New recovery codes").click();
        assertThat(alice.page().locator("main")).containsText("New codes take the place of all earlier ones");
        alice.looksRight("regenerate");
        alice.button("New recovery codes").click();
        var codes = alice.codes();
        assertThat(codes).doesNotContainAnyElementsOf(enrolment.recoveryCodes());
        assertThat(alice.page().locator("main")).not().containsText("2FA enabled successfully!");
        alice.hasSavedTheCodes();
        says(alice, "You have new recovery codes.");
        assertThat(alice.page().locator("main")).containsText("10 of 10 are left.");

        var later = enrolment.logsInWith(chromium.visitor(gateway));
        Enrolment.entersRecoveryCode(later, enrolment.recoveryCodes().get(1));
        assertThat(later.alert()).containsText("Invalid code");
        Enrolment.entersRecoveryCode(later, codes.getFirst());
        assertThat(later.page().locator("main")).containsText("Recovery codes left: 9.");
        later.link("Continue").click();
        later.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
        later.visitor().hasSeenNothingWrong();
    }

    @Test
    void aSessionWithOneFactorIsLedToTheCodeFirst(BrowserGateway gateway, Chromium chromium) {
        var early = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        early.logsIn();
        assertThat(early.heading()).hasText("Set up two-factor authentication");
        var enrolment = Enrolment.by(gateway, chromium.visitor(gateway));
        early.visitor().open(Enrolment.SETTINGS);
        assertThat(early.page())
                .hasURL(Pattern.compile(".*/auth/ui/verify\\?next=%2Fauth%2Fui%2Fsettings&for=session$"));
        early.looksRight("verify");
        enrolment.enters(early);
        assertThat(early.page()).hasURL(Pattern.compile(".*/auth/ui/settings$"));
        assertThat(early.heading()).hasText("Security");
        early.visitor().hasSeenNothingWrong();
    }

    private static void says(Admin alice, String done) {
        assertThat(alice.page()).hasURL(Pattern.compile(".*/auth/ui/settings\\?done=[a-z]+$"));
        assertThat(alice.page().locator("[role=status]")).hasText(done);
    }
}
