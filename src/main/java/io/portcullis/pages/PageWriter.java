package io.portcullis.pages;

import io.portcullis.http.HtmlAnswer;
import io.portcullis.pages.Shown.View;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what a page shows into HTML, in the frame that all pages have. For any thread. */
final class PageWriter {
    private static final Map<String, Locale> LANGUAGES = Map.of("English", Locale.ENGLISH, "Français", Locale.FRENCH);

    private static final Logger LOG = LoggerFactory.getLogger(PageWriter.class);

    private final PageSettings settings;
    private final Templates templates;
    private final Optional<Templates> shipped; // where the operator has others
    private final StyleSheet style;
    private final String policy;

    /** Throws {@code IllegalArgumentException} for a folder with a file that cannot be used. */
    PageWriter(PageSettings settings, URI publicUrl) {
        this.settings = settings;
        var texts = new PageTexts(settings.folder());
        this.templates = new Templates(texts, settings.folder());
        this.shipped = settings.folder().map(own -> new Templates(texts, Optional.empty()));
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
        var html = html(view.template(), language, model);
        return new HtmlAnswer(
                view.status(), Buffer.buffer(html), policy, !view.template().equals("error"));
    }

    /** What is wrong with an operator's template may show only with some values; it must not keep anybody out. */
    private String html(String template, Locale language, Map<String, Object> model) {
        try {
            return templates.render(template, language, model);
        } catch (RuntimeException broken) {
            if (shipped.isEmpty()) {
                throw broken;
            }
            LOG.error("{}.html of pages.folder could not be shown; the one in the jar stands in", template, broken);
            return shipped.get().render(template, language, model);
        }
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
