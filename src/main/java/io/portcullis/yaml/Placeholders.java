package io.portcullis.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides the braces of <code>${NAME}</code> from the YAML parser, which would take them for a mapping inside
 * <code>{ url: redis://${HOST} }</code>. Each character stands for one, so places stay right.
 */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}\\r\\n]*\\}");
    private static final String SHOWN = "{}[],";
    /** Private-use characters of Unicode; a file that has them itself is refused. */
    private static final String HIDDEN = "\uF8F0\uF8F1\uF8F2\uF8F3\uF8F4";

    private Placeholders() {}

    static boolean clashes(String text) {
        return text.chars().anyMatch(character -> HIDDEN.indexOf(character) >= 0);
    }

    static String hide(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(swap(found.group(), SHOWN, HIDDEN)));
    }

    static String show(String text) {
        return swap(text, HIDDEN, SHOWN);
    }

    private static String swap(String text, String from, String to) {
        for (int i = 0; i < from.length(); i++) {
            text = text.replace(from.charAt(i), to.charAt(i));
        }
        return text;
    }
}
