package io.portcullis.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Request;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One person at a browser: cookies of their own, one page before them, and a record of what went wrong on all pages. */
public final class Visitor implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Set<String> NETWORK = Set.of("http", "https", "ws", "wss");

    private final BrowserContext context;
    private final String origin;
    private final Page page;
    private final List<String> foreignRequests = new ArrayList<>();
    private final List<Complaint> complaints = new ArrayList<>();
    private final Set<String> refusedPages = new HashSet<>();

    /**
     * A line in the console, or an exception that nobody caught.
     *
     * @param place what it is about, as {@code URL:line:column}; may be empty
     */
    private record Complaint(String text, String place) {
        boolean isAboutStatusOf(String url) {
            return text.startsWith("Failed to load resource: the server responded with a status of")
                    && place.startsWith(url + ":");
        }
    }

    Visitor(BrowserContext context, String origin) {
        this.context = context;
        this.origin = origin;
        context.onRequest(this::request);
        context.onResponse(response -> {
            if (response.status() >= 400 && response.request().isNavigationRequest()) {
                refusedPages.add(response.url());
            }
        });
        context.onConsoleMessage(this::console);
        context.onWebError(error -> complaints.add(new Complaint(error.error(), "")));
        this.page = context.newPage();
    }

    private void request(Request request) {
        var url = request.url();
        if (NETWORK.contains(url.substring(0, Math.max(0, url.indexOf(':')))) && !isOurs(URI.create(url))) {
            foreignRequests.add(url);
        }
    }

    private boolean isOurs(URI url) {
        return (url.getScheme() + "://" + url.getRawAuthority()).equals(origin);
    }

    private void console(ConsoleMessage message) {
        if (message.type().equals("error")) {
            complaints.add(new Complaint(message.text(), message.location()));
        }
    }

    /** The page before them. */
    public Page page() {
        return page;
    }

    /** Types an address, or a path of the gateway, and waits until the page is there. */
    public Page open(String address) {
        page.navigate(address);
        return page;
    }

    /** All of their browser: further pages, cookies, permissions. */
    public BrowserContext context() {
        return context;
    }

    /** The path and query that the address line shows. */
    public String location() {
        var url = page.url();
        return url.startsWith(origin + "/") ? url.substring(origin.length()) : url;
    }

    /** What their pages fetched from elsewhere than the gateway. */
    public List<String> foreignRequests() {
        return List.copyOf(foreignRequests);
    }

    /**
     * What the console says in red: exceptions, what the content security policy forbids, resources that cannot be had. A
     * page's own error status is none, nor that of an icon that no page names; the status of what a script fetches is.
     */
    public List<String> errors() {
        context.pages().forEach(Page::title); // what a page said before it answers this has arrived
        var expected = Stream.concat(refusedPages.stream(), Stream.of(origin + "/favicon.ico"))
                .toList();
        return complaints.stream()
                .filter(complaint -> expected.stream().noneMatch(complaint::isAboutStatusOf))
                .map(complaint -> (complaint.text() + " " + complaint.place()).strip())
                .toList();
    }

    /** Fails when a page fetched anything from elsewhere, or has an error. */
    public void hasSeenNothingWrong() {
        assertThat(errors()).as("errors in the console").isEmpty();
        assertThat(foreignRequests()).as("requests to other origins").isEmpty();
    }

    /** The whole page as {@code target/screenshots/<name>.png}. */
    public Path screenshot(String name) {
        var file = SCREENSHOTS.resolve(name + ".png");
        page.screenshot(new ScreenshotOptions().setPath(file).setFullPage(true));
        return file;
    }

    /** What axe finds wrong with the page for people who do not see or use it as most do: one line for each element. */
    public List<String> axe() {
        return Axe.violations(page);
    }

    @Override
    public void close() {
        context.close();
    }
}
