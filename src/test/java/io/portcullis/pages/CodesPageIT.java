package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.InBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that shows recovery codes: once, and not left behind before they are kept somewhere. */
@InBrowser
class CodesPageIT {
    @Test
    void theCodesAreDownloadedAndCopied(BrowserGateway gateway, Chromium chromium) throws IOException {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        alice.visitor().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        alice.logsIn();
        var codes = alice.setsUpApp().recoveryCodes();
        var download = alice.page().waitForDownload(() -> alice.link("Download").click());
        assertThat(download.suggestedFilename()).isEqualTo("recovery-codes.txt");
        assertThat(Files.readAllLines(download.path())).isEqualTo(codes);
        alice.button("Copy").click();
        assertThat(alice.button("Copied")).isVisible();
        assertThat(String.valueOf(alice.page().evaluate("navigator.clipboard.readText()"))
                        .lines()
                        .toList())
                .isEqualTo(codes);
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void whoeverHasNotSavedThemStaysAndIsToldWhy(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        alice.logsIn();
        alice.setsUpApp();
        alice.button("Continue").click();
        assertThat(alice.page().locator("#saved-error")).hasText("Save the codes first, then tick this box.");
        assertThat(alice.page().locator("#saved")).isFocused();
        alice.looksRight("codes-not-saved");
        alice.hasSavedTheCodes();
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void aReloadDoesNotShowThemTwice(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        alice.logsIn();
        var codes = alice.setsUpApp().recoveryCodes();
        alice.page().reload();
        assertThat(alice.page().locator("main")).containsText("2FA is enabled");
        assertThat(alice.page().locator("#codes")).hasCount(0);
        assertThat(alice.page().content()).doesNotContain(codes);
        alice.looksRight("codes-reloaded");
        alice.visitor().hasSeenNothingWrong();
    }
}
