package io.portcullis.scenario;

import static io.portcullis.scenario.EmailMethodIT.other;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asking for another code: how soon, how often, and what it does to the one before. */
@ExtendWith(TestGateways.class)
class SendCodeIT {
    @Test
    void aCodeForSettingsToTryTheMailbox(TestGateway gateway) {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        var sent = alice.sendCode();
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.json("/sent")).isEqualTo(true);
        assertThat(sent.json("/expiresIn")).isEqualTo(600);
        assertThat(sent.json("/resendAfter")).isEqualTo(30);
        assertThat(sent.string("/destination")).isEqualTo(alice.subject().charAt(0) + "***@example.com");
        assertThat(sent.text()).doesNotContain(TestGateway.address(alice));
        assertThat(alice.verify(gateway.mailedCode(alice)).status()).isEqualTo(200);
    }

    @Test
    void withoutAnythingToSend(TestGateway gateway) {
        nothingStarted(gateway.loggedIn().sendCode());
        nothingStarted(gateway.loggedIn().enrolled().sendCode());
        var settingUpAnApp = gateway.loggedIn();
        settingUpAnApp.startSetup("totp");
        nothingStarted(settingUpAnApp.sendCode());
        assertThat(gateway.nobody().sendCode().code()).isEqualTo("AUTH_REQUIRED");
        assertThat(gateway.nobody().sendCode("made-up").code()).isEqualTo("TOKEN_INVALID");
    }

    private static void nothingStarted(Answer answer) {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("SETUP_NOT_STARTED");
    }

    @Test
    void tooSoon(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("email");
        var code = gateway.mailedCode(alice);
        gateway.clock().advance(Duration.ofSeconds(10));
        var refused = alice.at(gateway.secondPort()).sendCode();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(refused.error("action")).isEqualTo("WAIT");
        assertThat(refused.error("retryAfterSeconds")).isEqualTo(20);
        assertThat(refused.header("Retry-After")).contains("20");
        assertThat(refused.header("RateLimit").orElseThrow()).contains("\"resend\";r=0;t=20");
        assertThat(refused.header("RateLimit-Policy").orElseThrow()).contains("\"resend\";q=1;w=30");
        assertThat(alice.confirmSetup(code).status()).isEqualTo(200);
    }

    @Test
    void aNewCodeTakesThePlaceOfTheOldOneAndTheFailuresStay(TestGateway gateway) {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        alice.sendCode();
        var old = gateway.mailedCode(alice);
        var laptop = gateway.again(alice);
        assertThat(laptop.verify(other(old)).error("remainingAttempts")).isEqualTo(4);
        assertThat(laptop.verify(other(old)).error("remainingAttempts")).isEqualTo(3);
        gateway.clock().advance(Duration.ofSeconds(30));
        assertThat(laptop.sendCode().status()).isEqualTo(200);
        var fresh = gateway.mailedCode(alice);
        if (!old.equals(fresh)) { // once in a million runs
            var refused = laptop.verify(old);
            assertThat(refused.code()).isEqualTo("INVALID_CODE");
            assertThat(refused.error("remainingAttempts")).isEqualTo(2);
        }
        assertThat(laptop.verify(fresh).status()).isEqualTo(200);
    }

    @Test
    void fiveAnHourForAnAccount(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("email");
        for (int left = 3; left >= 0; left--) {
            gateway.clock().advance(Duration.ofSeconds(30));
            var sent = alice.sendCode();
            assertThat(sent.status()).isEqualTo(200);
            assertThat(sent.header("RateLimit").orElseThrow()).contains("\"sendCode\";r=" + left);
        }
        gateway.clock().advance(Duration.ofSeconds(30));
        var refused = alice.sendCode();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(refused.error("retryAfterSeconds")).isEqualTo(3600 - 150);
        assertThat(refused.header("RateLimit-Policy").orElseThrow()).contains("\"sendCode\";q=5;w=3600");
        assertThat(alice.startSetup("email").code()).isEqualTo("RATE_LIMITED"); // starting anew is sending too
        assertThat(alice.state()).isEqualTo("SETUP_IN_PROGRESS");
        gateway.clock().advance(Duration.ofHours(1).minusSeconds(150));
        assertThat(alice.startSetup("email").status()).isEqualTo(200);
    }

    @Test
    void soManyForOneAddressWhateverTheAccount() {
        Stores.flushRedis(); // all tests come from one address
        try (var gateway = TestGateway.with(Map.of("SEND_CODE_ADDRESS", "2/1h"))) {
            assertThat(gateway.loggedIn().startSetup("email").status()).isEqualTo(200);
            assertThat(gateway.loggedIn().startSetup("email").status()).isEqualTo(200);
            var carol = gateway.loggedIn();
            var refused = carol.startSetup("email");
            assertThat(refused.code()).isEqualTo("RATE_LIMITED");
            assertThat(carol.state()).isEqualTo("DISABLED");
            // What was refused took nothing of the account's own limits.
            gateway.clock().advance(Duration.ofHours(1));
            var sent = carol.startSetup("email");
            assertThat(sent.status()).isEqualTo(200);
            assertThat(sent.header("RateLimit").orElseThrow()).contains("\"sendCode\";r=4");
        }
    }
}
