package io.portcullis.proxy;

import io.portcullis.domain.session.OwnToken;
import io.portcullis.http.CookieSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps the gateway's own cookies on its own side: the backend neither sees nor sets them. */
final class CookieCutter {
    private final List<String> own;

    CookieCutter(CookieSettings cookies) {
        own = cookies.names().stream()
                .map(CookieSettings::withoutPrefix)
                .flatMap(name -> Stream.of(name, "__Host-" + name, "__Secure-" + name))
                .toList();
    }

    /**
     * A {@code Cookie} line without our cookies, the dropped ones, and tokens of ours in any other; all else stays character for
     * character.
     *
     * @return the same object when there is nothing to cut; empty when nothing is left
     */
    String cut(String line, Set<String> dropped) {
        boolean ownToken = OwnToken.mayBeIn(line);
        StringBuilder kept = null;
        for (int start = 0; start < line.length(); ) {
            int semicolon = line.indexOf(';', start);
            int end = semicolon < 0 ? line.length() : semicolon + 1;
            if (isCut(line, start, end, dropped) || (ownToken && OwnToken.mayBeIn(line.substring(start, end)))) {
                kept = kept == null ? new StringBuilder(line.length()).append(line, 0, start) : kept;
            } else if (kept != null) {
                kept.append(line, start, end);
            }
            start = end;
        }
        return kept == null ? line : tidied(kept);
    }

    /** Whether a {@code Set-Cookie} line sets one of ours. */
    boolean sets(String line) {
        return isOwn(line, nameStart(line, 0, line.length()), nameEnd(line, 0, line.length()));
    }

    private boolean isCut(String line, int start, int end, Set<String> dropped) {
        int from = nameStart(line, start, end);
        int to = nameEnd(line, start, end);
        return isOwn(line, from, to)
                || (!dropped.isEmpty() && dropped.contains(from < to ? line.substring(from, to) : ""));
    }

    private boolean isOwn(String line, int start, int end) {
        for (int i = 0; i < own.size(); i++) {
            var name = own.get(i);
            if (name.length() == end - start && line.regionMatches(true, start, name, 0, name.length())) {
                return true;
            }
        }
        return false;
    }

    private static int nameStart(String line, int start, int end) {
        int from = start;
        while (from < end && line.charAt(from) <= ' ') {
            from++;
        }
        return from;
    }

    private static int nameEnd(String line, int start, int end) {
        int to = start;
        while (to < end && line.charAt(to) != '=' && line.charAt(to) != ';') {
            to++;
        }
        while (to > start && line.charAt(to - 1) <= ' ') {
            to--;
        }
        return to;
    }

    /** What was cut at either end left its separator behind. */
    private static String tidied(StringBuilder line) {
        int start = 0;
        int end = line.length();
        while (start < end && line.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && (line.charAt(end - 1) <= ' ' || line.charAt(end - 1) == ';')) {
            end--;
        }
        return line.substring(start, end);
    }
}
