package io.portcullis.testing.legacy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How old servers find a route in the target of a request: all of them take away what they think is no part of it, each in an order of its own.
 * Written without a look at the reader of the gateway.
 */
public final class LenientPath {
    /** What some server does to a path. */
    private enum Step implements UnaryOperator<String> {
        UNESCAPE,
        UTF_8,
        BACKSLASH,
        PARAMETERS,
        SLASHES,
        DOTS,
        TRAILING,
        CUT,
        CONTROLS,
        AUTHORITY,
        BEST_FIT;

        @Override
        public String apply(String path) {
            return switch (this) {
                case UNESCAPE -> unescaped(path);
                case UTF_8 -> looseUtf8(path);
                case BACKSLASH -> path.replace('\\', '/');
                case PARAMETERS -> path.replaceAll(";[^/]*", "");
                case SLASHES -> path.replaceAll("/+", "/");
                case DOTS -> withoutDots(path);
                case TRAILING -> withoutTrailing(path);
                case CUT -> path.split("[\\x00?#]", 2)[0];
                case CONTROLS -> path.replaceAll("[\\x00-\\x1f\\x7f]", "");
                case AUTHORITY -> path.replaceFirst("(?i)^(https?:)?//[^/]*(?=/|$)", "");
                case BEST_FIT -> bestFit(path);
            };
        }
    }

    /** Every step that some server does; those that are no use twice stand here once. */
    public static final List<UnaryOperator<String>> STEPS = List.of(
            Step.UNESCAPE,
            Step.UNESCAPE,
            Step.UTF_8,
            Step.BACKSLASH,
            Step.PARAMETERS,
            Step.SLASHES,
            Step.DOTS,
            Step.DOTS,
            Step.TRAILING,
            Step.CUT,
            Step.CONTROLS,
            Step.AUTHORITY,
            Step.BEST_FIT);

    private static final List<List<UnaryOperator<String>>> SERVERS = List.of(
            List.of(),
            List.of(Step.UNESCAPE, Step.UTF_8, Step.DOTS),
            List.of(
                    Step.AUTHORITY,
                    Step.UNESCAPE,
                    Step.UNESCAPE,
                    Step.UTF_8,
                    Step.BEST_FIT,
                    Step.BACKSLASH,
                    Step.CUT,
                    Step.PARAMETERS,
                    Step.TRAILING,
                    Step.SLASHES,
                    Step.DOTS,
                    Step.SLASHES),
            List.of(Step.DOTS, Step.UNESCAPE, Step.UTF_8, Step.BACKSLASH, Step.PARAMETERS, Step.SLASHES, Step.DOTS),
            List.of(
                    Step.PARAMETERS,
                    Step.UNESCAPE,
                    Step.UTF_8,
                    Step.DOTS,
                    Step.UNESCAPE,
                    Step.UTF_8,
                    Step.SLASHES,
                    Step.TRAILING),
            List.of(Step.BACKSLASH, Step.DOTS, Step.SLASHES, Step.UNESCAPE, Step.UNESCAPE, Step.CUT, Step.DOTS),
            List.of(Step.SLASHES, Step.DOTS, Step.UNESCAPE, Step.TRAILING, Step.DOTS),
            List.of(Step.UNESCAPE, Step.PARAMETERS, Step.UNESCAPE, Step.AUTHORITY, Step.DOTS),
            List.of(Step.UNESCAPE, Step.UNESCAPE, Step.CONTROLS, Step.DOTS, Step.TRAILING),
            List.of(
                    Step.UNESCAPE,
                    Step.UTF_8,
                    Step.UNESCAPE,
                    Step.CUT,
                    Step.BACKSLASH,
                    Step.AUTHORITY,
                    Step.SLASHES,
                    Step.DOTS,
                    Step.TRAILING));

    private LenientPath() {}

    /** The routes that servers would find, in lower case. */
    public static Set<String> routes(String target) {
        return SERVERS.stream().map(steps -> route(target, steps)).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The route that a server finds which does these steps in this order. */
    public static String route(String target, List<UnaryOperator<String>> steps) {
        var path = target.split("\\?", 2)[0];
        for (var step : steps) {
            path = step.apply(path);
        }
        return path.toLowerCase(Locale.ROOT);
    }

    /** Whether a route is a path or lies below it. */
    public static boolean isUnder(String base, String route) {
        return route.equals(base) || route.startsWith(base + "/");
    }

    /** Byte for byte, as C programs do; what is no escape stands for itself. */
    private static String bestFit(String path) {
        var letters = Normalizer.normalize(path, Normalizer.Form.NFKD).replaceAll("\\p{Mn}", "");
        return letters.replaceAll("[\u2044\u2215]", "/").replaceAll("[\u2216\u00a5\u20a9]", "\\\\");
    }

    private static String unescaped(String path) {
        var bytes = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            int unit = hex(path, i, "%u", 4);
            int code = unit >= 0 ? unit : hex(path, i, "%", 2);
            bytes.append(code >= 0 ? (char) code : path.charAt(i));
            i += unit >= 0 ? 5 : code >= 0 ? 2 : 0;
        }
        return bytes.toString();
    }

    private static int hex(String path, int at, String mark, int digits) {
        int start = at + mark.length();
        if (!path.startsWith(mark, at) || start + digits > path.length()) {
            return -1;
        }
        var number = path.substring(start, start + digits);
        return number.matches("[0-9A-Fa-f]+") ? Integer.parseInt(number, 16) : -1;
    }

    /** Of bytes: any lead byte takes as many as it says, and nobody asks whether a shorter form would have done. */
    private static String looseUtf8(String bytes) {
        var text = new StringBuilder();
        for (int i = 0; i < bytes.length(); i++) {
            int lead = bytes.charAt(i);
            int more = lead >= 0xC0 && lead < 0xE0
                    ? 1
                    : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xF0 && lead < 0xF8 ? 3 : 0;
            int code = more == 0 ? lead : lead & (0x3F >> more);
            int next = i + 1;
            while (more > 0 && next <= i + more && next < bytes.length() && (bytes.charAt(next) & 0xFFC0) == 0x80) {
                code = code << 6 | (bytes.charAt(next++) & 0x3F);
            }
            boolean whole = next == i + 1 + more;
            text.appendCodePoint(whole && Character.isValidCodePoint(code) ? code : lead);
            i += whole ? more : 0;
        }
        return text.toString();
    }

    private static String withoutDots(String path) {
        var kept = new ArrayList<String>();
        for (var segment : path.substring(Math.min(1, path.length())).split("/", -1)) {
            if (segment.equals("..")) {
                if (!kept.isEmpty()) {
                    kept.removeLast();
                }
            } else if (!segment.equals(".")) {
                kept.add(segment);
            }
        }
        return "/" + String.join("/", kept);
    }

    /** As Windows does with the names of files. */
    private static String withoutTrailing(String path) {
        var kept = new ArrayList<String>();
        for (var segment : path.split("/", -1)) {
            kept.add(segment.matches("\\.{1,2}") ? segment : segment.replaceFirst("[. ]+$", ""));
        }
        return String.join("/", kept);
    }
}
