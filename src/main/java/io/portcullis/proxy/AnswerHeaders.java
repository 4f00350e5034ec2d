package io.portcullis.proxy;

import io.portcullis.http.CookieSettings;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The head that the client gets: the backend's, in its order and its letters, without anything that only the gateway may say; then ours. */
final class AnswerHeaders {
    private static final CharSequence X_REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
    private static final CharSequence COOKIE_AND_AUTHORIZATION = HttpHeaders.createOptimized("Cookie, Authorization");

    private static final HeaderNames REMOVED = new HeaderNames(names(), List.of(HopByHop.PROXY_PREFIX, "x-auth-"));

    /** Caches before the gateway obey these rather than {@code Cache-Control} (RFC 9213). */
    private static final HeaderNames CACHE_ORDERS = new HeaderNames(
            List.of("CDN-Cache-Control", "Cloudflare-CDN-Cache-Control", "Surrogate-Control", "X-Accel-Expires"),
            List.of());

    /** What a client must know before the body means nothing behind it, and some clients would obey it there (RFC 9110, section 6.5.1). */
    private static final HeaderNames NO_TRAILERS = new HeaderNames(
            List.of(
                    "Set-Cookie",
                    "Cache-Control",
                    "Age",
                    "Date",
                    "Expires",
                    "Vary",
                    "ETag",
                    "Last-Modified",
                    "Location",
                    "Refresh",
                    "Retry-After",
                    "Warning",
                    "WWW-Authenticate",
                    "Clear-Site-Data",
                    "Strict-Transport-Security",
                    "Content-Type",
                    "Content-Encoding",
                    "Content-Range",
                    "Content-Location",
                    "Content-Language",
                    "Content-Disposition",
                    "Content-Security-Policy",
                    "Host",
                    "Cookie",
                    "Authorization"),
            List.of("access-control-"));

    private final CookieCutter cookies;

    AnswerHeaders(CookieSettings cookies) {
        this.cookies = new CookieCutter(cookies);
    }

    private static List<String> names() {
        var names = new ArrayList<>(HopByHop.NAMES);
        names.addAll(List.of("X-Auth", "X-Portcullis", "X-Request-Id"));
        return names;
    }

    /** Fills an empty head. It has no framing yet. */
    void copy(MultiMap from, Forwarding forwarding, MultiMap to) {
        var named = HopByHop.named(from);
        for (var header : from) {
            var name = header.getKey();
            if (!REMOVED.contains(name) && (named == null || !named.contains(name))) {
                copy(name, header.getValue(), forwarding.privateAnswer(), to);
            }
        }
        if (forwarding.privateAnswer()) {
            keepFromSharedCaches(to);
        }
        to.add(X_REQUEST_ID, forwarding.origin().requestId());
        if (!forwarding.answerHeaders().isEmpty()) {
            forwarding.answerHeaders().forEach(to::set);
        }
    }

    /** The backend's trailers that may be behind a body; what {@code Trailer} announces is not asked for. */
    void copyTrailers(MultiMap from, MultiMap to) {
        for (var trailer : from) {
            var name = trailer.getKey();
            if (!REMOVED.contains(name) && !NO_TRAILERS.contains(name) && !CACHE_ORDERS.contains(name)) {
                to.add(name, trailer.getValue());
            }
        }
    }

    private void copy(String name, String value, boolean privateAnswer, MultiMap to) {
        boolean ours = name.equalsIgnoreCase("Set-Cookie") && cookies.sets(value);
        if (!ours && !(privateAnswer && CACHE_ORDERS.contains(name))) {
            to.add(name, value);
        }
    }

    /** An answer to one person. A cache that the client shares with others must not give it to them. */
    private static void keepFromSharedCaches(MultiMap headers) {
        var lines = headers.getAll(HttpHeaders.CACHE_CONTROL);
        if (lines.isEmpty()) {
            headers.set(HttpHeaders.CACHE_CONTROL, "private");
        } else if (lines.stream().noneMatch(AnswerHeaders::isPrivate)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "private, no-store");
        }
        headers.add(HttpHeaders.VARY, COOKIE_AND_AUTHORIZATION);
    }

    /** {@code private="field"} speaks of that field only (RFC 9111, section 5.2.2.7). */
    private static boolean isPrivate(String line) {
        for (var directive : line.toLowerCase(Locale.ROOT).split(",", -1)) {
            if (directive.strip().equals("private") || directive.strip().equals("no-store")) {
                return true;
            }
        }
        return false;
    }
}
