package io.portcullis.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.api.Parameter.Form;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
    private static final Operation GREET = new Operation(
            "greet",
            List.of(Parameter.required("name", Form.TEXT), Parameter.optional("title", Form.TEXT)),
            call -> Reply.nothing());

    @Test
    void aRouteIsAnOperationAndWhereItsArgumentsAre() {
        var dialect = read("good.yaml");
        assertThat(dialect.name()).isEqualTo("test");
        assertThat(dialect.routes())
                .containsExactly(
                        new Dialect.Route("POST", "/base/greet", GREET, Map.of("name", "/person/name"), false),
                        new Dialect.Route("GET", "/base/hello", GREET, Map.of(), true));
    }

    @Test
    void anUnknownOperationIsRefusedByName() {
        assertThatThrownBy(() -> read("unknown-operation.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("insult");
    }

    @Test
    void anUnknownArgumentIsRefusedByName() {
        assertThatThrownBy(() -> read("unknown-argument.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("greet")
                .hasMessageContaining("nickname");
    }

    @Test
    void aFileWithoutRoutesIsRefused() {
        assertThatThrownBy(() -> read("no-routes.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("routes");
    }

    @Test
    void argumentsMayBeInThePathAndTheQuery() {
        assertThat(read("template.yaml").routes())
                .containsExactly(new Dialect.Route(
                        "GET",
                        "/auth/greet/{name}",
                        GREET,
                        Map.of("name", "path:name", "title", "query:title"),
                        false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "template-elsewhere.yaml | under /auth/",
                "template-place-unused.yaml | /auth/greet/{other}",
                "template-no-place.yaml | /auth/greet",
                "template-half-a-segment.yaml | whole segment",
                "argument-nowhere.yaml | header:name",
                "cross-site-post.yaml | crossSite",
            })
    void aRouteThatCannotBeMeantIsRefused(String file, String reason) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static Dialect read(String file) {
        return Dialect.fromResource("/dialect/" + file, Map.of("greet", GREET));
    }
}
