package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the gateway says of its own routes, to anybody who asks. */
@ExtendWith(TestGateways.class)
class OpenApiIT {
    private static final String DOCUMENT = "/auth/openapi.json";

    @Test
    void everybodyMayReadIt(TestGateway gateway) {
        var answer = gateway.nobody().with("Origin", TestGateway.CONSOLE).get(DOCUMENT);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).hasValue("application/json");
        assertThat(answer.header("Access-Control-Allow-Origin")).hasValue(TestGateway.CONSOLE);
        assertThat(answer.string("/openapi")).isEqualTo("3.1.0");
        assertThat(answer.string("/servers/0/url")).isEqualTo("https://admin.example.com");
        assertThat(answer.string("/components/securitySchemes/session/name")).isEqualTo("portcullis");
        assertThat(answer.string("/info/version")).isNotEmpty();
        assertThat(answer.json("/paths")).isInstanceOf(JsonObject.class);
        assertThat(answer.json().getJsonObject("paths").fieldNames())
                .contains("/auth/login", "/auth/sessions/{id}", DOCUMENT, "/.well-known/portcullis/jwks.json");
    }

    @Test
    void saysNothingOfTheBackendAndTheRules(TestGateway gateway) {
        var text = gateway.nobody().get(DOCUMENT).text();
        assertThat(text)
                .doesNotContain("/admin/metrics", "/admin/login", "/admin/stepup")
                .doesNotContain("/internal")
                .doesNotContain("127.0.0.1")
                .doesNotContain(gateway.realm())
                .doesNotContain(Integer.toString(gateway.backendPort()));
    }

    @Test
    void itIsTheSameOnEveryInstance(TestGateway gateway) {
        var first = gateway.nobody().get(DOCUMENT).text();
        assertThat(gateway.nobody().at(gateway.secondPort()).get(DOCUMENT).text())
                .isEqualTo(first);
    }
}
