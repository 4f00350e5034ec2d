package io.portcullis.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a person's browser that goes to a page from a program that wants an answer. */
public final class Navigating {
    private Navigating() {}

    /** By {@code Sec-Fetch-Mode}; without it, by an {@code Accept} that prefers HTML. Whatever the method. */
    public static boolean is(HttpServerRequest request) {
        var mode = request.getHeader("Sec-Fetch-Mode");
        return mode == null ? prefersHtml(request.getHeader(HttpHeaders.ACCEPT)) : mode.equals("navigate");
    }

    /** By {@code Sec-Fetch-Mode}; without it, by an {@code Accept} that prefers JSON. Neither this nor {@link #is} for whoever says nothing. */
    public static boolean isProgram(HttpServerRequest request) {
        var mode = request.getHeader("Sec-Fetch-Mode");
        return mode == null ? prefersJson(request.getHeader(HttpHeaders.ACCEPT)) : !mode.equals("navigate");
    }

    private static boolean prefersJson(@Nullable String accept) {
        return accept != null && quality(accept, "application/json") > quality(accept, "text/html");
    }

    private static boolean prefersHtml(@Nullable String accept) {
        return accept != null && quality(accept, "text/html") > quality(accept, "application/json");
    }

    /** The weight of a media type that is named itself (RFC 9110, section 12.5.1); zero for one that a wildcard covers. */
    private static double quality(String accept, String type) {
        for (var range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = range.split(";", -1);
            if (parts[0].trim().equals(type)) {
                for (int i = 1; i < parts.length; i++) {
                    var parameter = parts[i].trim();
                    if (parameter.startsWith("q=")) {
                        return weight(parameter.substring(2));
                    }
                }
                return 1;
            }
        }
        return 0;
    }

    private static double weight(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException broken) {
            return 0;
        }
    }
}
