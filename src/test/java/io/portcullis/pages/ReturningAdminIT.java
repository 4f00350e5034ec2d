package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.InBrowser;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An admin who set up an app earlier and logs in again. */
@InBrowser
class ReturningAdminIT {
    private Admin alice;
    private CodeStep step;
    private Admin.Enrolled enrolled;

    @BeforeEach
    void enrol(BrowserGateway gateway, Chromium chromium) {
        alice = new Admin(gateway, chromium.visitor(gateway), LegacyAccounts.ALICE);
        step = new CodeStep(alice);
        enrolled = CodeStep.withApp(alice);
    }

    @Test
    void theCodeIsAskedForOnTheSamePage() {
        alice.logsIn();
        step.isAsked();
        step.isAt("/auth/ui/login");
        alice.looksRight("en-verify");
        step.answered(enrolled.app().nextCode());
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void afterAWrongCodeTheRightOneIsEnough() {
        alice.logsIn();
        assertThat(step.answered(enrolled.app().wrongCode())).isEqualTo(400);
        step.isRefused("Invalid code");
        assertThat(alice.alert()).containsText("Attempts left: 4.");
        alice.looksRight("en-verify-wrong");
        step.answered(enrolled.app().nextCode());
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void aCodeWorksOnce() {
        var code = enrolled.app().nextCode();
        alice.logsIn();
        step.answered(code);
        alice.isAtTheDashboard();
        CodeStep.logsOut(alice);
        alice.logsIn();
        step.answered(code);
        step.isRefused("Code already used");
        alice.looksRight("en-verify-used");
        step.answered(enrolled.app().nextCode());
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void tooManyWrongCodesLock() {
        alice.logsIn();
        for (int left = 4; left > 0; left--) {
            step.answered(enrolled.app().wrongCode());
            assertThat(alice.alert()).containsText("Attempts left: " + left + ".");
        }
        assertThat(step.answered(enrolled.app().wrongCode())).isEqualTo(400);
        assertThat(alice.heading()).hasText("This login is over");
        assertThat(alice.alert()).containsText("There were too many wrong codes.");
        alice.looksRight("en-verify-last");
        alice.link("Log in again").click();
        alice.fillsInLogin(LegacyAccounts.ALICE.password());
        step.isAsked();
        assertThat(step.answered(enrolled.app().nextCode())).isEqualTo(423);
        assertThat(alice.alert()).containsText("Second factor locked");
        assertThat(alice.alert().locator("[data-seconds]")).hasAttribute("data-seconds", "870");
        assertThat(alice.alert().locator("[data-seconds]")).hasText("15 min");
        alice.looksRight("en-verify-locked");
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void aLoginThatTookTooLongBeginsAgain(BrowserGateway gateway) {
        alice.logsIn();
        step.isAsked();
        gateway.clock().advance(Duration.ofMinutes(5).plusSeconds(1));
        gateway.loginsExpire();
        assertThat(step.answered(enrolled.app().code())).isEqualTo(401);
        assertThat(alice.heading()).hasText("This login is over");
        alice.looksRight("en-login-over");
        alice.link("Log in again").click();
        assertThat(alice.page()).hasURL(Pattern.compile(".*/auth/ui/login\\?next=%2Fapp%2Fdashboard$"));
        alice.fillsInLogin(LegacyAccounts.ALICE.password());
        step.answered(enrolled.app().nextCode());
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void theApplicationsOwnLoginPageLeadsToTheCode() {
        alice.visitor().open("/app/login");
        alice.page().locator("[name=email]").fill(LegacyAccounts.ALICE.email());
        alice.page().locator("[name=password]").fill(LegacyAccounts.ALICE.password());
        alice.page().locator("form[action='/app/login'] button").click();
        assertThat(alice.page()).hasURL(Pattern.compile(".*/auth/ui/verify\\?next=%2Fapp%2Fdashboard$"));
        step.isAsked();
        step.answered(enrolled.app().nextCode());
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }
}
