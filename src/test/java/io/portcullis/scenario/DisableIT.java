package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Disabling needs a fresh proof, ends every other session, and never a first factor alone. */
@ExtendWith(TestGateways.class)
class DisableIT {
    @Test
    void everyOtherSessionOfTheAccountEnds(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var laptop = gateway.again(alice);
        laptop.verify(laptop.app().nextCode());
        assertThat(laptop.get("/admin/metrics").status()).isEqualTo(200);

        assertThat(alice.disable(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(laptop.get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        assertThat(alice.state()).isEqualTo("DISABLED");
    }

    @Test
    void aFirstFactorAloneNeverDisables(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(LegacyAccounts.ALICE).enrolled();
        var thief = alice.holding(gateway.token(1, "superAdmin", Duration.ofHours(1)));
        for (var body :
                new JsonObject[] {new JsonObject(), JsonObject.of("password", LegacyAccounts.ALICE.password())}) {
            var refused = thief.post("/auth/mfa/disable", body);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("REAUTHENTICATION_REQUIRED");
            assertThat(refused.error("action")).isEqualTo("REAUTHENTICATE");
        }
        assertThat(alice.state()).isEqualTo("ENABLED");
        assertThat(thief.disable(alice.app().nextCode()).status()).isEqualTo(200); // the code is a fresh proof
    }

    @Test
    void aFreshVerificationNeedsNoCode(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        gateway.clock().advance(Duration.ofMinutes(15).plusSeconds(1));
        assertThat(alice.post("/auth/mfa/disable").code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        alice.verify(alice.app().nextCode());
        gateway.clock().advance(Duration.ofMinutes(15));
        assertThat(alice.post("/auth/mfa/disable").status()).isEqualTo(200);
    }

    @Test
    void anOldVerificationNeedsTheRightPassword(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(LegacyAccounts.ALICE).enrolled();
        gateway.clock().advance(Duration.ofMinutes(20));
        var wrong = alice.post("/auth/mfa/disable", JsonObject.of("password", "guess"));
        assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
        var bobs = alice.post("/auth/mfa/disable", JsonObject.of("password", LegacyAccounts.BOB.password()));
        assertThat(bobs.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(alice.state()).isEqualTo("ENABLED");
        var right = alice.post("/auth/mfa/disable", JsonObject.of("password", LegacyAccounts.ALICE.password()));
        assertThat(right.status()).isEqualTo(200);
    }

    @Test
    void aWrongCodeDisablesNothing(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        assertThat(alice.disable(alice.app().wrongCode()).code()).isEqualTo("INVALID_CODE");
        assertThat(alice.disable(alice.app().code()).code()).isEqualTo("CODE_ALREADY_USED");
        assertThat(alice.state()).isEqualTo("ENABLED");
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }
}
