package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route.FulfillOptions;
import io.portcullis.testing.browser.BrowserGateway;
import io.portcullis.testing.browser.Chromium;
import io.portcullis.testing.browser.Device;
import io.portcullis.testing.browser.InBrowser;
import io.portcullis.testing.browser.Visitor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A real browser in front of the demo. */
@InBrowser
class ChromiumIT {
    private static final String STRICT = "default-src 'none'; script-src 'self'; style-src 'self'";

    @Test
    void thePageOfTheBackendIsShownInBothLanguages(BrowserGateway gateway, Chromium chromium) {
        for (var device : new Device[] {Device.DESKTOP, Device.PHONE.french().dark()}) {
            var visitor = chromium.visitor(gateway, device);
            var page = visitor.open("/");
            assertThat(page.title()).isEqualTo("Legacy shop");
            assertThat(page.evaluate("navigator.language")).isEqualTo(device.locale());
            assertThat(visitor.screenshot("legacy-shop-" + device.locale())).isNotEmptyFile();
            visitor.hasSeenNothingWrong();
        }
    }

    @Test
    void whoIsNotLoggedInIsLedToTheLoginPage(BrowserGateway gateway, Chromium chromium) {
        var visitor = chromium.visitor(gateway, Device.DESKTOP.withoutJavaScript());
        visitor.open("/admin");
        assertThat(visitor.location()).endsWith("?next=%2Fadmin");
        visitor.hasSeenNothingWrong();
    }

    @Test
    void axeTellsWhatIsWrongWithAPageAndIsNotStoppedByItsPolicy(BrowserGateway gateway, Chromium chromium) {
        var visitor = chromium.visitor(gateway);
        serve(visitor, "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>");
        visitor.open("/strict");
        int before = visitor.errors().size(); // the policy forbids the picture
        assertThat(visitor.axe()).anyMatch(line -> line.startsWith("critical image-alt: "));
        assertThat(visitor.errors()).hasSize(before);
    }

    @Test
    void whatThePolicyForbidsIsAnError(BrowserGateway gateway, Chromium chromium) {
        var visitor = chromium.visitor(gateway);
        serve(visitor, "<script>document.title = 'run'</script>");
        assertThat(visitor.open("/strict").title()).isEmpty();
        assertThat(visitor.errors()).singleElement().asString().contains("Content Security Policy");
    }

    @Test
    void whatComesFromElsewhereIsTold(BrowserGateway gateway, Chromium chromium) {
        var visitor = chromium.visitor(gateway);
        visitor.context()
                .route("http://elsewhere.example/**", route -> route.fulfill(new FulfillOptions().setBody("")));
        visitor.open("/").evaluate("fetch('http://elsewhere.example/x', {mode: 'no-cors'})");
        assertThat(visitor.foreignRequests()).containsExactly("http://elsewhere.example/x");
    }

    @Test
    void anErrorPageIsNoErrorOfItsOwn(BrowserGateway gateway, Chromium chromium) {
        var visitor = chromium.visitor(gateway);
        visitor.open("/nothing-here");
        visitor.hasSeenNothingWrong();
        visitor.page().waitForConsoleMessage(() -> visitor.page().evaluate("fetch('/nothing-there')"));
        assertThat(visitor.errors()).singleElement().asString().contains("404", "/nothing-there");
    }

    @Test
    void theFileOfTheDemoCanBeChanged(Chromium chromium) {
        try (var gateway = BrowserGateway.with("rules: [{ path: /**, access: public, upstream: legacy }]")) {
            var visitor = chromium.visitor(gateway);
            assertThat(visitor.open("/admin").title()).isEqualTo("Legacy administration");
        }
    }

    private static void serve(Visitor visitor, String body) {
        visitor.context()
                .route(
                        "**/strict",
                        route -> route.fulfill(new FulfillOptions()
                                .setContentType("text/html")
                                .setHeaders(Map.of("Content-Security-Policy", STRICT))
                                .setBody("<!doctype html><html lang=en>" + body)));
    }
}
