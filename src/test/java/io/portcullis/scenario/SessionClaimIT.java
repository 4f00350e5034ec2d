package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A legacy backend that refreshes its tokens and says by {@code sid} which of them are of one login. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionClaimIT {
    private static final Duration TTL = Duration.ofMinutes(15);
    private static final AtomicInteger NEXT = new AtomicInteger(500_000);

    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.by("tokens.yaml", Map.of());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private String token(String subject, String sid, String role) {
        return MintedTokens.hmac(MintedTokens.claims(gateway.clock(), TTL)
                .put("sub", subject)
                .put("role", role)
                .put("sid", sid)
                .put("jti", NEXT.incrementAndGet()));
    }

    private Person loggedIn(String role) {
        var subject = Integer.toString(NEXT.incrementAndGet());
        return gateway.nobody().holding(token(subject, "first", role), subject);
    }

    private Person refreshed(Person person) {
        return refreshed(person, "first", "admin");
    }

    private Person refreshed(Person person, String sid, String role) {
        return person.holding(token(person.subject(), sid, role));
    }

    @Test
    void aRefreshedTokenKeepsItsSecondFactor() {
        var alice = loggedIn("admin").enrolled();
        assertThat(refreshed(alice).get("/admin/inspect").status()).isEqualTo(200);
        assertThat(refreshed(alice)
                        .at(gateway.secondPort())
                        .get("/admin/inspect")
                        .status())
                .isEqualTo(200);
        assertThat(refreshed(alice, "second", "admin").get("/admin/inspect").code())
                .isEqualTo("2FA_REQUIRED");
        assertThat(((JsonArray) refreshed(alice).get("/auth/sessions").json("/sessions")))
                .hasSize(2);
    }

    @Test
    void theSessionOutlivesEachOfItsTokens() {
        var alice = loggedIn("admin").enrolled();
        for (int i = 0; i < 4; i++) {
            gateway.clock().advance(TTL);
            assertThat(alice.get("/admin/inspect").code()).isEqualTo("SESSION_EXPIRED");
            alice = refreshed(alice);
            assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
        }
    }

    @Test
    void aLogoutEndsTheWholeChain() throws Exception {
        var alice = loggedIn("admin").enrolled();
        var earlier = alice;
        var elsewhere = refreshed(alice).at(gateway.secondPort());
        assertThat(elsewhere.get("/admin/inspect").status()).isEqualTo(200);
        assertThat(refreshed(alice).logout().status()).isEqualTo(204);
        assertThat(earlier.get("/admin/inspect").code()).isEqualTo("AUTH_REQUIRED");
        Await.until(
                "the other instance refuses",
                () -> elsewhere.get("/admin/inspect").code().equals("AUTH_REQUIRED"));
        gateway.clock().advance(Duration.ofDays(7).minusSeconds(1)); // as long as a session can last
        assertThat(refreshed(alice).get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(refreshed(alice, "second", "admin").get("/users/hello").status())
                .isEqualTo(200);
    }

    @Test
    void anOperatorEndsTheWholeChain() {
        var operator = loggedIn("superAdmin").enrolled();
        var alice = loggedIn("admin").enrolled();
        assertThat(operator.post(Operators.path(gateway, alice) + "/logout").status())
                .isEqualTo(200);
        gateway.clock().advance(Duration.ofMinutes(5));
        assertThat(refreshed(alice).get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(refreshed(alice).at(gateway.secondPort()).get("/users/hello").code())
                .isEqualTo("AUTH_REQUIRED");
        assertThat(refreshed(alice, "second", "admin").get("/admin/inspect").code())
                .isEqualTo("2FA_REQUIRED");
    }

    @Test
    void disablingLowersTheChainAndEndsTheOthers() {
        var alice = loggedIn("admin").enrolled();
        var other = refreshed(alice, "second", "admin");
        assertThat(other.verify(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(refreshed(alice).disable(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(refreshed(alice).get("/admin/inspect").code()).isEqualTo("2FA_MANDATORY");
        assertThat(other.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(refreshed(alice, "second", "admin").get("/users/hello").code())
                .isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void theRoleIsThatOfTheTokenAtOnceAndEverywhere() throws Exception {
        var alice = loggedIn("admin").enrolled();
        var elsewhere = alice.at(gateway.secondPort());
        for (int i = 0; i < 3; i++) { // it is remembered there by now
            assertThat(elsewhere.get("/admin/inspect").status()).isEqualTo(200);
        }
        var demoted = refreshed(alice, "first", "editor");
        assertThat(demoted.get("/admin/inspect").code()).isEqualTo("FORBIDDEN");
        assertThat(demoted.at(gateway.secondPort()).get("/admin/inspect").code())
                .isEqualTo("FORBIDDEN");
        assertThat(elsewhere.get("/admin/inspect").status()).isEqualTo(200);
        assertThat(demoted.get("/admin/inspect").code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void aTokenIsReadWhereItsSourceReads() {
        var alice = loggedIn("admin").enrolled();
        var token = refreshed(alice).token();
        assertThat(gateway.nobody()
                        .with("Cookie", "access_token=" + token)
                        .get("/admin/inspect")
                        .status())
                .isEqualTo(200);
        assertThat(gateway.nobody()
                        .with("Cookie", "other_token=" + token)
                        .get("/admin/inspect")
                        .code())
                .isEqualTo("AUTH_REQUIRED");
    }
}
