package io.portcullis.http;

import java.util.ArrayList;
import java.util.List;

/** The {@code Cookie} header as it came (RFC 6265, section 5.4): pairs are found, nothing is decoded. */
public final class CookieHeader {
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

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
