package io.portcullis.gate;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * All that the servers behind us could read in one path. Each server does some of {@link PathReading}'s steps in an order of its own, so the
 * readings are closed under all of them: every order and every number of times is among them.
 */
final class PathReadings {
    /** Real paths have a few; more are made by somebody who looks for a hole. */
    static final int MAX_READINGS = 64;

    /** Over all readings, which bounds the work for the longest path to about a millisecond. */
    static final int MAX_CHARACTERS = 64 * 1024;

    private static final List<UnaryOperator<String>> STEPS = List.of(
            PathReading::decoded,
            PathReading::decodedButSlashes,
            PathReading::decodedShortest,
            PathReading::decodedShortestButSlashes,
            PathReading::withoutOverlong,
            PathReading::withoutDots,
            PathReading::withoutEmptySegments,
            PathReading::withSlashes,
            PathReading::withoutParameters,
            PathReading::trimmed,
            PathReading::withoutTrailingDots,
            PathReading::withoutControls,
            PathReading::withoutInvisible,
            PathReading::withoutAuthority,
            PathReading::withoutTrailingSlash,
            PathReading::compatible,
            PathReading::bestFit,
            path -> PathReading.before(path, ';'),
            path -> PathReading.before(path, '?'),
            path -> PathReading.before(path, '#'),
            path -> PathReading.before(path, '\0'));

    private static final boolean[] PLAIN = plainCharacters();

    private PathReadings() {}

    /**
     * The readings of a path besides the path itself.
     *
     * @param path in lower case, starts with {@code /}
     * @return each once and in lower case; the same empty list, and nothing allocated, for a plain path
     * @throws Refused {@code AMBIGUOUS_PATH} when there are too many
     */
    static List<String> besides(String path) {
        if (isPlain(path)) {
            return List.of();
        }
        var readings = new ArrayList<String>();
        readings.add(path);
        var seen = new HashSet<>(readings);
        int characters = path.length();
        for (int i = 0; i < readings.size(); i++) {
            for (var step : STEPS) {
                var reading = PathReading.folded(step.apply(readings.get(i)));
                if (seen.add(reading)) {
                    readings.add(reading);
                    characters += reading.length();
                    if (readings.size() > MAX_READINGS || characters > MAX_CHARACTERS) {
                        throw new Refused(new Problem.AmbiguousPath());
                    }
                }
            }
        }
        return readings.subList(1, readings.size());
    }

    /** Whether no step changes the path: it has unreserved characters only, and no empty segment, none that ends in a dot, no slash at its end. */
    private static boolean isPlain(String path) {
        char before = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c >= PLAIN.length || !PLAIN[c] || (c == '/' && (before == '/' || before == '.'))) {
                return false;
            }
            before = c;
        }
        return before != '.' && (before != '/' || path.length() == 1);
    }

    private static boolean[] plainCharacters() {
        var plain = new boolean[128];
        for (char c : "abcdefghijklmnopqrstuvwxyz0123456789-_~./".toCharArray()) {
            plain[c] = true;
        }
        return plain;
    }
}
