package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.AnsweringServer;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A legacy backend whose credentials only it can read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntrospectionIT {
    private static final Duration CACHE = Duration.ofSeconds(5);
    private static final AtomicInteger NEXT = new AtomicInteger(700_000);

    private final AnsweringServer legacy = new AnsweringServer();
    /** Whom the legacy backend has logged in, by credential. */
    private final Map<String, JsonObject> users = new ConcurrentHashMap<>();

    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.by("tokens.yaml", Map.of("ME_URL", legacy.url()));
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
        legacy.close();
    }

    @BeforeEach
    void serves() {
        legacy.answers(this::me);
    }

    private void me(HttpServerRequest request) {
        boolean byCookie = String.valueOf(request.path()).equals("/cookie");
        var credential = String.valueOf(request.getHeader(byCookie ? "Cookie" : "Authorization"))
                .replace("Bearer ", "")
                .replace("LEGACYSESS=", "");
        var user = users.get(credential);
        if (user == null) {
            request.response().setStatusCode(401).end();
        } else {
            request.response().end((byCookie ? user : JsonObject.of("user", user)).encode());
        }
    }

    private static String credential() {
        return "opaque-" + NEXT.incrementAndGet();
    }

    private String login(int id, String role) {
        var credential = credential();
        users.put(credential, JsonObject.of("id", id, "email", id + "@example.com", "role", role));
        return credential;
    }

    private Person loggedIn() {
        int id = NEXT.incrementAndGet();
        return gateway.nobody().holding(login(id, "admin"), Integer.toString(id));
    }

    private long questions() {
        return legacy.requests().size();
    }

    @Test
    void fromTheFirstLoginToTheLogout() {
        var alice = loggedIn();
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("2FA_MANDATORY");
        alice.enrolled();
        var seen = alice.get("/admin/inspect");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.text())
                .contains("[\"X-Auth-Subject\",\"" + alice.subject() + "\"]")
                .contains("[\"X-Auth-Role\",\"admin\"]")
                .contains("[\"X-Auth-Realm\",\"" + gateway.realm() + "\"]");
        var again = alice.holding(login(Integer.parseInt(alice.subject()), "admin"));
        assertThat(again.get("/admin/inspect").code()).isEqualTo("2FA_REQUIRED");
        assertThat(again.verify(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(again.at(gateway.secondPort()).get("/admin/inspect").status())
                .isEqualTo(200);
        assertThat(again.logout().status()).isEqualTo(204);
        assertThat(again.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
    }

    @Test
    void anotherRoleIsSeenWhenTheAnswerIsOld() {
        var alice = loggedIn().enrolled();
        var weak = alice.holding(login(Integer.parseInt(alice.subject()), "admin"));
        var elsewhere = alice.at(gateway.secondPort());
        for (int i = 0; i < 3; i++) { // all of it is remembered by now
            assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
            assertThat(elsewhere.get("/admin/inspect").status()).isEqualTo(200);
            assertThat(weak.get("/admin/inspect").code()).isEqualTo("2FA_REQUIRED");
        }
        for (var person : new Person[] {alice, weak}) {
            users.computeIfPresent(person.token(), (same, user) -> user.copy().put("role", "editor"));
        }
        gateway.clock().advance(CACHE.minusMillis(1));
        assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
        gateway.clock().advance(Duration.ofMillis(1));
        assertThat(weak.get("/admin/inspect").code()).isEqualTo("FORBIDDEN");
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("FORBIDDEN");
        assertThat(elsewhere.get("/admin/inspect").code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void aLegacyLogoutIsSeenWhenTheAnswerIsOld() {
        var alice = loggedIn().enrolled();
        assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
        users.remove(alice.token());
        gateway.clock().advance(CACHE);
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("AUTH_REQUIRED");
    }

    @ParameterizedTest
    @CsvSource({"500, UPSTREAM_UNAVAILABLE", "200, UPSTREAM_UNAVAILABLE", "0, UPSTREAM_TIMEOUT"})
    void aRouteThatFailsOpensNothingAndLogsNobodyOut(int status, String code) {
        var alice = loggedIn().enrolled();
        var bob = loggedIn();
        gateway.clock().advance(CACHE);
        legacy.answers(request -> {
            if (status > 0) {
                request.response().setStatusCode(status).end("<html>");
            }
        });
        assertThat(alice.get("/admin/inspect").code()).isEqualTo(code);
        assertThat(bob.get("/users/hello").code()).isEqualTo(code);
        assertThat(bob.get("/auth/me").code()).isEqualTo(code);
        legacy.answers(this::me);
        assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
    }

    @Test
    void manyRequestsAreFewQuestions() {
        var alice = loggedIn().enrolled();
        gateway.clock().advance(CACHE);
        long before = questions();
        for (int i = 0; i < 20; i++) {
            assertThat(alice.get("/users/hello").status()).isEqualTo(200);
        }
        assertThat(questions() - before).isOne();
    }

    @Test
    void aCookieIsShownAsACookieAndNothingElse() {
        int id = NEXT.incrementAndGet();
        var cookie = "LEGACYSESS=" + login(id, "admin");
        var alice = gateway.nobody().with("Cookie", "theme=dark; " + cookie);
        long before = questions();
        assertThat(alice.get("/users/hello").status()).isEqualTo(200);
        var asked = legacy.requests().get((int) before);
        assertThat(asked.getHeader("Cookie")).isEqualTo(cookie);
        assertThat(asked.getHeader("Authorization")).isNull();
        assertThat(asked.getHeader("Accept")).isEqualTo("application/json");
        assertThat(questions() - before).isOne();
    }

    @Test
    void aCredentialOfAnotherPlaceIsNotShown() {
        var credential = login(NEXT.incrementAndGet(), "admin");
        long before = questions();
        assertThat(gateway.nobody()
                        .with("Cookie", "OTHER=" + credential)
                        .get("/users/hello")
                        .code())
                .isEqualTo("AUTH_REQUIRED");
        assertThat(questions()).isEqualTo(before);
    }

    @Test
    void ourOwnTokensAreNeverShown() {
        long before = questions();
        var own = "portcullis_" + "A".repeat(43);
        assertThat(gateway.nobody().holding(own).get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(gateway.nobody()
                        .with("Cookie", "LEGACYSESS=" + own)
                        .get("/users/hello")
                        .code())
                .isEqualTo("AUTH_REQUIRED");
        assertThat(questions()).isEqualTo(before);
    }
}
