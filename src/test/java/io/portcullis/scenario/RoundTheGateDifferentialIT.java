package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.RawHttp;
import io.portcullis.testing.legacy.LenientPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Targets by chance, held against servers that read them otherwise. */
class RoundTheGateDifferentialIT extends RoundTheGateStory {
    private static final int TARGETS = 6_000;

    private static final List<String> PIECES = List.of(
            "/",
            "/",
            "/",
            "//",
            "\\",
            "%2f",
            "%2F",
            "%5c",
            "%252f",
            "%25252f",
            "%c0%af",
            "%25c0%25af",
            "%c0%25af",
            "%e0%80%af",
            ".",
            "..",
            "..",
            "%2e",
            "%2E%2e",
            "%252e",
            "%c0%ae",
            "%c0%25ae",
            ";",
            ";x=1",
            ";x/..",
            "%3b",
            "%253b",
            "%00",
            "%2500",
            "%0a",
            "%20",
            "%09",
            "%3f",
            "%23",
            "%25u002f",
            "%25u0061dmin",
            "%25uff0f",
            "%ef%bc%8f",
            "%e2%88%95",
            "%a5",
            "%c4%81dmin",
            "admin",
            "admin",
            "admin",
            "ADMIN",
            "Admin",
            "%61dmin",
            "adm%69n",
            "%2561dmin",
            "%41DMIN",
            "%c1%a1dmin",
            "adm%c1%a9n",
            "admin.",
            "admin%20",
            "admin%2e",
            "admin;",
            "public",
            "public",
            "h",
            "x",
            "~",
            "a",
            "+",
            "?",
            "?x=/admin",
            "%ad",
            "%7f",
            "internal",
            "reports");

    /** What the backend got is held against it again in orders of steps that no server here has. */
    @Test
    void noneOfThousandsReachesAServerThatReadsItOtherwise() throws Exception {
        long seed = Long.getLong("portcullis.seed", 1); // the same in each build; another one by hand, to look further
        var random = new Random(seed);
        int passed = 0;
        var raw = RawHttp.to(round.gateway().port());
        for (int i = 0; i < TARGETS; i++) {
            var target = target(random);
            var answer = raw.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .next();
            var what = "seed " + seed + ", target " + target;
            var arrived = round.checkBackend(round.nobody(), what);
            if (arrived.isEmpty()) {
                assertThat(answer.isOfTheGateway()).as(what).isTrue();
                RoundTheGate.isClean(answer);
            } else {
                passed++;
                assertThat(answer.text()).as(what).isEqualTo(target);
                var route = LenientPath.route(target, steps(random));
                assertThat(List.of("/admin", "/reports", "/internal", "/users"))
                        .as(what + " is " + route)
                        .noneMatch(base -> LenientPath.isUnder(base, route));
            }
            if (answer.header("Connection").filter("close"::equalsIgnoreCase).isPresent()) {
                raw.close();
                raw = RawHttp.to(round.gateway().port());
            }
        }
        raw.close();
        assertThat(passed)
                .as("seed " + seed + ": what says nothing of a protected path passes")
                .isGreaterThan(300);
    }

    private static List<UnaryOperator<String>> steps(Random random) {
        var steps = new ArrayList<>(LenientPath.STEPS);
        Collections.shuffle(steps, random);
        return steps.subList(0, random.nextInt(steps.size() + 1));
    }

    private static String target(Random random) {
        var target = new StringBuilder("/");
        for (int pieces = 1 + random.nextInt(6); pieces > 0; pieces--) {
            target.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return target.toString();
    }
}
