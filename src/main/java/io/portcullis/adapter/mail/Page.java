package io.portcullis.adapter.mail;

import io.portcullis.domain.notice.Brand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The HTML part: {@code mail.html} around a body of these pieces. Every text is escaped here. */
final class Page {
    private static final String LAYOUT = layout();

    private final Brand brand;

    Page(Brand brand) {
        this.brand = brand;
    }

    String with(Locale language, String title, String body, String footer) {
        return Texts.fill(
                LAYOUT,
                Map.of(
                        "language",
                        Texts.language(language).getLanguage(),
                        "title",
                        escaped(title),
                        "brand",
                        escaped(brand.name()),
                        "color",
                        brand.color(),
                        "onColor",
                        brand.onColor(),
                        "body",
                        body,
                        "footer",
                        escaped(footer)));
    }

    static String paragraph(String text) {
        return "<p style=\"margin:0 0 16px\">" + escaped(text) + "</p>\n";
    }

    static String strong(String text) {
        return "<p style=\"margin:0;font-weight:bold\">" + escaped(text) + "</p>\n";
    }

    /** Large and in the middle; the spaces between the digits are drawn, so that a copied code has none. */
    static String code(String code) {
        return "<p class=\"code\" style=\"margin:0 0 16px;padding:16px;background-color:#e9ecef;color:#000000;"
                + "font-family:Consolas,Menlo,monospace;font-size:34px;font-weight:bold;letter-spacing:6px;"
                + "text-align:center\">" + escaped(code) + "</p>\n";
    }

    static String facts(Map<String, String> facts) {
        var rows = new StringBuilder("<p style=\"margin:0 0 16px\">");
        facts.forEach((name, value) -> rows.append("<strong>")
                .append(escaped(name))
                .append(":</strong> ")
                .append(escaped(value))
                .append("<br>\n"));
        return rows.append("</p>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String layout() {
        try (var resource = Objects.requireNonNull(Page.class.getResourceAsStream("/mail.html"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
