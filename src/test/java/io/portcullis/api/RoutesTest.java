package io.portcullis.api;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.dialect.Catalogue;
import io.portcullis.dialect.Dialect;
import io.portcullis.dialect.Dialects;
import io.portcullis.dialect.Route;
import io.portcullis.domain.error.Problem;
import io.portcullis.yaml.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private final Route all = route("GET", "/auth/things");
    private final Route own = route("GET", "/auth/things/own");
    private final Route one = route("GET", "/auth/things/{id}");
    private final Route delete = route("DELETE", "/auth/things/{id}");
    private final Route part = route("POST", "/auth/things/{id}/parts/{part}");
    private final Dialect things = dialect("things", all, own, one, delete, part);
    private final Dialect others = dialect("others", route("PUT", "/auth/things"), route("GET", "/api/{kind}"));
    private final Routes routes = new Routes(new Dialects(List.of(things, others)));

    private Routes.Found found(Route route, Map<String, String> values) {
        return new Routes.Found(new Routes.Mounted(things, route), values);
    }

    @Test
    void aTemplateStandsForAnyValue() {
        assertThat(routes.find("GET", "/auth/things/a.b~c-d_9")).isEqualTo(found(one, Map.of("id", "a.b~c-d_9")));
        assertThat(routes.find("DELETE", "/auth/things/%c3%A9")).isEqualTo(found(delete, Map.of("id", "%c3%A9")));
        assertThat(routes.find("POST", "/auth/things/1/parts/2"))
                .isEqualTo(found(part, Map.of("id", "1", "part", "2")));
    }

    @Test
    void aTemplateMayBeUnderAnyBase() {
        assertThat(routes.find("GET", "/api/x").pathValues()).isEqualTo(Map.of("kind", "x"));
        assertThat(routes.serves("/apix/x")).isFalse();
        var atTheRoot = new Routes(new Dialects(List.of(dialect("root", route("GET", "/{kind}")))));
        assertThat(atTheRoot.find("GET", "/x").pathValues()).isEqualTo(Map.of("kind", "x"));
        assertThat(atTheRoot.serves("/")).isFalse();
        assertThat(atTheRoot.serves("/x/y")).isFalse();
    }

    @Test
    void aPathThatIsSpelledOutGoesFirst() {
        assertThat(routes.find("GET", "/auth/things")).isEqualTo(found(all, Map.of()));
        assertThat(routes.find("GET", "/auth/things/own")).isEqualTo(found(own, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/things/",
                "/auth/things/.",
                "/auth/things/..",
                "/auth/things/a/",
                "/auth/things//a",
                "/auth/things/a;b",
                "/auth/things/a:b",
                "/auth/things/{id}",
                "/auth/things/%2",
                "/auth/things/a\n",
                "/AUTH/things/a",
                "/auth/Things/a",
                "/auth/thing/a",
                "/auth//things/a",
                "/x/auth/things/a",
                "/auth/things/1/parts",
                "/auth/things/1/parts/2/3",
            })
    void anyOtherPathIsNoneOfOurs(String path) {
        assertThat(routes.serves(path)).isFalse();
        assertThat(routes.dialect("GET", path)).isEmpty();
        assertThat(problemOf(() -> routes.find("GET", path))).isEqualTo(new Problem.NoRoute());
    }

    @Test
    void aValueHasAtMost128Characters() {
        assertThat(routes.serves("/auth/things/" + "a".repeat(128))).isTrue();
        assertThat(routes.serves("/auth/things/" + "a".repeat(129))).isFalse();
    }

    @Test
    void anotherMethodIsToldThoseOfThePath() {
        assertThat(problemOf(() -> routes.find("PUT", "/auth/things/1")))
                .isEqualTo(new Problem.MethodNotAllowed(Set.of("GET", "DELETE")));
        assertThat(problemOf(() -> routes.find("POST", "/auth/things")))
                .isEqualTo(new Problem.MethodNotAllowed(Set.of("GET", "PUT")));
    }

    @Test
    void errorsAreThoseOfTheDialectThatHasTheMethod() {
        assertThat(routes.dialect("GET", "/auth/things")).contains(things);
        assertThat(routes.dialect("PUT", "/auth/things")).contains(others);
        assertThat(routes.dialect("POST", "/auth/things/own")).contains(things);
        assertThat(routes.dialect("POST", "/api/x")).contains(others);
    }

    @Test
    void twoRoutesForOneRequestAreRefused() {
        assertRefused(all, route("GET", "/auth/things"));
        assertRefused(one, route("POST", "/auth/{kind}/x"));
        assertRefused(route("GET", "/auth/{a}/{a}"));
    }

    private static void assertRefused(Route... together) {
        assertThatThrownBy(() -> new Routes(new Dialects(List.of(dialect("test", together)))))
                .isInstanceOf(IllegalArgumentException.class);
        var apart = Stream.of(together).map(route -> dialect("test", route)).toList();
        assertThatThrownBy(() -> new Routes(new Dialects(apart))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Dialect dialect(String name, Route... routes) {
        return new Dialect(name, name + ".yaml", "", List.of(routes), new Dialect.Errors(Map.of(), Map.of()));
    }

    private static Route route(String method, String path) {
        var any = Catalogue.OPERATIONS.find("status").orElseThrow();
        return new Route(
                method, path, List.of(new Route.Case(Optional.empty(), any, Map.of(), Map.of())), new Place(7, 5));
    }
}
