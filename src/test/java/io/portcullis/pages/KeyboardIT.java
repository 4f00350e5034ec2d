package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.InBrowser;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A first admin who has no mouse. */
@InBrowser
class KeyboardIT {
    private static final int MANY = 40;

    @Test
    void fromTheLoginToTheDashboardAndTheSettings(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        var keys = alice.page().keyboard();
        alice.visitor().open(Admin.DASHBOARD);
        assertThat(alice.page().locator("#email")).isFocused();
        keys.type(LegacyAccounts.ALICE.email());
        tabsTo(alice, "#password");
        keys.type(LegacyAccounts.ALICE.password());
        keys.press("Enter");
        assertThat(alice.heading()).hasText("Set up two-factor authentication");
        tabsTo(alice, "form:has(input[value=totp]) button");
        keys.press("Space");
        assertThat(alice.page().locator("#code")).isFocused();
        keys.type(gateway.app(alice.page().locator("#secret").textContent()).code());
        alice.codes();
        tabsTo(alice, "form:has(#saved) button");
        keys.press("Enter");
        assertThat(alice.page().locator("#saved")).isFocused();
        assertThat(alice.page().locator("#saved-error")).hasText("Save the codes first, then tick this box.");
        keys.press("Space");
        tabsTo(alice, "form:has(#saved) button");
        keys.press("Enter");
        alice.isAtTheDashboard();

        tabsTo(alice, "a[href='/auth/ui/settings']");
        keys.press("Enter");
        assertThat(alice.heading()).hasText("Security");
        tabsTo(alice, "a[href='/auth/ui/recovery-codes']");
        keys.press("Enter");
        assertThat(alice.heading()).hasText("New recovery codes");
        assertThat(alice.page().locator("a[href='/auth/ui/settings']")).isFocused();
        keys.press("Enter");
        assertThat(alice.heading()).hasText("Security");
        tabsTo(alice, "button[formaction='/auth/ui/logout']");
        keys.press("Enter");
        assertThat(alice.page()).hasURL(Pattern.compile(".*/auth/ui/login$"));
        alice.visitor().hasSeenNothingWrong();
    }

    /** Goes there by the tabulator; wherever the focus is, it is seen. */
    private static void tabsTo(Admin admin, String selector) {
        for (int i = 0; i < MANY; i++) {
            admin.page().keyboard().press("Tab");
            if ((boolean) admin.page().evaluate("s => document.activeElement.matches(s)", selector)) {
                assertThat(admin.page().evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                        .as("the outline of " + selector)
                        .isNotEqualTo("none");
                return;
            }
        }
        throw new AssertionError("the tabulator does not lead to " + selector);
    }
}
