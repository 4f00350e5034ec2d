package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.notice.Brand;
import io.portcullis.pages.PageName;
import io.portcullis.pages.PageSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pages}. */
class PagesConfigTest {
    private static final String MAIL = "mail: { url: smtp://a, from: a@b, brand: { name: Acme, color: '#123456' } }\n";

    @TempDir
    Path folder;

    private PageSettings pages(String yaml) {
        return Configs.valid(folder, Configs.LEAST + yaml, Map.of()).builtInPages();
    }

    private List<String> problems(String yaml) {
        return Configs.problems(folder, Configs.LEAST + yaml, Map.of());
    }

    private void own(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("own")).resolve(name), text);
    }

    @Test
    void whoSaysNothingHasTheGatewaysOwn() {
        var pages = pages("");
        assertThat(pages.brand()).isEqualTo(new Brand("Portcullis", "#0b7285"));
        assertThat(pages.at()).isEmpty();
        assertThat(pages.logo()).isEmpty();
        assertThat(pages.footer()).isEmpty();
        assertThat(pages.support()).isEmpty();
        assertThat(pages.folder()).isEmpty();
    }

    @Test
    void theBrandIsThatOfTheMailsUnlessThePagesHaveTheirOwn() {
        assertThat(pages(MAIL).brand()).isEqualTo(new Brand("Acme", "#123456"));
        assertThat(pages(MAIL + "pages: { brand: { name: Pages } }\n").brand())
                .isEqualTo(new Brand("Pages", "#123456"));
        assertThat(pages(MAIL + "pages: { brand: { color: '#abcdef' } }\n").brand())
                .isEqualTo(new Brand("Acme", "#abcdef"));
    }

    @Test
    void everythingElse() throws IOException {
        Files.writeString(folder.resolve("logo.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
        Files.createDirectory(folder.resolve("own"));
        var pages = pages("""
                pages:
                  brand: { logo: logo.svg, footer: Only for staff, support: mailto:help@example.com }
                  at: { login: [/admin/login, /login], setup: [/admin/2fa-setup], verify: [/admin/2fa], settings: [/me] }
                  folder: own
                """);
        assertThat(pages.logo()).contains(folder.resolve("logo.svg"));
        assertThat(pages.footer()).contains("Only for staff");
        assertThat(pages.support()).contains(URI.create("mailto:help@example.com"));
        assertThat(pages.folder()).contains(folder.resolve("own"));
        assertThat(pages.at())
                .isEqualTo(Map.of(
                        "/admin/login",
                        PageName.LOGIN,
                        "/login",
                        PageName.LOGIN,
                        "/admin/2fa-setup",
                        PageName.SETUP,
                        "/admin/2fa",
                        PageName.VERIFY,
                        "/me",
                        PageName.SETTINGS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ brand: { color: red } } | 6:26: /pages/brand/color: must be a colour",
                "{ brand: { name: 'a name that is a little too long for the head of a page, is it not' } } | 6:25: /pages/brand/name: must be at most 60 characters",
                "{ brand: { logo: none.svg } } | 6:25: /pages/brand/logo: is no file",
                "{ brand: { logo: portcullis.yaml } } | 6:25: /pages/brand/logo: cannot be used: logo is an SVG",
                "{ brand: { support: 'javascript:alert(1)' } } | 6:28: /pages/brand/support: is an https: or a mailto: address",
                "{ brand: { support: 'http://help.example.com' } } | 6:28: /pages/brand/support: is an https: or a mailto: address",
                "{ brand: { support: 'https://a b' } } | 6:28: /pages/brand/support: is no address",
                "{ brand: { colour: x } } | 6:19: /pages/brand/colour: unknown key",
                "{ folder: nowhere } | 6:18: /pages/folder: is no folder",
                "{ at: { home: [/x] } } | 6:16: /pages/at/home: unknown key",
                "{ at: { login: [/x], verify: [/x] } } | 6:38: /pages/at/verify/0: leads to another page already",
                "{ at: { login: [/auth/ui/verify] } } | 6:24: /pages/at/login/0: is where the pages are themselves",
                "{ at: { login: [/AUTH/ui/x] } } | 6:24: /pages/at/login/0: is where the pages are themselves",
                "{ at: { login: ['/app/*'] } } | 6:24: /pages/at/login/0: is taken to the letter",
                "{ at: { login: [/a/../b] } } | 6:24: /pages/at/login/0: is taken to the letter",
                "{ at: { login: [/a%20b] } } | 6:24: /pages/at/login/0: is taken to the letter",
                "{ at: { login: ['https://evil.example/'] } } | 6:24: /pages/at/login/0: must be",
            })
    void aFaultIsToldAtItsPlace(String pages, String problem) {
        assertThat(problems("pages: " + pages + "\n"))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void aBrokenPathIsToldBesideGoodOnesAndDuplicates() {
        assertThat(problems("pages: { at: { login: [app, /login], verify: [/login, 'https://x/'] } }\n"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("6:24: /pages/at/login/0: must "),
                        second -> assertThat(second).startsWith("6:47: /pages/at/verify/0: leads to another page"),
                        third -> assertThat(third).startsWith("6:55: /pages/at/verify/1: must "));
    }

    @Test
    void aFooterIsOneLine() {
        assertThat(problems("pages: { brand: { footer: " + "x".repeat(301) + " } }\n"))
                .containsExactly("6:27: /pages/brand/footer: is at most 300 characters");
    }

    @Test
    void aLogoIsSmall() throws IOException {
        Files.write(folder.resolve("logo.png"), new byte[64 * 1024 + 1]);
        assertThat(problems("pages: { brand: { logo: logo.png } }\n"))
                .singleElement()
                .asString()
                .startsWith("6:25: /pages/brand/logo: cannot be used: ")
                .contains("at most 64 KiB");
        Files.write(folder.resolve("logo.png"), new byte[64 * 1024]);
        assertThat(problems("pages: { brand: { logo: logo.png } }\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "login.html | {% if %}",
                "layout.html | {% block content %}",
                "parts.html | {{ text( }}",
                "texts_fr.properties | no.such.text=Bonjour",
                "texts_en.properties | login.title=\\u00zz",
            })
    void aFileOfTheFolderThatCannotBeUsedIsNamed(String name, String text) throws IOException {
        own(name, text);
        assertThat(problems("pages: { folder: own }\n"))
                .singleElement()
                .asString()
                .startsWith("6:18: /pages/folder: cannot be used: ")
                .contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logni.html", "texts_de.properties", "styles.css", "App.js"})
    void oneThatNothingReadsIsNamed(String name) throws IOException {
        own(name, "");
        own("login.html", "mine");
        assertThat(problems("pages: { folder: own }\n"))
                .containsExactly(
                        "6:18: /pages/folder: cannot be used: " + name + " has the name of no file of the pages");
    }

    @Test
    void norIsAFolderWhereAFileShouldBe() throws IOException {
        Files.createDirectories(folder.resolve("own/style.css"));
        assertThat(problems("pages: { folder: own }\n"))
                .singleElement()
                .asString()
                .contains("style.css");
    }

    @Test
    void oneThatCanBeIsTaken() throws IOException {
        own("login.html", "{% extends \"layout\" %}{% block content %}<h1>Mine</h1>{% endblock %}");
        own("texts_fr.properties", "login.title=Entrez");
        own("style.css", "body { color: red }");
        own("README", "not ours");
        own("README.md", "nor this");
        own("mark.svg", "<svg/>");
        own("mark.png", "an image");
        assertThat(problems("pages: { folder: own }\n")).isEmpty();
    }
}
