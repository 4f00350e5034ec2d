package io.portcullis.testing.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The installed Chromium, without a window. It, its visitors and their pages belong to the thread that started it. */
public final class Chromium implements AutoCloseable {
    /** Root has no sandbox, and a container's shared memory is too small for pages. */
    private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-dev-shm-usage");

    /** How long a page may take to become as expected, in milliseconds: only what never comes takes so long. */
    private static final double PATIENCE = 30_000;

    private final Playwright playwright;
    private final Browser browser;
    private final List<Visitor> visitors = new ArrayList<>();

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        var program = ChromiumProgram.find().orElseThrow();
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            var options = new LaunchOptions().setExecutablePath(program).setArgs(FLAGS);
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (RuntimeException failure) {
            playwright.close();
            throw failure;
        }
    }

    /** Somebody who was never at that gateway, with an English desktop. */
    public Visitor visitor(BrowserGateway gateway) {
        return visitor(gateway, Device.DESKTOP);
    }

    /** Somebody who was never at that gateway; gone when the test ends. */
    public Visitor visitor(BrowserGateway gateway, Device device) {
        var visitor = new Visitor(browser.newContext(device.options(gateway.url())), gateway.url());
        visitors.add(visitor);
        return visitor;
    }

    void closeVisitors() {
        visitors.forEach(Visitor::close);
        visitors.clear();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
