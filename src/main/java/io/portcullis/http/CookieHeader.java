package io.portcullis.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Cookie} header as it came (RFC 6265, section 5.4): pairs are found, nothing is decoded. */
public final class CookieHeader {
    private static final Pattern PERCENT = Pattern.compile("%([0-9A-Fa-f]{2})");

    /** The comma is of RFC 2109. */
    private static final Pattern BETWEEN_PAIRS = Pattern.compile("[;,]");

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
                .flatMap(BETWEEN_PAIRS::splitAsStream)
                .filter(pair -> folded(pair.split("=", 2)[0]).equals(folded))
                .count();
        return readings != values(headers, name).size();
    }

    /**
     * The names of all cookies that have a name of some kind, as it stands or behind a comma that some server reads as the end of a
     * pair: {@code a=1, email=x} is the cookie {@code a}, and may be {@code email} too. Empty is the name of one without.
     */
    public static Set<String> namesOf(List<String> headers, Predicate<String> kind) {
        var names = new HashSet<String>();
        for (var header : headers) {
            for (var pair : header.split(";", -1)) {
                var name = name(pair);
                if (kind.test(name)
                        || BETWEEN_PAIRS
                                .splitAsStream(pair)
                                .map(CookieHeader::name)
                                .anyMatch(kind)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static String name(String pair) {
        return pair.split("=", 2)[0].trim();
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
