package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.Device;
import io.portcullis.testing.browser.InBrowser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The field for a code, and the manners of forms. */
@InBrowser
class CodeFieldIT {
    @Test
    void itKeepsDigitsAndSendsThemWhenTheyAreWhole(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        var app = CodeStep.withApp(alice).app();
        alice.logsIn();
        var step = new CodeStep(alice);
        assertThat(step.field()).hasAttribute("autocomplete", "one-time-code");
        assertThat(step.field()).hasAttribute("inputmode", "numeric");
        step.field().pressSequentially("1a2-3");
        assertThat(step.field()).hasValue("123");
        step.field().fill("");
        var code = app.nextCode();
        alice.visitor().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        alice.page()
                .evaluate(
                        "text => navigator.clipboard.writeText(text)", code.substring(0, 3) + " " + code.substring(3));
        step.sends(() -> step.field().press("Control+v"));
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void whatIsMissingIsSaidBesideTheField(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway, Device.DESKTOP.french()), LegacyAccounts.ALICE);
        CodeStep.withApp(alice);
        alice.logsIn();
        var step = new CodeStep(alice);
        assertThat(step.field()).isFocused();
        var sent = new ArrayList<String>();
        alice.page().onRequest(request -> sent.add(request.url()));
        for (var digits : List.of("", "123")) {
            step.field().fill(digits);
            alice.page().locator("form:has(#code) button[data-busy]").click();
            assertThat(alice.page().locator("#code-error")).hasText("Saisissez tous les chiffres du code.");
            assertThat(step.field()).hasAttribute("aria-invalid", "true");
            assertThat(step.field()).isFocused();
        }
        alice.looksRight("fr-verify-missing");
        step.field().fill("12");
        assertThat(alice.page().locator("#code-error")).isEmpty();
        assertThat(sent).isEmpty();
        alice.visitor().hasSeenNothingWrong();
    }

    /** As on a slow line: the field is there before the script is. */
    @Test
    void whoIsFasterThanTheScriptNeedNotPressAnything(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        var app = CodeStep.withApp(alice).app();
        alice.logsIn();
        var code = new CompletableFuture<String>();
        alice.visitor().context().route("**/auth/ui/app.js", route -> {
            alice.page().locator("#code").fill(app.nextCode());
            code.complete(alice.page().locator("#code").inputValue());
            route.resume();
        });
        alice.visitor().open("/auth/ui/verify?next=" + Admin.DASHBOARD);
        assertThat(code).isCompletedWithValueMatching(typed -> typed.length() == 6);
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void aFormIsSentOnceAndSaysSo(BrowserGateway gateway, Chromium chromium) {
        var alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        alice.visitor().open(Admin.DASHBOARD);
        alice.page().evaluate("""
                () => document.querySelector("form[action='/auth/ui/login']").addEventListener('submit', event => {
                    if (!event.defaultPrevented) document.body.dataset.sent = (document.body.dataset.sent || '') + '1'
                    event.preventDefault() // stays, to be looked at
                })
                """);
        alice.page().locator("#email").fill(LegacyAccounts.ALICE.email());
        alice.page().locator("#password").fill(LegacyAccounts.ALICE.password());
        var button = alice.page().locator("form[action='/auth/ui/login'] button");
        button.dblclick();
        assertThat(button).hasText("One moment...");
        assertThat(alice.page().locator("body")).hasAttribute("data-sent", "1");
        alice.visitor().hasSeenNothingWrong();
    }
}
