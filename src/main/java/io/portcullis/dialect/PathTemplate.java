package io.portcullis.dialect;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A path whose segments in braces stand for any value: {@code /auth/sessions/{id}}. A value is 1 to 128 letters, digits,
 * {@code . _ ~ -} or percent escapes, and no dot segment; any other path is another path, and none of ours.
 */
public record PathTemplate(List<String> segments) {
    private static final Pattern VALUE = Pattern.compile("(?!\\.{1,2}$)(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2}){1,128}");
    private static final Pattern PLACE = Pattern.compile("\\{[A-Za-z]+}");

    /** Whether a path is a template, and not itself. */
    public static boolean isOne(String path) {
        return path.indexOf('{') >= 0;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException when a brace is anywhere but around a whole segment, or a name comes twice
     */
    public static PathTemplate of(String path) {
        var segments = List.of(path.split("/", -1));
        for (var segment : segments) {
            if ((segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0)
                    && !PLACE.matcher(segment).matches()) {
                throw new IllegalArgumentException(path + " has a brace that is not around a whole segment");
            }
        }
        var template = new PathTemplate(segments);
        if (template.names().stream().distinct().count() < template.names().size()) {
            throw new IllegalArgumentException(path + " has a name twice");
        }
        return template;
    }

    /** What the values are called, in their order. */
    public List<String> names() {
        return segments.stream()
                .filter(PathTemplate::isOne)
                .map(PathTemplate::name)
                .toList();
    }

    /** The values of a path as it stands there, undecoded, by their names; empty for a path of another shape. */
    public Optional<Map<String, String>> match(String path) {
        var given = Arrays.asList(path.split("/", -1));
        if (given.size() != segments.size()) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            if (!isOne(segment)) {
                if (!segment.equals(given.get(i))) {
                    return Optional.empty();
                }
            } else if (VALUE.matcher(given.get(i)).matches()) {
                values.put(name(segment), given.get(i));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** What every such path begins with. */
    public String prefix() {
        return String.join("/", segments.subList(0, (int)
                        segments.stream().takeWhile(segment -> !isOne(segment)).count()))
                + "/";
    }

    /** The path with {@code *} for each value. */
    public String pattern() {
        return segments.stream().map(segment -> isOne(segment) ? "*" : segment).collect(Collectors.joining("/"));
    }

    /** Whether some path has the shape of both. */
    public boolean overlaps(PathTemplate other) {
        return segments.size() == other.segments.size()
                && IntStream.range(0, segments.size()).allMatch(i -> {
                    var here = segments.get(i);
                    var there = other.segments.get(i);
                    return isOne(here) || isOne(there) || here.equals(there);
                });
    }

    private static String name(String segment) {
        return segment.substring(1, segment.length() - 1);
    }
}
