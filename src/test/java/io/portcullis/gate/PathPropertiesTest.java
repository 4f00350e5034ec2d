package io.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where fuzzing begins, and what it found. */
class PathPropertiesTest {
    private static final String PIECES = "//////....%%%%%%%%%%222222555555cccceeeeff00;;\\\\??aadminADMIN081c~ bB9";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/admin",
                "/a/../b/./c//d",
                "/%61dmin/%2e%2E;x=1/%252e",
                "/%c0%ae%2E%2e;%2Fadmin%2e",
                "/public/%c0%25ae%c0%25ae/admin",
                "/%e0%80%25af",
                "/%e0%25800af",
                "/%c1%25b5sers",
                "/%25u0061dmin%25u002f",
                "/a%20.%20/b",
                "/.../admin",
                "/....//x",
                "http://localhost/a?b",
                "http://localhost",
                "https://LOCALHOST?x",
                "//h/admin",
                "/\\..\\admin",
                "/a%00b%0a%7f",
                "/%ef%bc%8fadmin",
                "/x?/../%2e",
                "/%f0%80%80%25ae",
                "/%fc%80%80%80%80%25ae/admin"
            })
    void eachSeed(String target) {
        assertThat(PathProperties.hold(target)).isTrue();
    }

    @Test
    void someThousandsByChance() {
        long seed = Long.getLong("portcullis.seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var target = new StringBuilder("/");
            for (int left = random.nextInt(24); left > 0; left--) {
                target.append(PIECES.charAt(random.nextInt(PIECES.length())));
            }
            try {
                PathProperties.hold(target.toString());
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ", target " + target, failure);
            }
        }
    }

    @Test
    void theLongestAreJudgedOrRefused() {
        for (var piece : List.of("/", "%2f", "%25", "/..", "\\", ";", "%c0%25ae", "/.%20", "a", "//%2e%2e;")) {
            PathProperties.hold("/" + piece.repeat(4095 / piece.length()));
        }
    }
}
