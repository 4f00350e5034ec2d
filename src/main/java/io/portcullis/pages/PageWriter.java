package io.portcullis.pages;

import io.portcullis.http.HtmlAnswer;
import io.portcullis.pages.Shown.View;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts what a page shows into HTML, in the frame that all pages have. For any thread. */
final class PageWriter {
    private static final Map<String, Locale> LANGUAGES = Map.of("English", Locale.ENGLISH, "Français", Locale.FRENCH);

    private final PageSettings settings;
    private final Templates templates;
    private final StyleSheet style;
    private final String policy;

    /** Throws {@code IllegalArgumentException} for a folder with a file that cannot be used. */
    PageWriter(PageSettings settings, URI publicUrl) {
        this.settings = settings;
        this.templates = new Templates(new PageTexts(settings.folder()), settings.folder());
        this.style = StyleSheet.of(PageFiles.text("style.css", settings.folder()), settings.brand());
        // A form's redirects count as well, and they lead to the public URL, whatever host the page was asked of.
        this.policy = "default-src 'none'; script-src 'self'; style-src " + style.source()
                + "; img-src 'self' data:; form-action 'self' " + publicUrl.getScheme() + "://"
                + publicUrl.getRawAuthority() + "; base-uri 'none'; frame-ancestors 'none'";
    }

    /** @param switchTo the local path of the same page, to which the language is added; empty where a switch would lose what was sent */
    HtmlAnswer write(View view, Locale language, String switchTo) {
        var model = new HashMap<>(view.model());
        model.put("language", language.getLanguage());
        model.put("brand", settings.brand().name());
        model.put("hasLogo", settings.logo().isPresent());
        model.put("footer", settings.footer().orElse(""));
        model.put("support", settings.support().map(URI::toString).orElse(""));
        model.put("style", style.css());
        model.put("page", view.template());
        model.put("languages", switchTo.isEmpty() ? List.of() : others(language, switchTo));
        var html = templates.render(view.template(), language, model);
        return new HtmlAnswer(view.status(), Buffer.buffer(html), policy);
    }

    private static List<Map<String, String>> others(Locale language, String switchTo) {
        return LANGUAGES.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(language))
                .map(entry -> Map.of(
                        "name", entry.getKey(),
                        "code", entry.getValue().getLanguage(),
                        "href",
                                switchTo + (switchTo.contains("?") ? "&" : "?") + BuiltInPages.LANGUAGE + "="
                                        + entry.getValue().getLanguage()))
                .toList();
    }
}
