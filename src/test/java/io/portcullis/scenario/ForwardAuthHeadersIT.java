package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a proxy says what it asks about, and who may say it. */
class ForwardAuthHeadersIT {
    private static TestGateway gateway;
    private static Person alice;

    @BeforeAll
    static void start() {
        gateway = TestGateway.by("forward-auth.yaml", Map.of());
        alice = gateway.loggedIn().enrolled();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Answer ask(String... headers) throws IOException {
        var all = new String[headers.length + 1];
        all[0] = "Authorization: Bearer " + alice.token();
        System.arraycopy(headers, 0, all, 1, headers.length);
        return RawHttp.get(gateway.port(), "/auth/forward", all);
    }

    private static Answer ask(Map<String, String> headers) {
        var person = alice;
        for (var header : headers.entrySet()) {
            person = person.with(header.getKey(), header.getValue());
        }
        return person.get("/auth/forward");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/admin/metrics", "https://admin.example.com/admin/metrics?x=//y", "http://localhost:1/admin/x"})
    void nginxSendsTheUrl(String url) throws Exception {
        assertThat(ask("X-Original-Method: GET", "X-Original-URL: " + url).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https:/admin/metrics",
                "https://admin.example.com",
                "ftp://admin.example.com/admin/metrics",
                "admin/metrics",
                "*",
                "/admin/%zz",
                "/admin/metrics#x",
            })
    void whatIsNoUrlIsRefused(String url) throws Exception {
        var answer = ask("X-Original-Method: GET", "X-Original-URL: " + url);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        assertThat(ask().text()).contains("X-Forwarded-Uri").contains("X-Original-URL");
        assertThat(ask().status()).isEqualTo(400);
        assertThat(ask("X-Forwarded-Uri: /").json("/error/fields/0/field")).isEqualTo("X-Forwarded-Method");
        assertThat(ask("X-Original-URL: /").json("/error/fields/0/field")).isEqualTo("X-Original-Method");
        assertThat(ask("X-Original-Method: GET").json("/error/fields/0/field")).isEqualTo("X-Original-URL");
        // The other half may be the client's own.
        assertThat(ask("X-Original-URL: /", "X-Forwarded-Method: GET").status()).isEqualTo(400);
    }

    @Test
    void twoSetsOfHeadersMustSayTheSame() throws Exception {
        var forwarded = new String[] {"X-Forwarded-Method: GET", "X-Forwarded-Uri: /admin/metrics", "", ""};
        forwarded[2] = "X-Original-Method: GET";
        forwarded[3] = "X-Original-URL: http://localhost/admin/metrics";
        assertThat(ask(forwarded).status()).isEqualTo(200);
        forwarded[3] = "X-Original-URL: /public/x";
        assertThat(ask(forwarded).json("/error/fields/0/field")).isEqualTo("X-Original-URL");
        forwarded[2] = "X-Original-Method: POST";
        assertThat(ask(forwarded).json("/error/fields/0/field")).isEqualTo("X-Original-Method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Uri: /public/x", "X-Forwarded-Uri: /admin/metrics", "X-Forwarded-Method: GET"})
    void noneIsSentTwice(String more) throws Exception {
        assertThat(ask("X-Forwarded-Method: GET", "X-Forwarded-Uri: /admin/metrics", more)
                        .code())
                .isEqualTo("INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-Host, evil.example, MISDIRECTED_REQUEST",
        "X-Forwarded-Host, 'admin.example.com, evil.example', MISDIRECTED_REQUEST",
        "X-Forwarded-Host, user@admin.example.com, MISDIRECTED_REQUEST",
        "X-Forwarded-Proto, gopher, INVALID_REQUEST",
        "X-Forwarded-Proto, wss, 200",
        "X-Forwarded-Host, ADMIN.example.com:8443, 200",
    })
    void theHostIsOneThatIsServed(String header, String value, String code) {
        var asked = Map.of("X-Forwarded-Method", "GET", "X-Forwarded-Uri", "/admin/metrics", header, value);
        assertThat(ask(asked).code()).isEqualTo(code);
    }

    @Test
    void theUrlNamesTheSameHost() {
        var url = Map.of("X-Original-Method", "GET", "X-Original-URL", "https://evil.example/admin/metrics");
        assertThat(ask(url).code()).isEqualTo("MISDIRECTED_REQUEST");
        var other = Map.of(
                "X-Original-Method",
                "GET",
                "X-Original-URL",
                "https://admin.example.com/admin/metrics",
                "X-Forwarded-Host",
                "localhost");
        assertThat(ask(other).code()).isEqualTo("INVALID_REQUEST");
    }

    /** By which name the proxy calls the gateway is its own affair. */
    @Test
    void theHostOfTheQuestionIsNot() throws Exception {
        var question = RawHttp.request(
                        "GET",
                        "/auth/forward?q=1",
                        "",
                        "X-Forwarded-Method: GET",
                        "X-Forwarded-Host: admin.example.com",
                        "X-Forwarded-Uri: /admin/metrics",
                        "Authorization: Bearer " + alice.token())
                .replace("Host: localhost", "Host: portcullis:8080");
        try (var raw = RawHttp.to(gateway.port())) {
            assertThat(raw.send(question).answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/forward", "/auth/forward/refusal"})
    void nobodyElseMayAsk(String path) throws Exception {
        for (var uri : new String[] {"/admin/metrics", "/public/x", "/internal/x"}) {
            try (var raw = RawHttp.from("127.0.0.2", gateway.port())) {
                var question = RawHttp.request(
                        "GET",
                        path,
                        "",
                        "X-Forwarded-Method: GET",
                        "X-Forwarded-Uri: " + uri,
                        "X-Forwarded-For: 127.0.0.1",
                        "Authorization: Bearer " + alice.token());
                var answer = raw.send(question).answer();
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.code()).isEqualTo("FORBIDDEN");
                assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("x-auth-"));
            }
        }
    }

    /** Whatever the gate itself says of a target, a backend that decodes twice, folds case or drops parameters gets nothing else this way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/../admin/metrics",
                "/public/..%2fadmin/metrics",
                "/public/%2e%2e/admin/metrics",
                "/public/..%252fadmin/metrics",
                "/public/%252e%252e%252fadmin/metrics",
                "/public/..;/admin/metrics",
                "/public/..\\admin/metrics",
                "/public/..%5cadmin/metrics",
                "/public/%c0%ae%c0%ae/admin/metrics",
                "//admin/metrics",
                "//evil/admin/metrics",
                "/%61dmin/metrics",
                "/%2561dmin/metrics",
                "/ADMIN/metrics",
                "/admin;x/metrics",
                "/./admin/metrics",
                "/admin/metrics%00",
                "/admin/metrics",
                "/public/x?/../admin",
                "/auth//forward",
                "/AUTH/forward",
                "/auth/forward/",
                "http://localhost/public/../admin/metrics",
                "http://evil/public/x",
            })
    void aPathIsReadAsTheGateReadsIt(String target) throws Exception {
        var direct = RawHttp.get(gateway.port(), target);
        var asked =
                RawHttp.get(gateway.port(), "/auth/forward", "X-Forwarded-Method: GET", "X-Forwarded-Uri: " + target);
        assertThat(asked.code()).isEqualTo(direct.isOfTheGateway() ? direct.code() : "200");
    }
}
