package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import io.portcullis.demo.LegacyAccount;
import io.portcullis.testing.browser.BrowserGateway;
import java.util.regex.Pattern;

/** What comes after the password of an admin who has a second factor. */
final class CodeStep {
    private final Admin admin;

    CodeStep(Admin admin) {
        this.admin = admin;
    }

    /** From nothing to an app that is set up, and out again. */
    static Admin.Enrolled withApp(Admin admin) {
        admin.logsIn();
        var enrolled = admin.setsUpApp();
        admin.hasSavedTheCodes();
        admin.isAtTheDashboard();
        logsOut(admin);
        return enrolled;
    }

    /** From nothing to codes by e-mail, and out again. */
    static void withEmail(Admin admin, BrowserGateway gateway, LegacyAccount account) {
        admin.logsIn();
        admin.page().locator("form:has(input[value=email]) button").click();
        admin.page().locator("#code").fill(gateway.mails().awaitCode(account.email()));
        admin.codes();
        admin.hasSavedTheCodes();
        admin.isAtTheDashboard();
        logsOut(admin);
    }

    static void logsOut(Admin admin) {
        admin.visitor().open("/auth/ui/settings");
        admin.page().locator("button[formaction='/auth/ui/logout']").click();
        assertThat(admin.page()).hasURL(Pattern.compile(".*/auth/ui/login$"));
    }

    Locator field() {
        return admin.page().locator("#code");
    }

    /** Enters a code, which a page with scripts sends by itself; the status of what comes. */
    int answered(String code) {
        return sends(() -> field().fill(code));
    }

    /** Does what sends the form; the status of what comes. */
    int sends(Runnable action) {
        return admin.page().waitForResponse(CodeStep::isVerification, action).status();
    }

    private static boolean isVerification(Response response) {
        return response.request().method().equals("POST") && response.url().endsWith("/auth/ui/verify");
    }

    /** The step is there and waits for a code. */
    void isAsked() {
        assertThat(admin.heading()).hasText("Verify that it is you");
        assertThat(field()).isFocused();
        assertThat(admin.page().locator("#password")).hasCount(0);
    }

    /** The code was refused, in these words, and the field is ready for another. */
    void isRefused(String words) {
        assertThat(admin.alert()).containsText(words);
        assertThat(field()).hasAttribute("aria-invalid", "true");
        assertThat(field()).isEmpty();
        isAsked();
    }

    /** The path that the address line shows. */
    void isAt(String path) {
        assertThat(admin.visitor().location()).isEqualTo(path);
    }
}
