package io.portcullis.domain.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One credential as a request carries it, and the name of its cookie; empty for {@code Authorization: Bearer}. */
public record Carried(String credential, Optional<String> cookie) {
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    /** More than any chain of programs decodes. */
    private static final int DECODINGS = 8;

    public static Carried bearer(String token) {
        return new Carried(token, Optional.empty());
    }

    public static Carried cookie(String name, String value) {
        return new Carried(value, Optional.of(name));
    }

    /**
     * The same for every spelling of a cookie that some backend takes for one: percent-decoded once or more, in quotes, a plus
     * for a space. Else an ended one would live on in another spelling. A bearer has one spelling.
     */
    public Fingerprint fingerprint() {
        return Fingerprint.of(cookie.isEmpty() ? credential : decoded(unquoted(credential)));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static String decoded(String value) {
        var before = value;
        for (int i = 0; i < DECODINGS; i++) {
            var after = ESCAPE.matcher(before.replace('+', ' '))
                    .replaceAll(escape ->
                            Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(escape.group(1), 16))));
            if (after.equals(before)) {
                return after;
            }
            before = after;
        }
        return before;
    }

    @Override
    public String toString() {
        return "Carried[" + cookie.orElse("bearer") + "]";
    }
}
