package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.InBrowser;
import org.junit.jupiter.api.Test;

/** An admin without the phone: recovery codes, and a device that is remembered. */
@InBrowser
class LostPhoneIT {
    @Test
    void aRecoveryCodeWorksOnce(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        var codes = CodeStep.withApp(alice).recoveryCodes();
        alice.logsIn();
        recovers(alice, codes.get(3));
        assertThat(alice.heading()).hasText("Recovery code accepted");
        assertThat(alice.page().locator("[role=status]")).hasText("Recovery codes left: 9. Each works once.");
        alice.looksRight("en-recovery-used");
        alice.link("Continue").click();
        alice.isAtTheDashboard();

        CodeStep.logsOut(alice);
        alice.logsIn();
        recovers(alice, codes.get(3));
        assertThat(alice.alert()).isVisible();
        assertThat(alice.page().locator("#recovery")).isFocused();
        assertThat(alice.page().locator("#recovery")).hasAttribute("aria-invalid", "true");
        assertThat(alice.page().locator("#code:not([aria-invalid])")).hasCount(1);
        alice.looksRight("en-recovery-wrong");
        alice.page().locator("#recovery").fill(codes.get(4));
        alice.page().locator("details button").click();
        assertThat(alice.page().locator("[role=status]")).hasText("Recovery codes left: 8. Each works once.");
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void aRememberedDeviceIsAskedForNoCode(Chromium chromium) {
        try (var gateway = BrowserGateway.with("mfa: {rememberDevice: {roles: [superAdmin]}}")) {
            var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
            var app = CodeStep.withApp(alice).app();
            alice.logsIn();
            alice.page().locator("#remember").check();
            new CodeStep(alice).answered(app.nextCode());
            alice.isAtTheDashboard();
            CodeStep.logsOut(alice);
            alice.logsIn();
            alice.isAtTheDashboard();
            alice.visitor().hasSeenNothingWrong();
        }
    }

    private static void recovers(Admin admin, String code) {
        assertThat(admin.page().locator("#recovery")).isHidden();
        admin.page().locator("summary").click();
        admin.page().locator("#recovery").fill(code);
        admin.page().locator("details button").click();
    }
}
