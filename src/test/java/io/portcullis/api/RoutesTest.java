package io.portcullis.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private static final Operation ANY = new Operation("any", List.of(), call -> Reply.nothing());

    private final Dialect.Route all = route("GET", "/auth/things");
    private final Dialect.Route own = route("GET", "/auth/things/own");
    private final Dialect.Route one = route("GET", "/auth/things/{id}");
    private final Dialect.Route delete = route("DELETE", "/auth/things/{id}");
    private final Dialect.Route part = route("POST", "/auth/things/{id}/parts/{part}");
    private final Routes routes = new Routes(List.of(all, own, one, delete, part));

    @Test
    void aTemplateStandsForAnyValue() {
        assertThat(routes.find("GET", "/auth/things/a.b~c-d_9"))
                .isEqualTo(new Routes.Found(one, Map.of("id", "a.b~c-d_9")));
        assertThat(routes.find("DELETE", "/auth/things/%c3%A9"))
                .isEqualTo(new Routes.Found(delete, Map.of("id", "%c3%A9")));
        assertThat(routes.find("POST", "/auth/things/1/parts/2"))
                .isEqualTo(new Routes.Found(part, Map.of("id", "1", "part", "2")));
    }

    @Test
    void aPathThatIsSpelledOutGoesFirst() {
        assertThat(routes.find("GET", "/auth/things")).isEqualTo(new Routes.Found(all, Map.of()));
        assertThat(routes.find("GET", "/auth/things/own")).isEqualTo(new Routes.Found(own, Map.of()));
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
    }

    @Test
    void aValueHasAtMost128Characters() {
        assertThat(routes.serves("/auth/things/" + "a".repeat(128))).isTrue();
        assertThat(routes.serves("/auth/things/" + "a".repeat(129))).isFalse();
    }

    @Test
    void anotherMethodIsToldThoseOfThePath() {
        assertThatThrownBy(() -> routes.find("PUT", "/auth/things/1"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .isEqualTo(new Problem.MethodNotAllowed(Set.of("GET", "DELETE"))));
    }

    @Test
    void twoRoutesForOneRequestAreRefused() {
        assertThatThrownBy(() -> new Routes(List.of(all, route("GET", "/auth/things"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Routes(List.of(one, route("POST", "/auth/{kind}/x"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Routes(List.of(route("GET", "/auth/{a}/{a}"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Dialect.Route route(String method, String path) {
        return new Dialect.Route(method, path, ANY, Map.of(), false);
    }
}
