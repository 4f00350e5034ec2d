package io.portcullis.gate;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one kind of server does to a path before it routes it. Every step takes a path that starts with {@code /} and gives one that does, and
 * gives back the same object, or an equal one, where it finds nothing to do.
 */
final class PathReading {
    private PathReading() {}

    /** Letter case as the loosest comparison has it ({@link String#equalsIgnoreCase}): the long s is an s, the dotless i is an i. */
    static String folded(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != fold(c)) {
                var folded = path.toCharArray();
                for (int j = i; j < folded.length; j++) {
                    folded[j] = fold(folded[j]);
                }
                return new String(folded);
            }
        }
        return path;
    }

    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    static String decoded(String path) {
        return path.indexOf('%') < 0 ? path : PercentDecoder.decode(path, false);
    }

    /** As servers decode that pass an encoded slash on (Apache {@code AllowEncodedSlashes NoDecode}, the URL parser of browsers and of Node). */
    static String decodedButSlashes(String path) {
        return path.indexOf('%') < 0 ? path : PercentDecoder.decode(path, true);
    }

    /** As servers decode that know no overlong UTF-8, to whom {@code %c0%af} ends neither a segment nor the host behind {@code //}. */
    static String decodedShortest(String path) {
        return path.indexOf('%') < 0 ? path : PercentDecoder.decodeShortest(path, false);
    }

    /** The same by servers that pass an encoded slash on. */
    static String decodedShortestButSlashes(String path) {
        return path.indexOf('%') < 0 ? path : PercentDecoder.decodeShortest(path, true);
    }

    /** RFC 3986, section 5.2.4: an empty segment is one that {@code ..} takes away. */
    static String withoutDots(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        var kept = new ArrayList<String>();
        var segments = segments(path);
        for (int i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            boolean up = segment.equals("..");
            if (up && !kept.isEmpty()) {
                kept.removeLast();
            }
            if (!up && !segment.equals(".")) {
                kept.add(segment);
            } else if (i == segments.size() - 1) {
                kept.add("");
            }
        }
        return joined(kept);
    }

    static String withoutEmptySegments(String path) {
        if (!path.contains("//")) {
            return path;
        }
        var collapsed = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '/' || i == 0 || path.charAt(i - 1) != '/') {
                collapsed.append(path.charAt(i));
            }
        }
        return collapsed.toString();
    }

    static String withSlashes(String path) {
        return path.replace('\\', '/');
    }

    /** Tomcat, Jetty, Spring: {@code ;...} at the end of a segment is no part of its name. */
    static String withoutParameters(String path) {
        if (path.indexOf(';') < 0) {
            return path;
        }
        return joined(segments(path).stream()
                .map(segment -> segment.indexOf(';') < 0 ? segment : segment.substring(0, segment.indexOf(';')))
                .toList());
    }

    /** Segments without spaces around their names. */
    static String trimmed(String path) {
        return path.indexOf(' ') < 0
                ? path
                : joined(segments(path).stream().map(String::strip).toList());
    }

    /** Windows: {@code admin.} and {@code admin .} are the file {@code admin}. What takes every dot away finds no name in {@code ...}. */
    static String withoutTrailingDots(String path) {
        if (path.indexOf(' ') < 0 && !path.contains("./") && !path.endsWith(".")) {
            return path;
        }
        return joined(
                segments(path).stream().map(PathReading::withoutTrailingDot).toList());
    }

    private static String withoutTrailingDot(String segment) {
        if (segment.equals(".") || segment.equals("..")) {
            return segment;
        }
        int end = segment.length();
        while (end > 0 && (segment.charAt(end - 1) == '.' || segment.charAt(end - 1) == ' ')) {
            end--;
        }
        return segment.substring(0, end);
    }

    /**
     * Overlong UTF-8 whose bytes were escaped by different rounds ({@code %c0%25ae}): a server that decodes byte for byte, and reads characters
     * when it is done, finds a dot. Bytes stand for themselves as ISO 8859-1, and {@link #folded} has been at them: a lead byte {@code C0} has
     * become {@code E0}, {@code C1} {@code E1}, and {@code B5} the letter mu.
     */
    static String withoutOverlong(String path) {
        if (path.chars().allMatch(c -> c < 0xC0)) {
            return path;
        }
        var read = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            int more = overlong(path, i);
            int code = more == 0 ? path.charAt(i) : (path.charAt(i + more - 1) & 1) << 6 | continuation(path, i + more);
            read.append((char) code);
            i += more;
        }
        return read.toString();
    }

    /** How many bytes follow the one at an index in an overlong sequence for an ASCII character; 0 when none begins there. */
    private static int overlong(String path, int at) {
        char lead = path.charAt(at);
        for (int more = 5; more >= 2; more--) {
            if (lead == (0xFE << (6 - more) & 0xFF)
                    && path.regionMatches(at + 1, "\u0080\u0080\u0080", 0, more - 2)
                    && (continuation(path, at + more - 1) & ~1) == 0
                    && continuation(path, at + more) >= 0) {
                return more;
            }
        }
        return (lead & 0xFFDE) == 0xC0 && continuation(path, at + 1) >= 0 ? 1 : 0;
    }

    /** The six bits of a continuation byte, or -1. */
    private static int continuation(String path, int at) {
        if (at >= path.length()) {
            return -1;
        }
        char c = path.charAt(at) == '\u03BC' ? '\u00B5' : path.charAt(at);
        return (c & 0xFFC0) == 0x80 ? c & 0x3F : -1;
    }

    static String withoutControls(String path) {
        if (path.chars().noneMatch(Character::isISOControl)) {
            return path;
        }
        return path.chars()
                .filter(c -> !Character.isISOControl(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Some servers pass over what they cannot decode, or what nobody sees: soft hyphens, zero-width characters, byte order marks. */
    static String withoutInvisible(String path) {
        if (path.chars().allMatch(c -> c < 0x7F)) {
            return path;
        }
        return path.chars()
                .filter(c -> c < 0x7F)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** URL parsers take what follows {@code //} for a host. */
    static String withoutAuthority(String path) {
        if (!path.startsWith("//")) {
            return path;
        }
        int end = path.indexOf('/', 2);
        return end < 0 ? "/" : path.substring(end);
    }

    static String withoutTrailingSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** As Unicode has it, a full-width letter, slash or dot is the ASCII one. */
    static String compatible(String path) {
        return path.chars().allMatch(c -> c < 128) ? path : Normalizer.normalize(path, Normalizer.Form.NFKC);
    }

    /** To servers whose code page lacks them, so are those that look alike. */
    static String bestFit(String path) {
        return path.chars().allMatch(c -> c < 128) ? path : BestFit.of(path);
    }

    static String before(String path, char end) {
        int at = path.indexOf(end);
        return at < 0 ? path : path.substring(0, at);
    }

    /** Between the slashes; the first of them opens the first segment. */
    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static String joined(List<String> segments) {
        return "/" + String.join("/", segments);
    }
}
