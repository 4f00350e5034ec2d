package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.testing.Await;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The access log of a gateway: one line for each request, and nothing in it that could be used. */
class AccessLogIT {
    @TempDir
    private Path folder;

    private Path file;
    private LegacyBackend backend;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        file = folder.resolve("access.log");
        backend = LegacyBackend.start("127.0.0.1", 0);
        gateway = TestGateway.inFrontOf(
                backend.port(), Map.of("ACCESS_LOG", file.toString()), "gateway.yaml", "observed.yaml");
    }

    @AfterEach
    void stop() {
        gateway.close();
        backend.close();
    }

    @Test
    void aRequestThatPassesIsToldWithWhoseItIs() throws Exception {
        var person = gateway.loggedIn().enrolled();
        var answer = person.get("/admin/metrics?secret=in-the-query");
        var line = lineOf(answer.header("X-Request-Id").orElseThrow());
        assertThat(line.getString("method")).isEqualTo("GET");
        assertThat(line.getString("path")).isEqualTo("/admin/metrics");
        assertThat(line.getString("rule")).isEqualTo("/admin/**");
        assertThat(line.getString("decision")).isEqualTo("passed");
        assertThat(line.getInteger("status")).isEqualTo(200);
        assertThat(line.getString("client")).isEqualTo("127.0.0.1");
        assertThat(line.getString("upstream")).isEqualTo("legacy");
        assertThat(line.getDouble("upstreamMs")).isPositive().isLessThanOrEqualTo(line.getDouble("durationMs"));
        assertThat(line.getLong("bytesOut")).isEqualTo(answer.body().length);
        assertThat(line.getString("realm")).isEqualTo(gateway.realm());
        assertThat(line.getString("subject")).isEqualTo(person.subject());
        assertThat(line.getString("session")).isNotBlank();
        assertThat(line.getString("traceId")).hasSize(32);
        assertThat(line.getString("time")).endsWith("Z");
    }

    @Test
    void aRefusalIsToldWithItsCodeAlsoBeforeAnyRule() throws Exception {
        var refused = lineOf(
                gateway.nobody().get("/admin/metrics").header("X-Request-Id").orElseThrow());
        assertThat(refused.getString("decision")).isEqualTo("refused");
        assertThat(refused.getString("code")).isEqualTo("AUTH_REQUIRED");
        assertThat(refused.getInteger("status")).isEqualTo(401);
        assertThat(refused.containsKey("upstream")).isFalse();

        var nowhere = lineOf(RawHttp.get(gateway.port(), "/nowhere;jsessionid=stolen/x?a=b")
                .header("X-Request-Id")
                .orElseThrow());
        assertThat(nowhere.getString("rule")).isEqualTo("-");
        assertThat(nowhere.getString("path")).isEqualTo("/nowhere;/x");

        var elsewhere = lineOf(RawHttp.get(gateway.port(), "http://me:password@evil.example/x")
                .header("X-Request-Id")
                .orElseThrow());
        assertThat(elsewhere.getString("code")).isEqualTo("INVALID_REQUEST");
        assertThat(elsewhere.getString("path")).isEqualTo("/x");
        assertThat(text()).doesNotContain("stolen").doesNotContain("password").doesNotContain("a=b");
    }

    @Test
    void anOwnRouteIsToldWithWhoAskedButNotWhatTheySaid() throws Exception {
        var person = gateway.loggedIn().enrolled();
        var wrong = person.verify("000000");
        var line = lineOf(wrong.header("X-Request-Id").orElseThrow());
        assertThat(line.getString("decision")).isEqualTo("answered");
        assertThat(line.getString("code")).isEqualTo("INVALID_CODE");
        assertThat(line.getString("subject")).isEqualTo(person.subject());
        assertThat(text()).doesNotContain(person.token()).doesNotContain("000000");
    }

    @Test
    void whatAPageSaysIsToldAsTheApiWouldSayIt() throws Exception {
        var page = gateway.nobody()
                .with("Origin", "http://127.0.0.1:" + gateway.port())
                .with("Accept-Language", "fr")
                .post("/auth/ui/login", "application/x-www-form-urlencoded", "email=nobody%40x.org&password=wrong");
        var line = lineOf(page.header("X-Request-Id").orElseThrow());
        assertThat(line.getString("path")).isEqualTo("/auth/ui/login");
        assertThat(line.getInteger("status")).isEqualTo(401);
        assertThat(line.getString("code")).isEqualTo("INVALID_CREDENTIALS");
        assertThat(text()).doesNotContain("nobody%40x.org").doesNotContain("wrong");
    }

    @Test
    void ofAQuestionByForwardAuthItTellsWhatWasAskedAbout() throws Exception {
        try (var asked = TestGateway.by(
                List.of("forward-auth.yaml", "observed.yaml"),
                Map.of("ACCESS_LOG", folder.resolve("access.log").toString()))) {
            var refused = asked.nobody()
                    .with("X-Forwarded-Method", "DELETE")
                    .with("X-Forwarded-Uri", "/admin/users/7?secret=in-the-query")
                    .with("X-Forwarded-Host", "admin.example.com")
                    .with("X-Forwarded-Proto", "https")
                    .get("/auth/forward");
            var line = lineOf(refused.header("X-Request-Id").orElseThrow());
            assertThat(line.getString("method")).isEqualTo("DELETE");
            assertThat(line.getString("path")).isEqualTo("/admin/users/7");
            assertThat(line.getString("rule")).isEqualTo("/admin/**");
            assertThat(line.getString("decision")).isEqualTo("refused");
        }
    }

    @Test
    void noPasswordTokenOrCookieIsInIt() throws Exception {
        var login = gateway.login(LegacyAccounts.ALICE);
        lineOf(login.header("X-Request-Id").orElseThrow());
        var withCookie = RawHttp.get(
                gateway.port(),
                "/users/me",
                "Cookie: access_token=" + login.string("/token"),
                "User-Agent: agent-with-secret",
                "Referer: https://admin.example.com/?token=abc");
        lineOf(withCookie.header("X-Request-Id").orElseThrow());
        assertThat(text())
                .doesNotContain(LegacyAccounts.ALICE.password())
                .doesNotContain(LegacyAccounts.ALICE.email())
                .doesNotContain(login.string("/token"))
                .doesNotContain("agent-with-secret")
                .doesNotContain("token=abc");
    }

    @Test
    void aClientThatLeavesIsTold() throws Exception {
        try (var client = RawHttp.to(gateway.port())) {
            client.send(RawHttp.request(
                    "GET",
                    "/admin/stream?chunks=1000&everyMs=50",
                    "",
                    "Authorization: Bearer " + gateway.loggedIn().token()));
            client.until("line 2\n");
        }
        Await.until("the line of the stream", () -> text().contains("/admin/stream"));
        var line = lines().stream()
                .filter(one -> one.getString("path").equals("/admin/stream"))
                .findFirst()
                .orElseThrow();
        assertThat(line.getBoolean("cut")).isTrue();
        assertThat(line.getString("decision")).isEqualTo("would-refuse");
    }

    @Test
    void aFileThatWasMovedAwayIsMadeAnewAndNoLineIsLost() throws Exception {
        var before = gateway.nobody().get("/public/x").header("X-Request-Id").orElseThrow();
        lineOf(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        var moved = Files.move(file, folder.resolve("access.log.1"));
        Await.until("it is made anew", () -> {
            gateway.nobody().get("/public/x");
            return Files.exists(file);
        });
        lineOf(gateway.nobody().get("/public/y").header("X-Request-Id").orElseThrow());
        assertThat(Files.readString(moved)).contains(before);
        assertThat(text()).doesNotContain(before);
    }

    /** As log rotation does: move, then SIGHUP. */
    @Test
    void aReloadOpensItAnew() throws Exception {
        lineOf(gateway.nobody().get("/public/x").header("X-Request-Id").orElseThrow());
        Files.move(file, folder.resolve("access.log.1"));
        gateway.reload();
        assertThat(file).exists();
        lineOf(gateway.nobody().get("/public/y").header("X-Request-Id").orElseThrow());
    }

    private String text() throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }

    private List<JsonObject> lines() throws IOException {
        return text().lines().map(JsonObject::new).toList();
    }

    /** Waits for the one line of a request. */
    private JsonObject lineOf(String requestId) throws Exception {
        Await.until("the line of " + requestId, () -> text().contains(requestId));
        var found = lines().stream()
                .filter(line -> line.getString("requestId").equals(requestId))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
