package io.portcullis.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.api.Parameter.Form;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                        new Dialect.Route("POST", "/base/greet", GREET, Map.of("name", "/person/name")),
                        new Dialect.Route("GET", "/base/hello", GREET, Map.of()));
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

    private static Dialect read(String file) {
        return Dialect.fromResource("/dialect/" + file, Map.of("greet", GREET));
    }
}
