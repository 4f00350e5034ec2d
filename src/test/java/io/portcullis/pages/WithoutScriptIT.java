package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.Device;
import io.portcullis.testing.browser.InBrowser;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever's browser runs no scripts logs in all the same. */
@InBrowser
class WithoutScriptIT {
    private static final Device PLAIN = Device.DESKTOP.withoutJavaScript();

    @Test
    void byAnAppOrARecoveryCode(BrowserGateway gateway, Chromium chromium) {
        var enrolled = CodeStep.withApp(new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE));
        var alice = new Admin(gateway, chromium.visitor(gateway, PLAIN), LegacyAccounts.ALICE);
        alice.logsIn();
        enters(alice, enrolled.app().wrongCode());
        assertThat(alice.alert()).containsText("Invalid code");
        assertThat(alice.alert()).containsText("Attempts left: 4.");
        enters(alice, enrolled.app().nextCode());
        alice.isAtTheDashboard();
        CodeStep.logsOut(alice);

        alice.logsIn();
        alice.page().locator("summary").click();
        alice.page().locator("#recovery").fill(enrolled.recoveryCodes().getFirst());
        alice.page().locator("details button").click();
        assertThat(alice.page().locator("[role=status]")).containsText("Recovery codes left: 9.");
        alice.link("Continue").click();
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void byEmail(BrowserGateway gateway, Chromium chromium) {
        CodeStep.withEmail(
                new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.BOB), gateway, LegacyAccounts.BOB);
        gateway.clock().advance(Duration.ofSeconds(31));
        var bob = new Admin(gateway, chromium.visitor(gateway, PLAIN), LegacyAccounts.BOB);
        bob.logsIn();
        var first = gateway.mails().awaitCode(LegacyAccounts.BOB.email());
        assertThat(first).hasSize(6);
        gateway.clock().advance(Duration.ofSeconds(31));
        bob.button("Send another code").click();
        assertThat(bob.page().locator("[role=status]")).containsText("b***@example.com");
        enters(bob, gateway.mails().awaitCode(LegacyAccounts.BOB.email()));
        bob.isAtTheDashboard();
        bob.visitor().hasSeenNothingWrong();
    }

    private static void enters(Admin admin, String code) {
        admin.page().locator("#code").fill(code);
        admin.page().locator("form:has(#code) button[data-busy]").click();
    }
}
