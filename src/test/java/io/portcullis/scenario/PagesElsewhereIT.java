package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.PageBrowser;
import io.portcullis.testing.browser.BrowserGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages at the paths of the application, in its own brand, from its own files. */
class PagesElsewhereIT {
    @TempDir
    private static Path folder;

    private static BrowserGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(
                folder.resolve("login.html"),
                "{% extends \"layout\" %}{% block title %}Mine{% endblock %}{% block content %}<h1>{{"
                        + " text(\"login.title\") }} here</h1>{% endblock %}");
        Files.writeString(folder.resolve("texts_fr.properties"), "login.title=Entrez donc\n");
        Files.writeString(folder.resolve("style.css"), "body { color: #112233; }\n");
        Files.writeString(folder.resolve("mark.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        gateway = BrowserGateway.with("""
                pages:
                  brand:
                    name: Acme <Admin>
                    color: "#123abc"
                    logo: %1$s/mark.svg
                    footer: Only for "staff"
                    support: mailto:help@example.com
                  at: { login: [/admin/login], setup: [/admin/2fa-setup], verify: [/admin/2fa], settings: [/me] }
                  folder: %1$s
                """.formatted(folder));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Answer get(String path, String... headers) {
        return new PageBrowser(gateway).get(path, headers);
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/login, /auth/ui/login",
        "/admin/login?next=%2Fapp%2Fdashboard, /auth/ui/login?next=%2Fapp%2Fdashboard",
        "/admin/2fa-setup?lang=fr, /auth/ui/setup?lang=fr",
        "/admin/2fa, /auth/ui/verify",
        "/me, /auth/ui/settings",
        "/auth/ui, /auth/ui/settings",
    })
    void aPathOfTheApplicationLeadsToThePage(String path, String page) {
        for (var method : new String[] {"GET", "HEAD"}) {
            var answer = new PageBrowser(gateway).send(method, path);
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("Location")).contains(gateway.url() + page);
            assertThat(answer.header("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void anyOtherMethodGoesOnToTheRules() {
        var login = new PageBrowser(gateway)
                .post("/admin/login", "application/json", "{\"email\":\"bob@example.com\",\"password\":\"wrong\"}");
        assertThat(login.isOfTheGateway()).isFalse(); // the backend's own login, which stays where it was
        assertThat(login.status()).isEqualTo(401);
        assertThat(new PageBrowser(gateway).send("DELETE", "/admin/2fa").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(get("/admin/login/").header("Location"))
                .isNotEqualTo(get("/admin/login").header("Location"));
    }

    @Test
    void theFolderComesFirst() {
        assertThat(get("/auth/ui/login").text()).contains("<h1>Log in here</h1>");
        assertThat(get("/auth/ui/login", "Accept-Language", "fr").text()).contains("<h1>Entrez donc here</h1>");
        var style = get("/auth/ui/login").text().replaceFirst("(?s).*<style>(.*?)</style>.*", "$1");
        assertThat(style).contains("body{color: #112233}").doesNotContain("display");
        var error = new PageBrowser(gateway).send("PUT", "/auth/ui/login", "Accept", "text/html");
        assertThat(error.text()).contains("<p class=\"status\">405</p>"); // what is not overridden stays
    }

    @Test
    void theBrandIsOnEachPage() {
        var page = get("/auth/ui/login").text();
        assertThat(page)
                .contains("Acme &lt;Admin&gt;")
                .contains("--brand:#123abc")
                .contains("Only for &quot;staff&quot;")
                .contains("href=\"mailto:help@example.com\"")
                .contains("<img src=\"/auth/ui/logo\" alt=\"\" height=\"28\">");
        var logo = get("/auth/ui/logo");
        assertThat(logo.header("Content-Type")).contains("image/svg+xml");
        assertThat(logo.text()).startsWith("<svg");
        assertThat(logo.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("sandbox");
        assertThat(logo.header("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void aLanguageIsChosenAndKept() {
        var browser = new PageBrowser(gateway);
        assertThat(browser.get("/auth/ui/login?next=%2Fx").text())
                .contains("<a href=\"/auth/ui/login?next=%2Fx&amp;lang=fr\" lang=\"fr\" hreflang=\"fr\">");
        assertThat(browser.get("/auth/ui/login?next=%2Fx&lang=fr").text()).contains("<html lang=\"fr\">");
        assertThat(browser.get("/auth/ui/login").text()).contains("<html lang=\"fr\">");
        assertThat(browser.get("/auth/ui/login?lang=xx").text()).contains("<html lang=\"fr\">");
        assertThat(browser.get("/auth/ui/login?lang=en").text()).contains("<html lang=\"en\">");
    }
}
