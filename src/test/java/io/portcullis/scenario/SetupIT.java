package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.QrCode;
import io.portcullis.testing.Race;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Setting up an authenticator app, to its end or not. */
@ExtendWith(TestGateways.class)
class SetupIT {
    @Test
    void theQrCodeSaysWhatTheUrlSays(TestGateway gateway) {
        var alice = gateway.loggedIn();
        var started = alice.startSetup("totp");
        assertThat(started.string("/otpauthUrl"))
                .isEqualTo("otpauth://totp/Example%20Admin:" + alice.subject() + "%40example.com?secret="
                        + started.string("/secret") + "&issuer=Example%20Admin&algorithm=SHA1&digits=6&period=30");
        assertThat(started.string("/secret")).matches("[A-Z2-7]{32}");
        assertThat(started.json("/expiresIn")).isEqualTo(900);
        assertThat(started.json().containsKey("enrollmentToken")).isFalse();
        assertThat(QrCode.scanned(started.string("/qrCodeDataUrl"))).isEqualTo(started.string("/otpauthUrl"));
        assertThat(started.header("Cache-Control")).contains("no-store");
    }

    @Test
    void aSetupStartedAgainReplacesTheTemporarySecret(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        var first = alice.app();
        alice.startSetup("totp");
        assertThat(alice.confirmSetup(first.code()).code()).isEqualTo("INVALID_CODE");
        assertThat(alice.confirmSetup(alice.app().code()).status()).isEqualTo(200);
    }

    @Test
    void anEnabledSecretIsNeverTouchedByASetup(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var laptop = gateway.again(alice);
        assertThat(alice.startSetup("totp").code()).isEqualTo("ALREADY_ENABLED");
        assertThat(laptop.startSetup("totp").code()).isEqualTo("ALREADY_ENABLED");
        assertThat(laptop.confirmSetup(alice.app().nextCode()).code()).isEqualTo("ALREADY_ENABLED");
        assertThat(laptop.verify(alice.app().nextCode()).status()).isEqualTo(200);
    }

    @Test
    void wrongCodeChangesNothingButTheCount(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        var answer = alice.confirmSetup(alice.app().wrongCode());
        assertThat(answer.error("code")).isEqualTo("INVALID_CODE");
        assertThat(answer.error("remainingAttempts")).isEqualTo(4);
        assertThat(alice.get("/admin/metrics").error("code")).isEqualTo("2FA_MANDATORY");
        assertThat(alice.state()).isEqualTo("SETUP_IN_PROGRESS");
        assertThat(alice.confirmSetup(alice.app().code()).status()).isEqualTo(200);
    }

    @Test
    void aCodeMayBeTypedAsAppsShowIt(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        var code = alice.app().code();
        assertThat(alice.confirmSetup(code.substring(0, 3) + " " + code.substring(3))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theWindowIsTheStepBeforeTheStepAndTheStepAfter(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        alice.app().nextCode();
        alice.app().nextCode();
        alice.app().nextCode();
        assertThat(alice.verify(alice.app().code(-2)).code()).isEqualTo("INVALID_CODE");
        assertThat(alice.verify(alice.app().code(2)).code()).isEqualTo("INVALID_CODE");
        assertThat(alice.verify(alice.app().code(-1)).status()).isEqualTo(200);
        assertThat(alice.verify(alice.app().code(0)).status()).isEqualTo(200);
        assertThat(alice.verify(alice.app().code(1)).status()).isEqualTo(200);
    }

    @Test
    void aClockSetBackReopensNoStep(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var code = alice.app().nextCode();
        assertThat(alice.verify(code).status()).isEqualTo(200);
        gateway.clock().advance(Duration.ofMinutes(-1));
        assertThat(alice.verify(alice.app().code(1)).code()).isEqualTo("CODE_ALREADY_USED");
        assertThat(alice.verify(alice.app().code()).code()).isEqualTo("CODE_ALREADY_USED");
    }

    @Test
    void confirmWithoutSetup(TestGateway gateway) {
        var refused = gateway.loggedIn().confirmSetup("123456");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(refused.string("/message")).isEqualTo("Setup not started");
        assertThat(refused.error("action")).isEqualTo("START_SETUP");
    }

    @Test
    void aSecondConfirmIsTooLate(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        assertThat(alice.confirmSetup(alice.app().code()).code()).isEqualTo("ALREADY_ENABLED");
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void ofTwoConfirmsAtOnceOneWins(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        var answers = Race.of(2, () -> alice.confirmSetup(alice.app().code()));
        assertThat(answers).extracting(Answer::code).containsExactlyInAnyOrder("200", "ALREADY_ENABLED");
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void anAbandonedSetupEndsWithTheLogout(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        assertThat(alice.logout().status()).isEqualTo(204);
        var back = gateway.again(alice);
        assertThat(back.state()).isEqualTo("DISABLED");
        assertThat(back.confirmSetup(alice.app().code()).code()).isEqualTo("SETUP_NOT_STARTED");
    }

    @Test
    void aSetupEndsWithItsTime(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        gateway.clock().advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(alice.state()).isEqualTo("SETUP_IN_PROGRESS");
        gateway.clock().advance(Duration.ofSeconds(1));
        assertThat(alice.state()).isEqualTo("DISABLED");
        assertThat(alice.confirmSetup(alice.app().code()).code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        assertThat(alice.enrolled().get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void anEnrolmentTokenThatNobodyHandedOutConfirmsNothing(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        var body = io.vertx.core.json.JsonObject.of("enrollmentToken", "guessed");
        assertThat(alice.post("/auth/mfa/setup/confirm", body).code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(alice.state()).isEqualTo("SETUP_IN_PROGRESS");
    }
}
