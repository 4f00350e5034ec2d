package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page that was loaded anew asks what is under way. */
@ExtendWith(TestGateways.class)
class ProgressIT {
    @Test
    void theLoginInProgressIsNamedByItsCookieAndKeepsItsAttempts(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(LegacyAccounts.ALICE).enrolled();
        var browser = gateway.nobody()
                .with("Cookie", gateway.login(LegacyAccounts.ALICE).cookie("portcullis-login"));
        for (int i = 0; i < 6; i++) {
            var waiting = browser.get("/auth/mfa/login");
            assertThat(waiting.status()).isEqualTo(200);
            assertThat(waiting.json("/methods").toString()).isEqualTo("[\"totp\"]");
            assertThat(waiting.json().getInteger("expiresIn")).isBetween(1, 300);
        }
        assertThat(browser.verify(alice.app().wrongCode()).error("remainingAttempts"))
                .isEqualTo(4);
        assertThat(browser.verify(alice.app().nextCode()).status()).isEqualTo(200);
        var over = browser.get("/auth/mfa/login");
        assertThat(over.status()).isEqualTo(401);
        assertThat(over.code()).isEqualTo("TOKEN_INVALID");
        assertThat(over.error("action")).isEqualTo("RESTART_LOGIN");
        assertThat(gateway.nobody().get("/auth/mfa/login").code()).isEqualTo("TOKEN_INVALID");
    }

    @Test
    void aLoginThatIsOlderThanItsAccountIsOver(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(LegacyAccounts.ALICE).enrolled();
        var browser = gateway.nobody()
                .with("Cookie", gateway.login(LegacyAccounts.ALICE).cookie("portcullis-login"));
        assertThat(alice.disable(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(browser.get("/auth/mfa/login").code()).isEqualTo("TOKEN_INVALID");
    }

    @Test
    void theSetupThatIsRunningIsToldWithoutItsSecret(TestGateway gateway) {
        var alice = gateway.loggedIn();
        assertThat(alice.get("/auth/mfa/setup").code()).isEqualTo("SETUP_NOT_STARTED");
        alice.startSetup("totp");
        gateway.clock().advance(Duration.ofSeconds(60));
        var running = alice.get("/auth/mfa/setup");
        assertThat(running.json().fieldNames()).containsExactlyInAnyOrder("method", "expiresIn");
        assertThat(running.json("/method")).isEqualTo("totp");
        assertThat(running.json().getInteger("expiresIn")).isBetween(839, 840); // the store keeps microseconds
        gateway.clock().advance(Duration.ofMinutes(14));
        assertThat(alice.get("/auth/mfa/setup").status()).isEqualTo(409);
    }

    @Test
    void anAdditionIsToldToASessionThatCouldConfirmIt(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        assertThat(alice.startSetup("email").status()).isEqualTo(200);
        assertThat(alice.get("/auth/mfa/setup").json("/method")).isEqualTo("email");
        assertThat(gateway.again(alice).get("/auth/mfa/setup").code()).isEqualTo("SETUP_NOT_STARTED");
    }
}
