package io.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Refused;
import io.portcullis.testing.legacy.LenientPath;
import java.util.List;
import java.util.Locale;

/** What holds for every target that anybody may send. */
final class PathProperties {
    private PathProperties() {}

    /** Fails when one of them does not; gives whether the target may be judged. */
    static boolean hold(String text) {
        RequestTarget target;
        try {
            target = RequestTarget.of("GET", text, "localhost");
        } catch (Refused refused) {
            return false;
        }
        assertThat(target.forwarded()).isEqualTo(text.startsWith("/") ? text : originForm(text));
        assertThat(target.path()).isEqualTo(target.forwarded().split("\\?", 2)[0]);
        assertThat(target.reading()).isEqualTo(target.path().toLowerCase(Locale.ROOT));
        var others = target.otherReadings();
        assertThat(others).hasSizeLessThan(PathReadings.MAX_READINGS).allMatch(other -> other.startsWith("/"));
        assertThat(others.stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(PathReadings.MAX_CHARACTERS);
        if (target.path().matches("(/[A-Za-z0-9_~-]+)+")) {
            assertThat(others).isEmpty();
        }
        for (var route : LenientPath.routes(target.forwarded())) {
            checkKnown(route, target.reading(), others);
        }
        return true;
    }

    /** What another server makes of it is known to us, unless it has characters that no rule has. */
    private static void checkKnown(String route, String reading, List<String> others) {
        var folded = PathReading.folded(route.isEmpty() ? "/" : route);
        if (folded.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            assertThat(folded.equals(reading) || others.contains(folded))
                    .as("%s is read in %s, and not among %s", folded, reading, others)
                    .isTrue();
        }
    }

    private static String originForm(String absolute) {
        var path = absolute.replaceFirst("(?i)^https?://[^/?]*", "");
        return path.startsWith("/") ? path : "/" + path;
    }
}
