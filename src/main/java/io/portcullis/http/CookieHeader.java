package io.portcullis.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Cookie} header as it came (RFC 6265, section 5.4): pairs are found, nothing is decoded. */
public final class CookieHeader {
    private static final Pattern PERCENT = Pattern.compile("%([0-9A-Fa-f]{2})");

    private CookieHeader() {}

    /** Every value that the cookie of this name has in these headers, quotes taken off. */
    public static List<String> values(List<String> headers, String name) {
        var values = new ArrayList<String>(1);
        for (var header : headers) {
            for (var pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).trim().equals(name)) {
                    values.add(unquoted(pair.substring(equals + 1).trim()));
                }
            }
        }
        return values;
    }

    /**
     * Whether some server could read another pair of these headers as the cookie of this name: by a comma between pairs (RFC
     * 2109), letter case, percent-encoding, or signs that it passes over.
     */
    static boolean hasOtherSpelling(List<String> headers, String name) {
        var folded = folded(name);
        long readings = headers.stream()
                .flatMap(header -> Arrays.stream(header.split("[;,]", -1)))
                .filter(pair -> folded(pair.split("=", 2)[0]).equals(folded))
                .count();
        return readings != values(headers, name).size();
    }

    private static String folded(String name) {
        var decoded = PERCENT.matcher(name)
                .replaceAll(hex -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
        return decoded.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
