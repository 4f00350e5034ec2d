package io.portcullis.gate;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The paths of our own routes. They are served to the letter, before the gate is asked, so that what the gate sees of them is another spelling. A
 * backend that has a route at the same path would read it as its own, and be asked to log in or to turn off a second factor past
 * us. Immutable, for any thread.
 */
public final class OwnPaths {
    private final Set<String> spelledOut;
    private final Template[] templates;

    /** A path with values in it, and what each such path begins with. */
    private record Template(String prefix, PathPattern pattern) {
        static Template of(String path) {
            return new Template(path.substring(0, path.indexOf('*')), new PathPattern(path));
        }

        boolean holds(String reading) {
            return reading.startsWith(prefix) && pattern.matches(reading);
        }
    }

    /**
     * The paths of these routes.
     *
     * @param paths {@code *} stands for one segment that is not empty. A backend may take more for a value than we do, so any will do.
     * @throws IllegalArgumentException when one of them can be read in several ways itself
     */
    public OwnPaths(Collection<String> paths) {
        var folded = paths.stream().map(path -> path.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        folded.forEach(PathPattern::new);
        spelledOut = folded.stream().filter(path -> path.indexOf('*') < 0).collect(Collectors.toUnmodifiableSet());
        templates = folded.stream()
                .filter(path -> path.indexOf('*') >= 0)
                .map(Template::of)
                .toArray(Template[]::new);
    }

    /**
     * Lets by what no server reads as a path of ours. Allocates nothing for a plain path: every request that is proxied comes here.
     *
     * @throws Refused {@code NO_ROUTE} for a path of ours in other letter case, or with a value that we do not take; {@code AMBIGUOUS_PATH} for one
     *     that only some server reads as a path of ours
     */
    void check(RequestTarget target) {
        var others = target.otherReadings();
        for (int i = 0; i < others.size(); i++) {
            if (hold(others.get(i))) {
                throw new Refused(new Problem.AmbiguousPath());
            }
        }
        if (hold(target.reading())) {
            throw new Refused(new Problem.NoRoute());
        }
    }

    private boolean hold(String reading) {
        if (spelledOut.contains(reading)) {
            return true;
        }
        for (var template : templates) {
            if (template.holds(reading)) {
                return true;
            }
        }
        return false;
    }
}
