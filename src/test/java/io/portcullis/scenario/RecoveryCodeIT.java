package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The day the phone is gone. */
@ExtendWith(TestGateways.class)
class RecoveryCodeIT {
    @Test
    void aRecoveryCodeIsASecondFactorOnce(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var laptop = gateway.again(alice);
        var code = alice.recoveryCodes().get(3);
        var verified = laptop.verify(code);
        assertThat(verified.json("/verified")).isEqualTo(true);
        assertThat(verified.json("/recoveryCodesRemaining")).isEqualTo(9);
        assertThat(laptop.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(laptop.get("/auth/me").json("/session/amr").toString()).contains("recovery");
        assertThat(laptop.get("/auth/mfa/status").json("/recoveryCodesRemaining"))
                .isEqualTo(9);

        var phone = gateway.again(alice);
        assertThat(phone.verify(code).code()).isEqualTo("CODE_ALREADY_USED");
        assertThat(phone.get("/admin/metrics").code()).isEqualTo("2FA_REQUIRED");
        assertThat(phone.verify(alice.recoveryCodes().get(4)).json("/recoveryCodesRemaining"))
                .isEqualTo(8);
    }

    @Test
    void itMayBeTypedInAnyCaseAndWithoutTheHyphen(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var typed = alice.recoveryCodes().getFirst().replace("-", " ").toLowerCase(Locale.ROOT);
        assertThat(gateway.again(alice).verify(typed).status()).isEqualTo(200);
    }

    @Test
    void aWrongRecoveryCodeCountsLikeAWrongCode(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var first = alice.recoveryCodes().getFirst();
        var wrong = first.substring(0, 12) + (first.endsWith("A") ? "B" : "A");
        var laptop = gateway.again(alice);
        assertThat(laptop.verify(wrong).error("remainingAttempts")).isEqualTo(4);
        assertThat(laptop.verify(laptop.app().wrongCode()).error("remainingAttempts"))
                .isEqualTo(3);
        assertThat(laptop.verify(first).status()).isEqualTo(200);
    }

    @Test
    void itDisablesTheSecondFactorAndDiesWithIt(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var old = alice.recoveryCodes();
        assertThat(alice.disable(old.get(0)).status()).isEqualTo(200);
        alice.enrolled();
        assertThat(alice.verify(old.get(1)).code()).isEqualTo("INVALID_CODE");
    }

    @Test
    void aRuleThatCountsTotpAloneAsksForIt(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var laptop = gateway.again(alice);
        laptop.verify(alice.recoveryCodes().getFirst());
        var refused = laptop.get("/admin/inspect");
        assertThat(refused.code()).isEqualTo("2FA_REQUIRED");
        assertThat(refused.json("/error/methods").toString()).isEqualTo("[\"totp\"]");
        laptop.verify(laptop.app().nextCode());
        assertThat(laptop.get("/admin/inspect").status()).isEqualTo(200);
    }
}
