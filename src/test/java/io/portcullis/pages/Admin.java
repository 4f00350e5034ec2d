package io.portcullis.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.portcullis.demo.LegacyAccount;
import io.portcullis.testing.App;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Visitor;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody who uses the pages in a browser, as English or French has them. */
final class Admin {
    static final String DASHBOARD = "/app/dashboard";

    private final BrowserGateway gateway;
    private final Visitor visitor;
    private final LegacyAccount account;

    Admin(BrowserGateway gateway, Visitor visitor, LegacyAccount account) {
        this.gateway = gateway;
        this.visitor = visitor;
        this.account = account;
    }

    /** What setting up brings. */
    record Enrolled(App app, List<String> recoveryCodes) {}

    Visitor visitor() {
        return visitor;
    }

    Page page() {
        return visitor.page();
    }

    /** Wants to see the dashboard, and fills in the login page that comes instead. */
    void logsIn() {
        visitor.open(DASHBOARD);
        assertThat(page()).hasURL(Pattern.compile(".*/auth/ui/login\\?next=%2Fapp%2Fdashboard"));
        fillsInLogin(account.password());
    }

    void fillsInLogin(String password) {
        page().locator("#email").fill(account.email());
        page().locator("#password").fill(password);
        page().locator("form[action='/auth/ui/login'] button").click();
    }

    /** From the choice of a method to the recovery codes. */
    Enrolled setsUpApp() {
        page().locator("form:has(input[value=totp]) button").click();
        var app = gateway.app(page().locator("#secret").textContent());
        page().locator("#code").fill(app.code());
        return new Enrolled(app, codes());
    }

    /** Those that the page shows. */
    List<String> codes() {
        assertThat(page().locator("#codes li")).hasCount(10);
        return page().locator("#codes li").allTextContents().stream()
                .map(String::strip)
                .toList();
    }

    void hasSavedTheCodes() {
        page().locator("#saved").check();
        page().locator("form:has(#saved) button").click();
    }

    void isAtTheDashboard() {
        assertThat(page()).hasURL(Pattern.compile(".*" + DASHBOARD + "$"));
        assertThat(page().locator("body")).containsText(account.email());
    }

    Locator button(String name) {
        return page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    Locator link(String name) {
        return page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    Locator alert() {
        return page().getByRole(AriaRole.ALERT);
    }

    Locator heading() {
        return page().locator("h1");
    }

    /** The page has nothing that axe objects to, and a picture of it is kept. */
    void looksRight(String name) {
        visitor.screenshot(name);
        assertThat(visitor.axe()).as(name).isEmpty();
    }
}
