package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.InBrowser;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An admin whose codes come by e-mail. */
@InBrowser
class EmailCodesIT {
    private static final String EMAIL = LegacyAccounts.BOB.email();
    private static final Duration RESEND = Duration.ofSeconds(31);

    @Test
    void theCodeComesWithTheLogin(BrowserGateway gateway, Chromium chromium) {
        var bob = enrolled(gateway, chromium);
        bob.logsIn();
        var step = new CodeStep(bob);
        step.isAsked();
        assertThat(bob.page().getByRole(AriaRole.STATUS)).hasText("A code is on its way to your e-mail address.");
        bob.looksRight("en-verify-email");
        step.answered(gateway.mails().awaitCode(EMAIL));
        bob.isAtTheDashboard();
        bob.visitor().hasSeenNothingWrong();
    }

    @Test
    void anotherCodeCanBeHadAfterAWhile(BrowserGateway gateway, Chromium chromium) {
        var bob = enrolled(gateway, chromium);
        bob.page().clock().install();
        bob.logsIn();
        var first = gateway.mails().awaitCode(EMAIL);
        assertThat(resend(bob)).isDisabled();
        assertThat(resend(bob)).hasText(Pattern.compile("Send another code \\((30|2\\d) s\\)"));
        passes(gateway, bob);
        assertThat(resend(bob)).isEnabled();
        assertThat(resend(bob)).hasText("Send another code");
        resend(bob).click();
        assertThat(bob.page().locator("[role=status]")).hasText("A code is on its way to b***@example.com.");
        assertThat(resend(bob)).isDisabled();
        bob.looksRight("en-verify-resent");
        var step = new CodeStep(bob);
        var second = gateway.mails().awaitCode(EMAIL);
        if (!first.equals(second)) {
            step.answered(first);
            step.isRefused("Invalid code");
        }
        step.answered(second);
        bob.isAtTheDashboard();
        bob.visitor().hasSeenNothingWrong();
    }

    @Test
    void whoeverAsksTooEarlyIsToldHowLongToWait(BrowserGateway gateway, Chromium chromium) {
        var bob = enrolled(gateway, chromium);
        bob.page().clock().install();
        bob.logsIn();
        gateway.mails().awaitCode(EMAIL);
        gateway.clock().advance(Duration.ofSeconds(10));
        bob.page().clock().fastForward(RESEND.toMillis()); // this browser's clock is wrong
        assertThat(new CodeStep(bob).sends(() -> resend(bob).click())).isEqualTo(429);
        assertThat(bob.alert()).containsText("Too many requests");
        assertThat(bob.alert().locator("[data-seconds]")).hasAttribute("data-seconds", "20");
        bob.looksRight("en-verify-too-early");
        bob.visitor().hasSeenNothingWrong();
    }

    @Test
    void anExpiredCodeSaysWhatToDo(BrowserGateway gateway, Chromium chromium) {
        var bob = enrolled(gateway, chromium);
        bob.page().clock().install();
        bob.logsIn();
        var step = new CodeStep(bob);
        var code = gateway.mails().awaitCode(EMAIL);
        passes(gateway, bob);
        gateway.codesExpire();
        step.answered(code);
        step.isRefused("Code expired");
        assertThat(bob.alert()).containsText("Ask for a new one.");
        bob.looksRight("en-verify-expired");
        resend(bob).click();
        assertThat(bob.page().locator("[role=status]")).containsText("b***@example.com");
        step.answered(gateway.mails().awaitCode(EMAIL));
        bob.isAtTheDashboard();
        bob.visitor().hasSeenNothingWrong();
    }

    @Test
    void aSetUpOutlivesItsFirstCode(BrowserGateway gateway, Chromium chromium) {
        var bob = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.BOB);
        bob.logsIn();
        bob.page().clock().install();
        bob.page().locator("form:has(input[value=email]) button").click();
        assertThat(bob.page().locator("[role=status]")).containsText("b***@example.com");
        bob.looksRight("en-setup-email");
        var code = gateway.mails().awaitCode(EMAIL);
        gateway.clock().advance(Duration.ofMinutes(10).plusSeconds(1));
        gateway.codesExpire();
        bob.page().locator("#code").fill(code);
        assertThat(bob.alert()).containsText("Code expired");
        assertThat(bob.alert()).containsText("Ask for a new one.");
        resend(bob).click();
        bob.page().locator("#code").fill(gateway.mails().awaitCode(EMAIL));
        bob.codes();
        bob.visitor().hasSeenNothingWrong();
    }

    private static Admin enrolled(BrowserGateway gateway, Chromium chromium) {
        var bob = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.BOB);
        CodeStep.withEmail(bob, gateway, LegacyAccounts.BOB);
        gateway.clock().advance(RESEND);
        return bob;
    }

    private static Locator resend(Admin bob) {
        return bob.page().locator("button[value=send]");
    }

    private static void passes(BrowserGateway gateway, Admin bob) {
        gateway.clock().advance(RESEND);
        bob.page().clock().fastForward(RESEND.toMillis());
    }
}
