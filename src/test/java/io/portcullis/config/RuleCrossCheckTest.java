package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules: what goes with which access, and which rule can never match. */
class RuleCrossCheckTest {
    @TempDir
    Path folder;

    private List<String> problems(String yaml) {
        return Configs.problems(folder, yaml, Map.of("SECRET", Configs.SECRET));
    }

    private Settings valid(String yaml) {
        return Configs.valid(folder, yaml, Map.of("SECRET", Configs.SECRET));
    }

    /** A file with these rules and one jwt source, the rules from line 5 on. */
    private static String rules(String... rules) {
        return """
                server: { publicUrl: https://admin.example.com }
                identity: [{ name: admin, type: jwt, algorithm: HS256, secret: "${SECRET}" }]
                upstreams: { one: { url: http://one }, two: { url: http://two } }
                rules:
                """ + "  - " + String.join("\n  - ", rules) + "\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ path: /a, access: public, upstream: three } | 5:43: /rules/0/upstream: no upstream has this name; known are: one, two",
                "{ path: /a, access: public } | 5:5: /rules/0/upstream: is missing; there are several upstreams: one, two",
                "{ path: /a, access: public, upstream: one, roles: [x] } | 5:55: /rules/0/roles: counts only where access is one-factor or two-factor; leave it out",
                "{ path: /a, access: deny, enforcement: { mode: report } } | 5:44: /rules/0/enforcement: counts only where access is one-factor or two-factor; leave it out",
                "{ path: /a, access: one-factor, upstream: one, secondFactor: { maxAge: 1h } } | 5:66: /rules/0/secondFactor: counts only where access is two-factor; leave it out",
                "{ path: /a, access: two-factor, upstream: one, secondFactor: { maxAge: 0s } } | 5:76: /rules/0/secondFactor/maxAge: is more than 0s",
                "{ path: /a, access: two-factor, upstream: one, secondFactor: { methods: [recovery] } } | 5:77: /rules/0/secondFactor/methods: names no method that mfa.methods lets people set up; nobody can pass",
                "{ path: /a, access: two-factor, upstream: one, enforcement: { from: 2027-02-30T00:00:00Z } } | 5:73: /rules/0/enforcement/from: must be a moment that exists, such as 2027-01-01T00:00:00Z",
                "{ path: /a, access: two-factor, upstream: one, pages: { login: //evil } } | 5:68: /rules/0/pages/login: must be a local path such as /auth/ui/login, with one leading slash",
            })
    void rules(String rule, String problem) {
        assertThat(problems(rules(rule))).containsExactly(problem);
    }

    @Test
    void aRuleThatCanNeverMatch() {
        assertThat(problems(rules(
                        "{ path: /a, access: public, upstream: one, methods: [GET, HEAD] }",
                        "{ path: /A, access: deny, methods: [HEAD, GET] }",
                        "{ path: /a, access: deny }")))
                .containsExactly(
                        "6:13: /rules/1/path: never matches: the rule in line 5 takes all of it; put this one before that, or remove it");
    }

    @Test
    void aWideRuleBeforeAStrictOneThatItOpens() {
        assertThat(problems(rules(
                        "{ path: /internal, access: deny }",
                        "{ path: /**, access: public, upstream: one }",
                        "{ path: /admin/**, access: two-factor, upstream: one }")))
                .containsExactly(
                        "7:13: /rules/2/path: never matches: the rule in line 6 takes all of it; put this one before that, or remove it");
    }

    @ParameterizedTest
    @CsvSource({
        "/**, /admin/**, true",
        "/admin/**, /admin, true",
        "/admin/*, /admin/x, true",
        "/*/x, /a/x, true",
        "/admin/**, /administrator, false",
        "/admin/*, /admin/**, false",
        "/admin, /admin/**, false",
        "/a/x, /*/x, false",
        "/admin/login, /admin/**, false",
    })
    void aPathThatLeavesNothingToAnother(String path, String other, boolean covers) {
        assertThat(PathCover.covers(path, other)).isEqualTo(covers);
    }

    @Test
    void whatARuleMayLeaveOut() {
        var settings = valid(rules("{ path: /internal/**, access: deny }")
                .replace(", two: { url: http://two }", "")
                .concat("  - { path: /**, access: two-factor, enforcement: { from: 2027-01-01T00:00:00+01:00 } }\n"));
        assertThat(settings.rules().getFirst().upstream()).isEmpty();
        assertThat(settings.rules().getLast().upstream()).isEqualTo("one");
        assertThat(settings.rules().getLast().enforcement().from().orElseThrow())
                .hasToString("2026-12-31T23:00:00Z");
        assertThat(settings.upstreams().getFirst().targets().getFirst().port()).isEqualTo(80);
    }

    @Test
    void nobodyPassesWithoutAnIdentitySource() {
        assertThat(problems(Configs.LEAST.replace("access: public", "access: two-factor")))
                .containsExactly("5:26: /rules/0/access: needs an identity source; without one nobody can pass");
    }
}
