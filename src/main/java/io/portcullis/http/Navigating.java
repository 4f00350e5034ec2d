package io.portcullis.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.function.Predicate;
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
        return accept != null && quality(accept, Navigating::isJson) > quality(accept, "text/html"::equals);
    }

    private static boolean prefersHtml(@Nullable String accept) {
        return accept != null && quality(accept, "text/html"::equals) > quality(accept, Navigating::isJson);
    }

    /** Also such as {@code application/problem+json} (RFC 6839, section 3.1). */
    private static boolean isJson(String type) {
        return type.equals("application/json") || type.endsWith("+json");
    }

    /** The best weight of media types that are named themselves (RFC 9110, section 12.5.1); zero where only a wildcard covers one. */
    private static double quality(String accept, Predicate<String> isSuch) {
        double best = 0;
        for (var range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = range.split(";", -1);
            if (isSuch.test(parts[0].trim())) {
                best = Math.max(best, weight(parts));
            }
        }
        return best;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].trim();
            if (parameter.startsWith("q=")) {
                return weight(parameter.substring(2));
            }
        }
        return 1;
    }

    private static double weight(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException broken) {
            return 0;
        }
    }
}
