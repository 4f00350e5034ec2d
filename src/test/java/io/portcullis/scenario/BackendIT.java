package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backends that fail, and paths that two servers read differently. */
@ExtendWith(TestGateways.class)
class BackendIT {
    @Test
    void aBackendThatRefusesConnections(TestGateway gateway) {
        var answer = gateway.nobody().get("/gone/x");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.code()).isEqualTo("UPSTREAM_UNAVAILABLE");
        assertThat(answer.error("action")).isEqualTo("RETRY");
    }

    @Test
    void aBackendThatNeverAnswers(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var answer = alice.get("/admin/hang");
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.code()).isEqualTo("UPSTREAM_TIMEOUT");
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void aBackendThatDiesInMidBody(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        assertThatThrownBy(() -> alice.get("/admin/die?after=100")).isInstanceOf(UncheckedIOException.class);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void aBackendThatStreams(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        assertThat(alice.get("/admin/stream?chunks=3&everyMs=5").text()).isEqualTo("line 1\nline 2\nline 3\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/../admin/metrics",
                "/public/..%2fadmin/metrics",
                "/public/%2e%2e/admin/metrics",
                "/public\\..\\admin\\metrics",
                "/public/..;/admin/metrics",
                "/public/%252e%252e/admin/metrics",
                "/public/..%5cadmin/metrics",
                "/public/..%c0%afadmin/metrics",
                "/public//../admin/metrics",
                "//public/../admin/metrics",
                "//localhost/admin/metrics",
                "/%61dmin/metrics",
                "/admin;x=1/login",
                "/admin/login/..%2fmetrics",
                "/ADMIN%2fmetrics",
            })
    void aPathThatSomeServerReadsAsAGuardedOne(String target, TestGateway gateway) throws Exception {
        var answer = RawHttp.get(gateway.port(), target);
        assertThat(answer.isOfTheGateway()).isTrue();
        assertThat(answer.code()).isIn("AMBIGUOUS_PATH", "AUTH_REQUIRED", "NO_ROUTE", "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/../admin/metrics", "/public/..%2fadmin/metrics", "/public/..;/admin/metrics"})
    void isRefusedAsAmbiguous(String target, TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        var answer = RawHttp.get(gateway.port(), target, "Authorization: Bearer " + alice.token());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("AMBIGUOUS_PATH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin/metrics",
                "/a%zz",
                "/a%",
                "/a#b",
                "/a\u0001b",
                "/a\u00e9b",
                "*",
                "http://evil.example/admin"
            })
    void aTargetThatIsNone(String target, TestGateway gateway) throws Exception {
        var answer = RawHttp.get(gateway.port(), target);
        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT"})
    void aMethodThatIsNeverForwarded(String method, TestGateway gateway) throws Exception {
        try (var raw = RawHttp.to(gateway.port())) {
            var target = method.equals("CONNECT") ? "localhost:80" : "/public/x";
            assertThat(raw.send(RawHttp.request(method, target, "")).answer().status())
                    .isEqualTo(405);
        }
    }

    @Test
    void whatAClientSaysOfItselfIsTakenAway(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var seen = alice.with("X-Auth-Role", "superAdmin")
                .with("x_auth_subject", "1")
                .with("X-Forwarded-For", "10.9.8.7")
                .with("X-Original-URL", "/admin/other")
                .with("X-HTTP-Method-Override", "DELETE")
                .with("Cookie", "portcullis=stolen; portcullis-login=stolen; theirs=1")
                .get("/admin/inspect")
                .text();
        assertThat(seen)
                .contains("theirs=1")
                .doesNotContain("superAdmin")
                .doesNotContain("x_auth_subject")
                .doesNotContain("10.9.8.7")
                .doesNotContain("/admin/other")
                .doesNotContain("DELETE")
                .doesNotContain("stolen");
    }
}
