package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Guessing: five wrong codes lock the second factor of an account, wherever they are tried. */
@ExtendWith(TestGateways.class)
class LockoutIT {
    @Test
    void fiveWrongCodesOverSessionsRoutesAndInstances(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(LegacyAccounts.ALICE).enrolled();
        var thief = alice.holding(gateway.token(1, "superAdmin", Duration.ofHours(1)));
        var tempToken = gateway.login(LegacyAccounts.ALICE).string("/mfaTempToken");
        var wrong = alice.app().wrongCode();
        assertThat(thief.verify(wrong).error("remainingAttempts")).isEqualTo(4);
        assertThat(thief.disable(wrong).error("remainingAttempts")).isEqualTo(3);
        assertThat(gateway.nobody()
                        .at(gateway.secondPort())
                        .verifyLogin(tempToken, wrong)
                        .error("remainingAttempts"))
                .isEqualTo(2);
        assertThat(alice.at(gateway.secondPort()).verify(wrong).error("remainingAttempts"))
                .isEqualTo(1);
        assertThat(alice.disable(wrong).error("remainingAttempts")).isEqualTo(0);

        var right = alice.app().nextCode();
        locked(thief, right);
        locked(alice.at(gateway.secondPort()), right);
        locked(alice, alice.recoveryCodes().getFirst());
        assertThat(alice.disable(right).code()).isEqualTo("ACCOUNT_LOCKED");
        assertThat(gateway.nobody().verifyLogin(tempToken, right).code()).isEqualTo("ACCOUNT_LOCKED");
        var later = gateway.login(LegacyAccounts.ALICE).string("/mfaTempToken");
        assertThat(gateway.nobody().verifyLogin(later, right).code()).isEqualTo("ACCOUNT_LOCKED");

        // Who passed the second factor before works on.
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    private static void locked(Person person, String code) {
        var answer = person.verify(code);
        assertThat(answer.status()).isEqualTo(423);
        assertThat(answer.code()).isEqualTo("ACCOUNT_LOCKED");
        assertThat(answer.error("action")).isEqualTo("WAIT");
        assertThat((Integer) answer.error("retryAfterSeconds")).isBetween(800, 900);
        assertThat(answer.header("Retry-After"))
                .contains(answer.error("retryAfterSeconds").toString());
    }

    @Test
    void aSetupIsGuessedAtNoLongerThanACode(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        fiveWrong(alice);
        assertThat(alice.confirmSetup(alice.app().code()).code()).isEqualTo("ACCOUNT_LOCKED");
        alice.startSetup("totp"); // a new secret brings no new attempts
        assertThat(alice.confirmSetup(alice.app().code()).code()).isEqualTo("ACCOUNT_LOCKED");
    }

    private static void fiveWrong(Person alice) {
        for (int left = 4; left >= 0; left--) {
            assertThat(alice.confirmSetup(alice.app().wrongCode()).error("remainingAttempts"))
                    .isEqualTo(left);
        }
    }

    @Test
    void aLockEndsAndTheNextOneIsLonger(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        for (int i = 0; i < 5; i++) {
            alice.verify(alice.app().wrongCode());
        }
        gateway.clock().advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(alice.verify(alice.app().code()).error("retryAfterSeconds")).isEqualTo(1);
        gateway.clock().advance(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            assertThat(alice.verify(alice.app().wrongCode()).code()).isEqualTo("INVALID_CODE");
        }
        assertThat(alice.verify(alice.app().code()).error("retryAfterSeconds")).isEqualTo(1800);
        gateway.clock().advance(Duration.ofMinutes(30));
        assertThat(alice.verify(alice.app().code()).status()).isEqualTo(200);
        assertThat(alice.verify(alice.app().wrongCode()).error("remainingAttempts"))
                .isEqualTo(4);
    }

    @Test
    void aRightCodeForgivesTheWrongOnes(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        for (int i = 0; i < 4; i++) {
            alice.verify(alice.app().wrongCode());
        }
        assertThat(alice.verify(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(alice.verify(alice.app().wrongCode()).error("remainingAttempts"))
                .isEqualTo(4);
    }

    @Test
    void aUsedCodeIsNoGuess(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        for (int i = 0; i < 7; i++) {
            var answer = alice.verify(alice.app().code());
            assertThat(answer.code()).isEqualTo("CODE_ALREADY_USED");
            assertThat(answer.error("action")).isEqualTo("WAIT_FOR_NEXT_CODE");
        }
        assertThat(alice.verify(alice.app().wrongCode()).error("remainingAttempts"))
                .isEqualTo(4);
    }
}
