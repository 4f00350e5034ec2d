package io.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Problem;
import io.portcullis.gate.Rule.Access;
import io.portcullis.http.Pages;
import io.portcullis.proxy.ExchangeLimits;
import io.portcullis.testing.RequestHead;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NavigationTest {
    private static final Rule RULE =
            DecisionTest.rule(Access.TWO_FACTOR, Set.of(), Rule.SecondFactor.ANY, Rule.Enforcement.FULL);
    private static final Problem LOGIN = new Problem.AuthRequired();

    @Test
    void eachProblemThatAPageHelpsWithLeadsToThatPage() {
        assertThat(page(LOGIN)).contains("/auth/ui/login?next=%2Fadmin%2Fx");
        assertThat(page(new Problem.SessionExpired())).contains("/auth/ui/login?next=%2Fadmin%2Fx");
        assertThat(page(new Problem.TwoFactorMandatory(List.of()))).contains("/auth/ui/setup?next=%2Fadmin%2Fx");
        assertThat(page(new Problem.TwoFactorRequired(List.of(), Optional.empty())))
                .contains("/auth/ui/verify?next=%2Fadmin%2Fx");
    }

    @Test
    void noOtherProblemLeadsAnywhere() {
        assertThat(page(new Problem.Forbidden())).isEmpty();
        assertThat(page(new Problem.StoreUnavailable())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "application/json;q=0.5, text/html",
                "TEXT/HTML; q=0.3, application/json;q=0.2",
            })
    void anAcceptThatPrefersHtmlIsANavigation(String accept) {
        assertThat(page("GET", "Accept", accept)).isPresent();
        assertThat(page("HEAD", "Accept", accept)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "*/*",
                "text/*",
                "application/json, text/html;q=0.9",
                "application/problem+json, text/html;q=0.1",
                "text/html;q=0",
                "text/html;q=broken",
                "text/html, application/json",
                "",
            })
    void anyOtherAcceptIsAnApiClient(String accept) {
        assertThat(page("GET", "Accept", accept)).isEmpty();
    }

    @Test
    void noAcceptAtAllIsAnApiClient() {
        assertThat(page("GET", "X-Other", "text/html")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void onlyGetAndHeadNavigate(String method) {
        assertThat(page(method, "Sec-Fetch-Mode", "navigate")).isEmpty();
        assertThat(page(method, "Accept", "text/html")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"navigate, true", "cors, false", "same-origin, false", "no-cors, false", "websocket, false"})
    void whatTheBrowserSaysGoesBeforeAccept(String mode, boolean navigation) {
        var request = RequestHead.of("GET")
                .with("Sec-Fetch-Mode", mode)
                .with("Accept", navigation ? "application/json" : "text/html");
        assertThat(page(request, "/admin/x", RULE).isPresent()).isEqualTo(navigation);
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/x?a=1&b=2, %2Fadmin%2Fx%3Fa%3D1%26b%3D2",
        "/admin/%C3%A9, %2Fadmin%2F%25C3%25A9",
        "//evil.example/x, %2F",
        "/\\evil.example/x, %2F",
    })
    void nextIsALocalPathOrTheRoot(String wanted, String next) {
        var request = RequestHead.of("GET").with("Accept", "text/html");
        assertThat(page(request, wanted, RULE)).contains("/auth/ui/login?next=" + next);
    }

    @Test
    void aPageThatIsGatedItselfDoesNotLeadToItself() {
        var request = RequestHead.of("GET").with("Accept", "text/html");
        assertThat(page(request, "/auth/ui/login?next=/", RULE)).isEmpty();
    }

    @Test
    void aRuleHasPagesOfItsOwn() {
        var own = new Rule(
                "admin",
                "/admin/**",
                Set.of(),
                Access.TWO_FACTOR,
                Set.of(),
                "legacy",
                new Pages("/l", "/s", "/v"),
                Rule.SecondFactor.ANY,
                Rule.Enforcement.FULL,
                ExchangeLimits.NONE);
        var request = RequestHead.of("GET").with("Accept", "text/html");
        assertThat(page(request, "/admin/x", own)).contains("/l?next=%2Fadmin%2Fx");
    }

    private static Optional<String> page(Problem problem) {
        var request = RequestHead.of("GET").with("Accept", "text/html").request();
        return Navigation.pageFor(request.method(), request, RequestTarget.of("GET", "/admin/x", "h"), RULE, problem);
    }

    private static Optional<String> page(String method, String header, String value) {
        return page(RequestHead.of(method).with(header, value), "/admin/x", RULE);
    }

    private static Optional<String> page(RequestHead request, String target, Rule rule) {
        return Navigation.pageFor(
                request.request().method(), request.request(), RequestTarget.of("GET", target, "h"), rule, LOGIN);
    }
}
