package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.scenario.MintedTokens.Published;
import io.portcullis.testing.AnsweringServer;
import io.portcullis.testing.Await;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens of somebody who publishes their keys and signs for two realms. */
class PublishedKeysIT {
    private static final AtomicInteger NEXT = new AtomicInteger(600_000);
    private static final Published A = Published.create("a");
    private static final Published B = Published.create("b");

    private final AnsweringServer sso = new AnsweringServer();
    private final TestGateway gateway;

    PublishedKeysIT() {
        sso.answers(200, Published.set(A));
        gateway = TestGateway.by("tokens.yaml", Map.of("JWKS_URL", sso.url() + "/jwks"));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        sso.close();
    }

    private Person loggedIn() {
        var subject = Integer.toString(NEXT.incrementAndGet());
        return gateway.nobody().holding(token(A, subject, gateway.realm()), subject);
    }

    private String token(Published key, String subject, String realm) {
        return key.token(MintedTokens.claims(gateway.clock(), Duration.ofDays(1))
                .put("iss", "sso")
                .put("sub", subject)
                .put("role", "admin")
                .put("jti", NEXT.incrementAndGet())
                .put("tenant", JsonObject.of("name", realm)));
    }

    @Test
    void aNewKeyIsFoundAndAWithdrawnOneDies() throws Exception {
        var alice = loggedIn().enrolled();
        assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
        var renewed = alice.holding(token(B, alice.subject(), gateway.realm()));
        assertThat(renewed.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");

        sso.answers(200, Published.set(A, B));
        gateway.clock().advance(Duration.ofSeconds(30));
        assertThat(renewed.get("/admin/inspect").code()).isEqualTo("2FA_REQUIRED");
        assertThat(renewed.verify(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(renewed.get("/admin/inspect").status()).isEqualTo(200);

        sso.answers(200, Published.set(B));
        gateway.clock().advance(Duration.ofMinutes(10));
        Await.until(
                "the withdrawn key opens nothing",
                () -> alice.get("/admin/inspect").code().equals("AUTH_REQUIRED"));
        assertThat(renewed.get("/admin/inspect").status()).isEqualTo(200);
    }

    @Test
    void theGateStaysOpenWhileNobodyAnswers() {
        var alice = loggedIn().enrolled();
        int asked = sso.requests().size();
        sso.answers(503, "");
        for (int i = 0; i < 10; i++) {
            gateway.clock().advance(Duration.ofMinutes(10));
            assertThat(alice.get("/users/hello").status()).isEqualTo(200);
        }
        assertThat(sso.requests()).hasSizeGreaterThan(asked);
        var unknown = alice.holding(token(B, alice.subject(), gateway.realm()));
        assertThat(unknown.get("/users/hello").code()).isEqualTo("UPSTREAM_UNAVAILABLE");
    }

    @Test
    void whoNeverAnsweredLogsNobodyOut() {
        try (var lonely = TestGateway.by("tokens.yaml", Map.of())) {
            var token = A.token(MintedTokens.claims(lonely.clock(), Duration.ofDays(1))
                    .put("iss", "sso")
                    .put("sub", "1")
                    .put("tenant", JsonObject.of("name", lonely.realm())));
            var alice = lonely.nobody().holding(token);
            assertThat(alice.get("/users/hello").code()).isEqualTo("UPSTREAM_UNAVAILABLE");
            assertThat(alice.get("/auth/me").code()).isEqualTo("UPSTREAM_UNAVAILABLE");
            assertThat(lonely.loggedIn().get("/users/hello").status()).isEqualTo(200); // the other source goes on
        }
    }

    /** An admin and a user of the same number are two people. */
    @Test
    void theRealmIsThatOfTheToken() {
        var admin = loggedIn().enrolled();
        var user = gateway.nobody().holding(token(A, admin.subject(), gateway.realm() + "-users"), admin.subject());
        assertThat(user.state()).isEqualTo("DISABLED");
        assertThat(user.enrolled().get("/admin/inspect").status()).isEqualTo(200);
        assertThat(user.disable(user.app().nextCode()).status()).isEqualTo(200);
        assertThat(admin.state()).isEqualTo("ENABLED");
        var stranger = gateway.nobody().holding(token(A, admin.subject(), "operators"));
        assertThat(stranger.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
    }
}
