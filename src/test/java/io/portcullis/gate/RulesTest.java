package io.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.error.ErrorCode;
import io.portcullis.domain.error.Refused;
import io.portcullis.gate.Rule.Access;
import io.portcullis.http.Pages;
import io.portcullis.proxy.ExchangeLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
    private static final Rule LOGIN = rule("/admin/login", Access.PUBLIC);
    private static final Rule ADMIN = rule("/admin/**", Access.TWO_FACTOR);
    private static final Rule ALL = rule("/**", Access.PUBLIC);
    private static final Rules RULES = new Rules(List.of(LOGIN, ADMIN, ALL));

    @ParameterizedTest
    @CsvSource({
        "/, /**",
        "/admin, /admin/**",
        "/admin/, /admin/**",
        "/admin/x, /admin/**",
        "/ADMIN/metrics, /admin/**",
        "/administrator, /**",
        "/admin-x, /**",
        "/admin.html, /**",
        "/public?x=/admin/, /**",
        "/admin/login, /admin/login",
        "/admin/login/, /admin/**",
        "/admin/login/x, /admin/**",
        "/public/my%20file, /**",
        "/public//a/../b;v=1/, /**",
        "/admin/%2e%2e/public, /admin/**",
        "/public/a%2fb%5Cc, /**",
        "/.well-known/x, /**",
        "/~user/a_b-c.d, /**",
        "/@scope/pkg:1$2, /**",
    })
    void firstMatchWins(String target, String path) {
        assertThat(RULES.match("GET", target(target)).path()).isEqualTo(path);
    }

    /** The table of targets that routers and backends are known to read differently. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/../admin/x",
                "//admin/x",
                "/%61dmin/x",
                "/./admin/x",
                "/%2e/admin/x",
                "/admin;x=1/y",
                "/public/..;/admin",
                "/public/..;x=1/admin/y",
                "/admin%2fx",
                "/admin%2Fx",
                "/public/..%2fadmin",
                "/admin%00/x",
                "/admin%00",
                "/%2561dmin/x",
                "/%252561dmin/x",
                "/public\\..\\admin",
                "/public%5c..%5cadmin",
                "/public/..%5cadmin",
                "/admin%2e/x",
                "/admin./x",
                "/admin%20/x",
                "/admin%09/x",
                "/admin%0d%0a/x",
                "/public//../admin/x",
                "//h/admin/x",
                "/\\h/admin/x",
                "/%2fh/admin/x",
                "/public/%2e%2e/admin",
                "/public/%2e./admin",
                "/public/%252e%252e/admin",
                "/public/..%252fadmin",
                "/public/%c0%ae%c0%ae/admin",
                "/public/%e0%80%ae%e0%80%ae/admin",
                "/public/..%c0%afadmin",
                "/public/..%f0%80%80%afadmin",
                "/public/..%ef%bc%8fadmin",
                "/adm%c4%b1n/x",
                "/%ef%bd%81dmin/x",
                "/admin%3fx",
                "/admin%23x",
                "/admin%3bx/y",
                "/%25u0061dmin/x",
                "/public/..%25u002fadmin",
                "/a%2fb/%2e%2e/admin",
                "/x/..//admin",
                "///admin",
                "/public/.%00./admin",
                "/public/%2e%2e%20/admin",
                "/public/../../../admin",
                "/admin/../admin%2fx/../public/../admin;x/%2e%2e",
                "/public/%c0%2e%c0%2e/admin",
                "/ad%c2%admin/x",
                "/ad%e2%80%8bmin/x",
                "/%EF%BB%BFadmin",
            })
    void aReadingUnderAStricterRuleIsRefused(String target) {
        var first = find(target);
        if (!first.equals("/admin/**")) {
            assertThat(first).as(target).isEqualTo("AMBIGUOUS_PATH");
        }
    }

    @Test
    void whatStandsUnderAdminStaysThere() {
        assertThat(find("/admin/../public")).isEqualTo("/admin/**");
        assertThat(find("/admin/../admin%2fx/../public")).isEqualTo("/admin/**");
        assertThat(find("/public/../admin")).isEqualTo("AMBIGUOUS_PATH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/login%2f..%2fmetrics", "/admin/login/../metrics", "/admin/login;/../x"})
    void exceptionsBelowAStrictRuleOpenNothingElse(String target) {
        assertThat(find(target)).isIn("/admin/**", "AMBIGUOUS_PATH");
    }

    @Test
    void moreReadingsThanAnyRealPathHasAreRefused() {
        assertThat(find("/a%252f..%255c;x//./%2e%2e%00/b%3f%23;y%20./c%c0%ae%25u002f"))
                .isEqualTo("AMBIGUOUS_PATH");
        assertThat(find("/%" + "25".repeat(2000) + "41")).isEqualTo("AMBIGUOUS_PATH");
    }

    @Test
    void pathWithoutRuleIsRefused() {
        var rules = new Rules(List.of(LOGIN, ADMIN));
        assertThat(find(rules, "GET", "/public")).isEqualTo("NO_ROUTE");
        assertThat(find(rules, "GET", "/admin/%2e%2e/public")).isEqualTo("AMBIGUOUS_PATH");
    }

    @ParameterizedTest
    @CsvSource({
        "/a/*, /a/b, true",
        "/a/*, /a/, false",
        "/a/*, /a, false",
        "/a/*, /a/b/c, false",
        "/a/*/c, /a/b/c, true",
        "/a/*/c, /a//c, false",
        "/a/*/**, /a, false",
        "/a/*/**, /a/b, true",
        "/a/*/**, /a/b/c/d, true",
        "/a, /a/, false",
        "/a/, /a/, true",
        "/a/, /a, false",
        "/, /, true",
        "/, /a, false",
        "/Api/**, /api/x, true",
        "/**, /, true",
    })
    void patternsHoldWholeSegments(String pattern, String path, boolean held) {
        assertThat(new PathPattern(pattern).matches(path)).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "admin", "**", "/a*", "/a/**/b", "/a/***", "/a/../b", "//a", "/a%2f", "/a;b", "/a\\b"})
    void whatIsNoPatternIsRefused(String path) {
        assertThatThrownBy(() -> new PathPattern(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(path);
    }

    @Test
    void ruleWithMethodsBindsOnlyThose() {
        var rules = new Rules(List.of(
                new Rule(
                        "reports",
                        "/reports/**",
                        Set.of("GET", "HEAD"),
                        Access.ONE_FACTOR,
                        Set.of(),
                        "legacy",
                        Pages.DEFAULTS,
                        Rule.SecondFactor.ANY,
                        Rule.Enforcement.FULL,
                        ExchangeLimits.NONE),
                ALL));
        assertThat(find(rules, "GET", "/reports/x")).isEqualTo("/reports/**");
        assertThat(find(rules, "POST", "/reports/x")).isEqualTo("/**");
        assertThat(find(rules, "GET", "/x/../reports/x")).isEqualTo("AMBIGUOUS_PATH");
        assertThat(find(rules, "POST", "/x/../reports/x")).isEqualTo("/**");
        assertThat(find(rules, "get", "/reports/x")).isEqualTo("AMBIGUOUS_PATH");
        assertThat(find(rules, "get", "/x")).isEqualTo("/**");
    }

    @Test
    void anotherRuleOfTheSameLevelAsksForOtherThings() {
        var rules = new Rules(List.of(rule("/a/**", Access.TWO_FACTOR), rule("/b/**", Access.TWO_FACTOR)));
        assertThat(find(rules, "GET", "/a/../b")).isEqualTo("AMBIGUOUS_PATH");
        assertThat(find(rules, "GET", "/a/../a/x")).isEqualTo("/a/**");
        assertThat(find(rules, "GET", "/a/x/../..")).isEqualTo("AMBIGUOUS_PATH");
        assertThat(find(rules, "GET", "/a/x/../y")).isEqualTo("/a/**");
    }

    @Test
    void weakerRuleIsCoveredOnlyByItsOwnRolesAndUpstream() {
        var reports = roles("/reports/**", Access.ONE_FACTOR, "legacy", Set.of("auditor"));
        assertThat(find(new Rules(List.of(reports, ADMIN)), "GET", "/admin/../reports"))
                .isEqualTo("AMBIGUOUS_PATH");
        var audit = roles("/audit/**", Access.TWO_FACTOR, "legacy", Set.of("auditor"));
        assertThat(find(new Rules(List.of(reports, audit, ALL)), "GET", "/audit/../reports"))
                .isEqualTo("/audit/**");
        var other = roles("/other/**", Access.PUBLIC, "other", Set.of());
        assertThat(find(new Rules(List.of(other, ALL)), "GET", "/other/../x")).isEqualTo("AMBIGUOUS_PATH");
        assertThat(find(new Rules(List.of(other, ALL)), "GET", "/x/../other")).isEqualTo("AMBIGUOUS_PATH");
    }

    @Test
    void ruleThatOnlyReportsCoversNothing() {
        var one = rule("/one/**", Access.ONE_FACTOR);
        var report = enforced("/new/**", new Rule.Enforcement(true, Optional.empty()));
        assertThat(find(new Rules(List.of(report, one)), "GET", "/new/../one")).isEqualTo("AMBIGUOUS_PATH");
        var later = enforced("/new/**", new Rule.Enforcement(false, Optional.of(Instant.EPOCH)));
        assertThat(find(new Rules(List.of(later, one)), "GET", "/new/../one")).isEqualTo("AMBIGUOUS_PATH");
    }

    @Test
    void deniedPathIsDeniedHoweverElseItMightBeRead() {
        var rules = new Rules(List.of(rule("/internal/**", Access.DENY), ALL));
        assertThat(find(rules, "GET", "/internal/../x")).isEqualTo("/internal/**");
        assertThat(find(rules, "GET", "/x/../internal")).isEqualTo("AMBIGUOUS_PATH");
    }

    private static String find(String target) {
        return find(RULES, "GET", target);
    }

    /** The path of the rule, or the code of the refusal. */
    static String find(Rules rules, String method, String target) {
        try {
            return rules.match(method, target(target)).path();
        } catch (Refused refused) {
            assertThat(refused.problem().code()).isIn(ErrorCode.AMBIGUOUS_PATH, ErrorCode.NO_ROUTE);
            return refused.problem().code().wire();
        }
    }

    private static RequestTarget target(String target) {
        return RequestTarget.of("GET", target, "example.com");
    }

    static Rule rule(String path, Access access) {
        return roles(path, access, "legacy", Set.of());
    }

    private static Rule roles(String path, Access access, String upstream, Set<String> roles) {
        return new Rule(
                path,
                path,
                Set.of(),
                access,
                roles,
                upstream,
                Pages.DEFAULTS,
                Rule.SecondFactor.ANY,
                Rule.Enforcement.FULL,
                ExchangeLimits.NONE);
    }

    private static Rule enforced(String path, Rule.Enforcement enforcement) {
        return new Rule(
                path,
                path,
                Set.of(),
                Access.TWO_FACTOR,
                Set.of(),
                "legacy",
                Pages.DEFAULTS,
                Rule.SecondFactor.ANY,
                enforcement,
                ExchangeLimits.NONE);
    }
}
