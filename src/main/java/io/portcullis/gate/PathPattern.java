package io.portcullis.gate;

import java.util.List;
import java.util.Locale;

/**
 * The path of a rule. {@code *} is one segment that is not empty; {@code **} at the end is any number of segments, none included, so that
 * {@code /admin/**} holds {@code /admin}, {@code /admin/} and all below, and not {@code /administrator}.
 */
final class PathPattern {
    private final List<String> segments;
    private final boolean open;

    /** @throws IllegalArgumentException when the path is no pattern, or can be read in several ways itself and so would miss what it means to hold */
    PathPattern(String path) {
        open = path.endsWith("/**");
        var fixed = open ? path.substring(0, path.length() - 3) : path;
        if (!path.startsWith("/") || !plain(fixed)) {
            throw new IllegalArgumentException(
                    "rules: the path " + path
                            + " is not made of plain segments, * for one whole segment, and ** for any number of them at the end");
        }
        segments = List.of(fixed.toLowerCase(Locale.ROOT).split("/", -1));
    }

    private static boolean plain(String path) {
        for (var segment : path.split("/", -1)) {
            if (segment.indexOf('*') >= 0 && !segment.equals("*")) {
                return false;
            }
        }
        var named = path.replace('*', 'x').toLowerCase(Locale.ROOT);
        return named.isEmpty()
                || PathReadings.besides(PathReading.withoutTrailingSlash(named)).isEmpty();
    }

    /**
     * Whether the pattern holds a path.
     *
     * @param path in lower case, starts with {@code /}
     */
    boolean matches(String path) {
        int at = 0;
        for (int i = 1; i < segments.size(); i++) {
            if (at == path.length()) {
                return false;
            }
            int start = at + 1;
            int end = path.indexOf('/', start);
            end = end < 0 ? path.length() : end;
            var segment = segments.get(i);
            boolean same = segment.equals("*")
                    ? end > start
                    : end - start == segment.length() && path.startsWith(segment, start);
            if (!same) {
                return false;
            }
            at = end;
        }
        return open || at == path.length();
    }
}
