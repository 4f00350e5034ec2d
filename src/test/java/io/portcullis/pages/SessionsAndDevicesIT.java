package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.portcullis.pages.Enrolment.list;

import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.InBrowser;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The security settings: where one is logged in, and which devices are asked for no code. */
@InBrowser
class SessionsAndDevicesIT {
    private static final String SESSIONS = "Where you are logged in";

    @Test
    void anotherBrowserIsLoggedOutAtOnce(BrowserGateway gateway, Chromium chromium) {
        var enrolment = Enrolment.by(gateway, chromium.visitor(gateway));
        var elsewhere = loggedIn(enrolment, chromium);
        var alice = enrolment.atSettings();
        assertThat(list(alice, SESSIONS)).hasCount(2);
        assertThat(list(alice, SESSIONS).getByText("This session")).hasCount(1);
        alice.looksRight("settings-two-sessions");
        list(alice, SESSIONS).locator("button").click(); // one's own has none
        assertThat(alice.page().locator("[role=status]")).hasText("Logged out there.");
        assertThat(list(alice, SESSIONS)).hasCount(1);
        assertThat(list(alice, SESSIONS)).containsText("This session");
        isLoggedOut(elsewhere);
        alice.visitor().open(Admin.DASHBOARD);
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void allOthersAreLoggedOutAtOnce(BrowserGateway gateway, Chromium chromium) {
        var enrolment = Enrolment.by(gateway, chromium.visitor(gateway));
        assertThat(enrolment.atSettings().button("Log out everywhere else")).hasCount(0);
        var second = loggedIn(enrolment, chromium);
        var third = loggedIn(enrolment, chromium);
        var alice = enrolment.atSettings();
        assertThat(list(alice, SESSIONS)).hasCount(3);
        alice.button("Log out everywhere else").click();
        assertThat(alice.page().locator("[role=status]")).hasText("Logged out there.");
        assertThat(list(alice, SESSIONS)).hasCount(1);
        isLoggedOut(second);
        isLoggedOut(third);
        alice.visitor().open(Admin.DASHBOARD);
        alice.isAtTheDashboard();
        alice.visitor().hasSeenNothingWrong();
    }

    @Test
    void aForgottenDeviceIsAskedForACodeAgain(Chromium chromium) {
        try (var gateway = BrowserGateway.with("mfa: { rememberDevice: { roles: [superAdmin] } }")) {
            var enrolment = Enrolment.by(gateway, chromium.visitor(gateway));
            var alice = enrolment.atSettings();
            assertThat(list(alice, "Remembered devices")).hasCount(0);
            logsInAgain(alice);
            alice.page().locator("#remember").check();
            enrolment.enters(alice);
            alice.isAtTheDashboard();

            enrolment.atSettings();
            logsInAgain(alice);
            alice.isAtTheDashboard();

            enrolment.atSettings();
            assertThat(list(alice, "Remembered devices")).hasCount(1);
            assertThat(list(alice, "Remembered devices")).containsText("This device");
            alice.looksRight("settings-device");
            list(alice, "Remembered devices").locator("button").click();
            assertThat(alice.page().locator("[role=status]"))
                    .containsText("The next login from there asks for a code.");
            assertThat(list(alice, "Remembered devices")).hasCount(0);
            logsInAgain(alice);
            assertThat(alice.heading()).hasText("Verify that it is you");
            enrolment.enters(alice);
            alice.isAtTheDashboard();
            alice.visitor().hasSeenNothingWrong();
        }
    }

    private static Admin loggedIn(Enrolment enrolment, Chromium chromium) {
        var there = enrolment.logsInWith(chromium.visitor(enrolment.gateway()));
        enrolment.enters(there);
        there.isAtTheDashboard();
        return there;
    }

    private static void logsInAgain(Admin alice) {
        alice.button("Log out").click();
        assertThat(alice.page()).hasURL(Pattern.compile(".*/auth/ui/login$"));
        alice.logsIn();
    }

    private static void isLoggedOut(Admin there) {
        there.visitor().open(Admin.DASHBOARD);
        assertThat(there.page()).hasURL(Pattern.compile(".*/auth/ui/login\\?next=%2Fapp%2Fdashboard$"));
        there.visitor().hasSeenNothingWrong();
    }
}
