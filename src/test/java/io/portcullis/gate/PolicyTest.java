package io.portcullis.gate;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.Captures;
import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CaptureSettings.HandOut;
import io.portcullis.domain.capture.CaptureSettings.Occasion;
import io.portcullis.domain.capture.CaptureSettings.Route;
import io.portcullis.domain.error.Problem;
import io.portcullis.gate.Rule.Access;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final CaptureSettings CAPTURE = new CaptureSettings(
            "legacy-login",
            "admin",
            Captures.JSON,
            Captures.handOut(Occasion.LOGIN, "/Admin/Login", Captures.TOKEN),
            Optional.of(Captures.handOut(Occasion.REFRESH, "/admin/token", Captures.TOKEN)),
            Optional.of(new HandOut(Occasion.RESET, "legacy", new Route("PUT", "/admin/password"), Captures.TOKEN)),
            Optional.of(new Route("POST", "/admin/logout")));

    private final Policy open = policy(RulesTest.rule("/**", Access.PUBLIC));

    @ParameterizedTest
    @ValueSource(strings = {"/auth", "/auth/", "/auth/login", "/AUTH/unknown", "/auth/mfa/verify/x"})
    void nothingUnderOurOwnBaseIsABackends(String path) {
        assertThat(problemOf(() -> open.rule("GET", target(path)))).isEqualTo(new Problem.NoRoute());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/authors", "/auth.html", "/x/auth/y"})
    void allElseIsForTheRules(String path) {
        assertThat(open.rule("GET", target(path)).path()).isEqualTo("/**");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/legacy/**", "/Auth/legacy/**"})
    void aRuleThatNamesAPathThereOpensIt(String named) {
        var policy = policy(RulesTest.rule(named, Access.PUBLIC), RulesTest.rule("/**", Access.PUBLIC));
        assertThat(policy.rule("GET", target("/auth/legacy/x")).path()).isEqualTo(named);
        assertThat(problemOf(() -> policy.rule("GET", target("/auth/x")))).isEqualTo(new Problem.NoRoute());
    }

    @Test
    void noRuleOpensAnotherSpellingOfARouteOfOurs() {
        assertThat(problemOf(() -> open.rule("POST", target("/API/2fa/disable"))))
                .isEqualTo(new Problem.NoRoute());
        assertThat(problemOf(() -> open.rule("POST", target("/api//2fa/disable"))))
                .isEqualTo(new Problem.AmbiguousPath());
        var named = policy(RulesTest.rule("/auth/**", Access.PUBLIC));
        assertThat(problemOf(() -> named.rule("POST", target("/auth/login/")))).isEqualTo(new Problem.AmbiguousPath());
        assertThat(named.rule("POST", target("/auth/login/x")).path()).isEqualTo("/auth/**");
    }

    @Test
    void whereNoRuleNamesAPathItsSpellingIsOfNoAccount() {
        var named = policy(RulesTest.rule("/auth/**", Access.PUBLIC));
        assertThat(problemOf(() -> named.rule("POST", target("/api//2fa/disable"))))
                .isEqualTo(new Problem.NoRoute());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /admin/login, true",
        "POST, /ADMIN/login, true",
        "post, /admin/login, true",
        "POST, /admin/login?x=1, true",
        "GET, /admin/login, false",
        "POST, /admin/login/x, false",
    })
    void theWatchedLoginIsKnownByMethodAndPath(String method, String path, boolean login) {
        assertThat(open.handOut(method, target(path)).isPresent()).isEqualTo(login);
    }

    @Test
    void anotherMethodAtTheLoginIsKnownToo() {
        assertThat(open.handOutMethods(target("/ADMIN/login?x=1"))).containsExactly("POST");
        assertThat(open.handOutMethods(target("/admin/login/x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin//login", "/admin/%6cogin", "/admin/login;x=1", "/x/../admin/login"})
    void whatOnlySomeServerWouldReadAsTheLoginIsRefused(String path) {
        assertThat(problemOf(() -> open.handOut("POST", target(path)))).isEqualTo(new Problem.AmbiguousPath());
    }

    @ParameterizedTest
    @CsvSource({"POST, /admin/token, REFRESH", "PUT, /ADMIN/password, RESET", "POST, /admin/login, LOGIN"})
    void soIsEveryOtherRouteThatHandsOutACredential(String method, String path, Occasion occasion) {
        assertThat(open.handOut(method, target(path)).orElseThrow().handOut().occasion())
                .isEqualTo(occasion);
        assertThat(problemOf(() -> open.handOut(method, target("/x/.." + path))))
                .isEqualTo(new Problem.AmbiguousPath());
        assertThat(open.handOutMethods(target(path))).containsExactly(method);
    }

    @Test
    void theWatchedLogoutIsKnownByMethodAndPath() {
        assertThat(open.isLogout("POST", target("/admin/logout"))).isTrue();
        assertThat(open.isLogout("GET", target("/admin/logout"))).isFalse();
        assertThat(open.isLogout("POST", target("/admin/login"))).isFalse();
    }

    private static Policy policy(Rule... rules) {
        return new Policy(
                new Rules(List.of(rules)), List.of(CAPTURE), new OwnPaths(List.of("/api/2fa/disable", "/auth/login")));
    }

    private static RequestTarget target(String target) {
        return RequestTarget.of("GET", target, "h");
    }
}
