package io.portcullis.pages;

import io.portcullis.domain.notice.Brand;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The style sheet, which stands in each page so that the first paint needs one answer, and the hash by which the policy lets it and
 * no other in (CSP level 3, section 2.3.1).
 *
 * @param css as it stands between the tags
 */
record StyleSheet(String css) {
    /** {@code shipped}, without the white space that only people need, in the colour of the brand. */
    static StyleSheet of(String shipped, Brand brand) {
        var dense = shipped.replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?([{};,]) ?", "$1")
                .replace(";}", "}")
                .strip();
        return new StyleSheet(":root{--brand:%s;--on-brand:%s}%s".formatted(brand.color(), brand.onColor(), dense));
    }

    /** A source expression of {@code style-src}. */
    String source() {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
