package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.App;
import io.portcullis.testing.QrCode;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.InBrowser;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The set-up page shows the state that it finds, and what can be done from there. */
@InBrowser
class SetupStatesIT {
    private static final String SETUP = "/auth/ui/setup";

    /** Somebody at the QR code. */
    private record Scanning(Admin alice, App app, String secret) {
        static Scanning by(BrowserGateway gateway, Chromium chromium) {
            var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
            alice.logsIn();
            assertThat(alice.page().locator("main")).containsText("2FA is not enabled");
            assertThat(alice.button("Resume: enter the code from the app")).hasCount(0);
            return startedBy(gateway, alice);
        }

        static Scanning startedBy(BrowserGateway gateway, Admin alice) {
            alice.button("Use an authenticator app").click();
            var secret = alice.page().locator("#secret").textContent();
            return new Scanning(alice, gateway.app(secret), secret);
        }

        void enters(String code) {
            alice.page().locator("#code").fill(code);
        }
    }

    @Test
    void abandonedAfterTheQrCodeItIsResumedWithTheAppThatScannedIt(BrowserGateway gateway, Chromium chromium) {
        var scanning = Scanning.by(gateway, chromium);
        var alice = scanning.alice();
        alice.visitor().open(SETUP + "?next=%2Fapp%2Fdashboard");
        assertThat(alice.page().locator("main")).containsText("2FA set-up in progress");
        assertThat(alice.page().locator("svg.SETUP_IN_PROGRESS")).isVisible();
        alice.looksRight("setup-running");
        alice.button("Resume: enter the code from the app").click();
        assertThat(alice.page().locator("#code")).isFocused();
        assertThat(alice.page().locator("#secret")).hasCount(0);
        alice.looksRight("setup-resumed");
        scanning.enters(scanning.app().code());
        alice.codes();
        alice.hasSavedTheCodes();
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void startedAfreshItHasANewSecretAndTheOldOneIsDead(BrowserGateway gateway, Chromium chromium) {
        var first = Scanning.by(gateway, chromium);
        var alice = first.alice();
        alice.visitor().open(SETUP);
        assertThat(alice.heading()).hasText("Set up two-factor authentication");
        var second = Scanning.startedBy(gateway, alice);
        assertThat(second.secret()).isNotEqualTo(first.secret());
        second.enters(first.app().code());
        assertThat(alice.alert()).containsText("Invalid code");
        second.enters(second.app().code());
        alice.codes();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void aWrongCodeLeavesTheQrCodeAndTheSecretOnThePage(BrowserGateway gateway, Chromium chromium) {
        var scanning = Scanning.by(gateway, chromium);
        var alice = scanning.alice();
        var picture = alice.page().locator("img.qr").getAttribute("src");
        scanning.enters(scanning.app().wrongCode());
        assertThat(alice.alert()).containsText("Invalid code");
        assertThat(alice.alert()).containsText("Attempts left: 4.");
        assertThat(alice.page().locator("#secret")).hasText(scanning.secret());
        assertThat(alice.page().locator("img.qr")).hasAttribute("src", picture);
        assertThat(alice.page().locator("#code")).isFocused();
        alice.looksRight("setup-wrong-code");
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void theQrCodeSaysWhatTheLinkAndTheSecretSay(BrowserGateway gateway, Chromium chromium) {
        var scanning = Scanning.by(gateway, chromium);
        var page = scanning.alice().page();
        var scanned = QrCode.scanned(page.locator("img.qr").getAttribute("src"));
        assertThat(scanned)
                .startsWith("otpauth://totp/")
                .contains("secret=" + scanning.secret())
                .isEqualTo(page.locator("a[href^='otpauth:']").getAttribute("href"));
        scanning.alice().visitor().hasSeenNothingWrong();
    }

    @Test
    void whoeverConfirmsTooLateIsToldToStartAgain(BrowserGateway gateway, Chromium chromium) {
        var scanning = Scanning.by(gateway, chromium);
        var alice = scanning.alice();
        gateway.clock().advance(Duration.ofMinutes(15).plusSeconds(1));
        scanning.enters(scanning.app().code());
        assertThat(alice.alert()).containsText("Setup not started");
        assertThat(alice.alert()).containsText("Start the set-up first.");
        assertThat(alice.page().locator("main")).containsText("2FA is not enabled");
        alice.looksRight("setup-too-late");
        alice.visitor().open(SETUP);
        assertThat(alice.page().locator("main")).containsText("2FA is not enabled");
        assertThat(alice.button("Resume: enter the code from the app")).hasCount(0);
        var again = Scanning.startedBy(gateway, alice);
        again.enters(again.app().code());
        alice.codes();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void aLogoutAbandonsItAndTheNextLoginAsksForNoCode(BrowserGateway gateway, Chromium chromium) {
        var alice = Scanning.by(gateway, chromium).alice();
        alice.visitor().open(SETUP);
        alice.button("Log out").click();
        assertThat(alice.page()).hasURL(Pattern.compile(".*/auth/ui/login$"));
        alice.logsIn();
        assertThat(alice.page()).hasURL(Pattern.compile(".*/auth/ui/setup\\?next=.*"));
        assertThat(alice.page().locator("main")).containsText("2FA is not enabled");
        assertThat(alice.button("Resume: enter the code from the app")).hasCount(0);
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void onceEnabledThereIsNothingMoreToDo(BrowserGateway gateway, Chromium chromium) {
        var alice = Enrolment.by(gateway, chromium.visitor(gateway)).alice();
        alice.visitor().open(SETUP + "?next=%2Fapp%2Fdashboard");
        assertThat(alice.page().locator("main")).containsText("2FA is enabled");
        assertThat(alice.page().locator("svg.shield.ENABLED")).isVisible();
        assertThat(alice.button("Use an authenticator app")).hasCount(0);
        assertThat(alice.link("Security")).hasAttribute("href", "/auth/ui/settings");
        alice.looksRight("setup-enabled");
        alice.link("Continue").click();
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void eMailIsSetUpByTheCodeOfAMail(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        alice.logsIn();
        alice.button("Use e-mail").click();
        assertThat(alice.page().locator("main")).containsText("A code is on its way to a***@example.com.");
        alice.looksRight("setup-email");
        var first = gateway.mails().awaitCode("alice@example.com");
        gateway.clock().advance(Duration.ofSeconds(31));
        alice.visitor().open(SETUP + "?next=%2Fapp%2Fdashboard");
        alice.button("Resume: enter the code from the e-mail").click();
        alice.button("Send another code").click();
        assertThat(alice.page().locator("main")).containsText("A code is on its way to a***@example.com.");
        var second = gateway.mails().awaitCode("alice@example.com");
        alice.page().locator("#code").fill(second.equals(first) ? "000000" : first);
        assertThat(alice.alert()).containsText("Invalid code");
        alice.page().locator("#code").fill(second);
        alice.codes();
        alice.hasSavedTheCodes();
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }
}
