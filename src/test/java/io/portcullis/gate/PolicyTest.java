package io.portcullis.gate;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.login.CaptureSettings;
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
            "legacy",
            new CaptureSettings.Route("POST", "/Admin/Login"),
            "/email",
            "/password",
            200,
            "/token",
            Optional.empty(),
            Optional.of(new CaptureSettings.Route("POST", "/admin/logout")));

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
        assertThat(open.login(method, target(path)).isPresent()).isEqualTo(login);
    }

    @Test
    void anotherMethodAtTheLoginIsKnownToo() {
        assertThat(open.loginMethod(target("/ADMIN/login?x=1"))).contains("POST");
        assertThat(open.loginMethod(target("/admin/login/x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin//login", "/admin/%6cogin", "/admin/login;x=1", "/x/../admin/login"})
    void whatOnlySomeServerWouldReadAsTheLoginIsRefused(String path) {
        assertThat(problemOf(() -> open.login("POST", target(path)))).isEqualTo(new Problem.AmbiguousPath());
    }

    @Test
    void theWatchedLogoutIsKnownByMethodAndPath() {
        assertThat(open.isLogout("POST", target("/admin/logout"))).isTrue();
        assertThat(open.isLogout("GET", target("/admin/logout"))).isFalse();
        assertThat(open.isLogout("POST", target("/admin/login"))).isFalse();
    }

    private static Policy policy(Rule... rules) {
        return new Policy(new Rules(List.of(rules)), List.of(CAPTURE));
    }

    private static RequestTarget target(String target) {
        return RequestTarget.of("GET", target, "h");
    }
}
