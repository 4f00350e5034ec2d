package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.SslMode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
    @Test
    void partsArePercentDecodedForBothClients() {
        var url = PostgresUrl.of("postgresql://gate%40way:p%40ss%3A%2F@db_1:5433/port%2Dcullis");
        assertThat(url.user()).isEqualTo("gate@way");
        assertThat(url.password()).isEqualTo("p@ss:/");
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db_1:5433/port-cullis?sslmode=disable");
        var pool = url.vertx(Map.of("application_name", "x"));
        assertThat(pool.getUser()).isEqualTo("gate@way");
        assertThat(pool.getPassword()).isEqualTo("p@ss:/");
        assertThat(pool.getHost()).isEqualTo("db_1");
        assertThat(pool.getPort()).isEqualTo(5433);
        assertThat(pool.getDatabase()).isEqualTo("port-cullis");
        assertThat(pool.getProperties()).containsEntry("application_name", "x");
    }

    @ParameterizedTest
    @CsvSource({
        "require, sslmode=require",
        "verify-full, sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"
    })
    void tlsIsAskedForOfBothClients(String mode, String jdbc) {
        var url = PostgresUrl.of("postgresql://u:p@db/x?sslmode=" + mode);
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db:5432/x?" + jdbc);
        assertThat(url.vertx(Map.of()).getSslMode()).isEqualTo(SslMode.of(mode));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "mysql://u:hunter2@db/x",
                "postgresql://u:hunter2@db:notaport/x",
                "postgresql://u:hunter2@db:5432",
                "postgresql://u:hunter2@db/x?sslmode=prefer",
                "postgresql://u:hunter2@db/x?sslmode=verify-ca",
                "postgresql://u:hunter2 with space@db/x"
            })
    void refusesAnotherFormWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> PostgresUrl.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void printsNoPassword() {
        assertThat(PostgresUrl.of("postgresql://u:hunter2@db/x")).hasToString("PostgresUrl[db:5432/x]");
    }
}
