package io.portcullis.gate;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A request target (RFC 9112, section 3.2) that may be judged. What was judged is what is sent: {@link #forwarded()} is the very string, never one
 * made anew from its parts.
 */
public final class RequestTarget {
    /** In characters; a longer target is refused, so that finding its readings costs a bounded time. */
    public static final int MAX_LENGTH = 4096;

    private static final Set<String> ALLOWED = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final String path;
    private final String forwarded;
    private final String reading;
    private final List<String> otherReadings;

    private RequestTarget(String forwarded) {
        int query = forwarded.indexOf('?');
        this.forwarded = forwarded;
        path = query < 0 ? forwarded : forwarded.substring(0, query);
        reading = path.toLowerCase(Locale.ROOT);
        otherReadings = PathReadings.besides(reading);
    }

    /**
     * Takes the raw target as the client sent it.
     *
     * @param host the {@code Host} as the client sent it; an absolute-form target names the same, or is refused
     * @throws Refused {@code INVALID_REQUEST} for a target of another form or with a byte that no target has, {@code METHOD_NOT_ALLOWED} for CONNECT
     *     and TRACE, {@code AMBIGUOUS_PATH} for a path with more readings than are worth judging
     */
    public static RequestTarget of(String method, String target, String host) {
        // In any case: a backend that folds the method would answer a "trace" with the credentials in it.
        if (method.equalsIgnoreCase("CONNECT") || method.equalsIgnoreCase("TRACE")) {
            throw new Refused(new Problem.MethodNotAllowed(ALLOWED));
        }
        if (target.isEmpty() || target.length() > MAX_LENGTH) {
            throw refused("has from 1 to " + MAX_LENGTH + " characters");
        }
        checkCharacters(target);
        return new RequestTarget(target.charAt(0) == '/' ? target : originForm(method, target, host));
    }

    /** The path as the client sent it, without the query. */
    public String path() {
        return path;
    }

    /** What is sent to the backend, character for character. */
    public String forwarded() {
        return forwarded;
    }

    /**
     * Whether this is the request for one exact path, such as a route of ours or a captured login; letter case does not count.
     *
     * @param exact in lower case
     * @throws Refused {@code AMBIGUOUS_PATH} when it is not as it stands, but some server could read it so
     */
    public boolean is(String exact) {
        if (reading.equals(exact)) {
            return true;
        }
        if (otherReadings.contains(exact)) {
            throw new Refused(new Problem.AmbiguousPath());
        }
        return false;
    }

    /** The path as it stands, in lower case. */
    String reading() {
        return reading;
    }

    /** What else some server could read, in lower case; empty for a plain path. */
    List<String> otherReadings() {
        return otherReadings;
    }

    private static void checkCharacters(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c < 0x21 || c > 0x7E || c == '#') {
                throw refused("has a character that is not allowed");
            }
            if (c == '%' && !(i + 2 < target.length() && isHex(target.charAt(i + 1)) && isHex(target.charAt(i + 2)))) {
                throw refused("has a broken escape");
            }
        }
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0;
    }

    /** Of an absolute-form target. The scheme is of no use to us; an authority other than {@code Host} would choose another site at the backend. */
    private static String originForm(String method, String target, String host) {
        int authority = afterScheme(target);
        int end = authority;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        if (authority == 0
                || host.isEmpty()
                || !target.substring(authority, end).equalsIgnoreCase(host)) {
            throw refused("starts with / or names this host");
        }
        if (end == target.length() && method.equals("OPTIONS")) {
            throw refused("is *, which asks for no path"); // RFC 9112, section 3.2.4
        }
        return end < target.length() && target.charAt(end) == '/' ? target.substring(end) : "/" + target.substring(end);
    }

    private static int afterScheme(String target) {
        for (var scheme : List.of("http://", "https://")) {
            if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        return 0;
    }

    private static Refused refused(String message) {
        return new Refused(Problem.InvalidRequest.field("target", message));
    }
}
