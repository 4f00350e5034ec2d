package io.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Refused;
import io.portcullis.gate.Rule.Access;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PathReadingsTest {
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
            ".",
            "..",
            "%2e",
            "%2E%2e",
            "%252e",
            ";",
            ";x=1",
            "%3b",
            "%00",
            "%0a",
            "%20",
            "%c0%ae",
            "%c0%af",
            "admin",
            "admin",
            "ADMIN",
            "%61dmin",
            "adm%69n",
            "%2561dmin",
            "public",
            "public",
            "h",
            "x",
            "%3f",
            "%23",
            "?",
            "~");

    /** Backends as they are found in the wild, each written without a look at the code under test. */
    private static final List<UnaryOperator<String>> BACKENDS = List.of(
            path -> path,
            path -> dots(decode(path)),
            path -> decode(dots(path)),
            path -> dots(decode(dots(path))),
            path -> dots(decode(decode(path))),
            path -> dots(merge(decode(path))),
            path -> merge(dots(decode(path))),
            path -> dots(decode(path.replaceAll(";[^/]*", ""))),
            path -> dots(decode(path).replaceAll(";[^/]*", "")),
            path -> dots(merge(decode(path.split(";", 2)[0]))),
            path -> dots(decode(path).replace('\\', '/')),
            path -> dots(merge(decode(path.replace('\\', '/')).replace('\\', '/'))),
            path -> dots(decode(path).split("\0", 2)[0]),
            path -> dots(decode(path).replaceAll("[\\x00-\\x20]", "")),
            path -> dots(decode(path).split("[?#]", 2)[0]),
            path -> authority(dots(path)),
            path -> dots(decode(authority(path))),
            path -> dots(merge(overlong(path))),
            path -> dots(decode(path)).replaceAll("\\.+(/|$)", "$1"));

    @Test
    void noBackendFindsAProtectedPathUnderAWeakerRule() {
        var rules = new Rules(
                List.of(RulesTest.rule("/admin/**", Access.TWO_FACTOR), RulesTest.rule("/**", Access.PUBLIC)));
        var random = new Random(20270101);
        int let = 0;
        for (int i = 0; i < 12_000; i++) {
            var target = target(random);
            if (RulesTest.find(rules, "GET", target).equals("/**")) {
                let++;
                var path = target.split("\\?", 2)[0];
                for (int backend = 0; backend < BACKENDS.size(); backend++) {
                    var read = BACKENDS.get(backend).apply(path).toLowerCase(Locale.ROOT);
                    assertThat(read.matches("(?s)/admin(/.*)?"))
                            .as("backend %d reads %s in %s", backend, read, target)
                            .isFalse();
                }
            }
        }
        assertThat(let).as("targets that say nothing of /admin are not refused").isGreaterThan(500);
    }

    @Test
    void plainPathHasNoOtherReadingAndCostsNothing() {
        assertThat(PathReadings.besides("/a/b-c_d~e/f.g/.h/0..1")).isSameAs(PathReadings.besides("/"));
        for (var path : List.of("/a/", "/a//b", "/a/.", "/a/..", "/./a", "/a./b", "/a.", "//")) {
            assertThat(PathReadings.besides(path)).as(path).isNotEmpty();
        }
    }

    /** Bytes that are decoded in different rounds, and names that are nothing but dots. */
    @Test
    void aServerThatReadsCharactersWhenAllIsDecodedIsKnown() {
        for (var path : List.of(
                "/x/%c0%25ae%c0%25ae/admin",
                "/%c1%25a1dmin",
                "/%252f%25c0%25af+///%2561dmin",
                "//h%c0%afh/admin",
                "/%e0%80%25afadmin",
                "/...;%2fadmin")) {
            assertThat(PathReadings.besides(path)).as(path).contains("/admin");
        }
        assertThat(PathReadings.besides("/%c1%25b5sers")).contains("/users");
    }

    /** A fraction slash, a division slash, a set minus, a yen and a won sign, letters with marks, full-width ones, a dot leader. */
    @Test
    void aServerThatTakesTheCharacterThatLooksMostLikeItIsKnown() {
        for (var path : List.of(
                "/x%e2%81%84..%e2%81%84admin",
                "/x%e2%88%95..%e2%88%95admin",
                "/x%e2%88%96..%e2%88%96admin",
                "/x%a5..%a5admin",
                "/x%c2%a5..%c2%a5admin",
                "/x%e2%82%a9..%e2%82%a9admin",
                "/%c4%81dmin",
                "/%c4%80dm%c3%adn",
                "/a%cc%84dmin",
                "/%ce%b1%ce%b4min",
                "/%u0101dmin",
                "/%25c4%2581dmin",
                "/%ef%bd%81dmin",
                "/x/%e2%80%a5/admin",
                "/x/%e2%80%a6%e2%80%a6/admin",
                "/x/.%e2%80%a6/admin",
                "/x/%e2%80%a2%e2%80%a6/admin",
                "/a%c6%89min",
                "/a%c9%96min",
                "/x/..%c3%b7admin",
                "/x/..%e2%9f%8badmin",
                "/x%e2%9f%8d..%e2%9f%8dadmin",
                "/%e1%b4%80%e1%b4%85%e1%b4%8d%c9%aa%c9%b4",
                "/%c8%badm%c6%96%c6%9e",
                "/%e1%b6%8f%e1%b6%91%e1%b6%86%e1%b6%96%e1%b6%87")) {
            assertThat(PathReadings.besides(path)).as(path).contains("/admin");
        }
    }

    @Test
    void namesInAnyLanguageHaveFewReadings() {
        for (var path : List.of(
                "/%c3%89t%c3%a9/d%c3%a9j%c3%a0/No%c3%abl%20et%20P%c3%a2ques.pdf",
                "/M%c3%bcller%20%26%20S%c3%b6hne/%c3%9cbersicht%202026%2f11.xlsx",
                "/%e4%b8%ad%e6%96%87/%e6%96%87%e4%bb%b6%20.txt",
                "/%c5%82%c3%b3d%c5%ba/l%e2%80%99%c3%a9t%c3%a9;v=1/")) {
            assertThat(PathReadings.besides(path.toLowerCase(Locale.ROOT)))
                    .as(path)
                    .hasSizeLessThan(PathReadings.MAX_READINGS / 2);
        }
    }

    @Test
    void eachReadingIsListedOnce() {
        assertThat(PathReadings.besides("/a%2Fb/".toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder("/a/b/", "/a%2fb", "/a/b");
    }

    @Test
    void longestPathIsJudgedInBoundedTime() {
        var random = new Random(7);
        for (int i = 0; i < 50; i++) {
            var path = new StringBuilder("/");
            while (path.length() < RequestTarget.MAX_LENGTH - 10) {
                path.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            try {
                assertThat(PathReadings.besides(path.toString().toLowerCase(Locale.ROOT)))
                        .hasSizeLessThan(PathReadings.MAX_READINGS);
            } catch (Refused refused) {
                assertThat(refused).hasMessage("AMBIGUOUS_PATH");
            }
        }
    }

    private static String target(Random random) {
        var target = new StringBuilder("/");
        int pieces = 1 + random.nextInt(7);
        for (int i = 0; i < pieces; i++) {
            target.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return target.toString();
    }

    private static String decode(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException broken) {
            return path;
        }
    }

    private static String overlong(String path) {
        return decode(path.replace("%c0%ae", ".").replace("%c0%af", "/"));
    }

    private static String merge(String path) {
        return path.replaceAll("/+", "/");
    }

    private static String authority(String path) {
        return path.replaceFirst("^//[^/]*", "");
    }

    private static String dots(String path) {
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
}
