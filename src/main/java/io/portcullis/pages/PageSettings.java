package io.portcullis.pages;

import io.portcullis.domain.notice.Brand;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How the pages look, and where else they are found.
 *
 * @param logo an SVG, PNG, WebP or JPEG file
 * @param footer a line at the end of each page
 * @param support where a person who cannot go on finds help: an {@code https:} or {@code mailto:} address
 * @param at local paths that lead to a page, besides its own
 * @param folder with files that stand in for templates, texts and the style sheet of the same name
 */
public record PageSettings(
        Brand brand,
        Optional<Path> logo,
        Optional<String> footer,
        Optional<URI> support,
        Map<String, PageName> at,
        Optional<Path> folder) {
    private static final int LONGEST_FOOTER = 300;

    public PageSettings {
        at = Map.copyOf(at);
        if (footer.filter(text -> text.length() > LONGEST_FOOTER).isPresent()) {
            throw new IllegalArgumentException("pages.brand.footer is at most 300 characters");
        }
        if (support.filter(url -> !isHelp(url)).isPresent()) {
            throw new IllegalArgumentException("pages.brand.support is an https: or a mailto: address");
        }
    }

    private static boolean isHelp(URI url) {
        return "mailto".equals(url.getScheme())
                || ("https".equals(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null);
    }
}
