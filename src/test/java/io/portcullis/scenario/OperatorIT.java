package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.Await;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator does for others, over HTTP and on every instance. */
@ExtendWith(TestGateways.class)
class OperatorIT {
    /** The contract says one second; the rest is for a machine that is busy with something else. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static String lastEvent(Answer answer) {
        var event = Operators.objects(answer, "/events").getFirst();
        return event.getString("type") + " by " + event.getString("actor") + " " + event.getString("detail");
    }

    @Test
    void aLostPhoneIsOneRequest(TestGateway gateway) throws Exception {
        var operator = Operators.operator(gateway);
        var alice = gateway.loggedIn().enrolled();
        var elsewhere = alice.at(gateway.secondPort());
        for (int i = 0; i < 3; i++) { // it is remembered there by now
            assertThat(elsewhere.get("/admin/metrics").status()).isEqualTo(200);
        }

        var reset = operator.post(Operators.path(gateway, alice) + "/reset");
        assertThat(reset.status()).as(reset.text()).isEqualTo(200);
        assertThat(reset.string("/state")).isEqualTo("DISABLED");
        assertThat(reset.json("/recoveryCodesRemaining")).isEqualTo(0);
        assertThat(reset.json("/sessions")).isEqualTo(0);
        assertThat(lastEvent(reset))
                .isEqualTo("MFA_RESET by operator:" + gateway.realm() + ":" + operator.subject() + " ");

        assertThat(alice.get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
        var took = Await.until(
                "the other instance refuses",
                () -> elsewhere.get("/admin/metrics").code().equals("AUTH_REQUIRED"));
        assertThat(took).isLessThan(SOON);

        var later = gateway.again(alice);
        assertThat(later.state()).isEqualTo("DISABLED");
        assertThat(later.verify(alice.recoveryCodes().getFirst()).code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(later.enrolled().get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void afterAResetTheNextLoginAsksForNoSecondFactor(@OwnRealm TestGateway gateway) {
        var operator = Operators.operator(gateway);
        var bob = gateway.loggedIn(LegacyAccounts.BOB).enrolled();
        var begun = gateway.login(LegacyAccounts.BOB).string("/mfaTempToken");
        assertThat(operator.post(Operators.path(gateway, bob) + "/reset").status())
                .isEqualTo(200);
        assertThat(gateway.nobody().verifyLogin(begun, bob.app().nextCode()).status())
                .isGreaterThanOrEqualTo(400);
        var login = gateway.login(LegacyAccounts.BOB);
        assertThat(login.json().containsKey("mfaRequired")).isFalse();
        var again = gateway.nobody().holding(login.string("/token"), bob.subject());
        assertThat(again.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
    }

    @Test
    void anAccountWhoseSecretDoesNotOpenIsShownAndReset(TestGateway gateway) throws Exception {
        var operator = Operators.operator(gateway);
        var alice = gateway.loggedIn().enrolled();
        try (var connection = Stores.connect();
                var statement = connection.prepareStatement(
                        "UPDATE mfa_account SET totp_key = set_byte(totp_key, 20, get_byte(totp_key, 20) # 1)"
                                + " WHERE realm = ? AND subject = ?")) {
            statement.setString(1, gateway.realm());
            statement.setString(2, alice.subject());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
        assertThat(operator.get(Operators.path(gateway, alice)).string("/state"))
                .isEqualTo("ENABLED");
        assertThat(operator.post(Operators.path(gateway, alice) + "/reset").string("/state"))
                .isEqualTo("DISABLED");
        assertThat(gateway.again(alice).state()).isEqualTo("DISABLED");
    }

    @Test
    void aSetupUnderWayIsResetToo(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        var operator = Operators.operator(gateway);
        assertThat(operator.get(Operators.path(gateway, alice)).string("/state"))
                .isEqualTo("SETUP_IN_PROGRESS");
        assertThat(operator.post(Operators.path(gateway, alice) + "/reset").string("/state"))
                .isEqualTo("DISABLED");
        assertThat(gateway.again(alice).confirmSetup(alice.app().code()).code()).isEqualTo("SETUP_NOT_STARTED");
    }

    @Test
    void aLockIsLiftedAndBothAreSeen(TestGateway gateway) {
        var operator = Operators.operator(gateway);
        var alice = gateway.loggedIn().enrolled();
        var wrong = alice.app().wrongCode();
        for (int i = 0; i < 5; i++) {
            alice.verify(wrong);
        }
        assertThat(alice.verify(alice.app().nextCode()).code()).isEqualTo("ACCOUNT_LOCKED");
        var locked = operator.get(Operators.path(gateway, alice));
        assertThat(locked.json("/locked")).isEqualTo(true);
        assertThat(locked.json("/failuresInARow")).isEqualTo(5);
        assertThat(locked.string("/lockedUntil"))
                .isGreaterThan(gateway.clock().instant().toString());

        var unlocked = operator.at(gateway.secondPort()).post(Operators.path(gateway, alice) + "/unlock");
        assertThat(unlocked.json("/locked")).isEqualTo(false);
        assertThat(Operators.objects(unlocked, "/events").getFirst().getString("type"))
                .isEqualTo("ACCOUNT_UNLOCKED");
        assertThat(alice.verify(alice.app().code()).status()).isEqualTo(200);
    }

    @Test
    void aLogoutEndsEverySessionAndLeavesTheSecondFactor(TestGateway gateway) throws Exception {
        var operator = Operators.operator(gateway);
        var laptop = gateway.loggedIn().enrolled();
        var phone = gateway.again(laptop).at(gateway.secondPort());
        assertThat(phone.verify(laptop.app().nextCode()).status()).isEqualTo(200);
        assertThat(phone.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(operator.get(Operators.path(gateway, laptop)).json("/sessions"))
                .isEqualTo(2);

        var answer = operator.post(Operators.path(gateway, laptop) + "/logout");
        assertThat(answer.json("/sessions")).isEqualTo(0);
        assertThat(answer.string("/state")).isEqualTo("ENABLED");
        assertThat(lastEvent(answer))
                .isEqualTo("SESSIONS_REVOKED by operator:" + gateway.realm() + ":" + operator.subject() + " 2");
        assertThat(laptop.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(Await.until(
                        "the other instance refuses",
                        () -> phone.get("/admin/metrics").code().equals("AUTH_REQUIRED")))
                .isLessThan(SOON);
        assertThat(gateway.again(laptop).get("/admin/metrics").code()).isEqualTo("2FA_REQUIRED");
    }

    @Test
    void somebodyWhoNeverSetAnythingUpIsLoggedOutToo(TestGateway gateway) {
        var operator = Operators.operator(gateway);
        var carol = gateway.loggedIn();
        assertThat(carol.get("/auth/me").status()).isEqualTo(200);
        assertThat(operator.get(Operators.path(gateway, carol)).json("/sessions"))
                .isEqualTo(1);
        assertThat(operator.post(Operators.path(gateway, carol) + "/logout").status())
                .isEqualTo(200);
        assertThat(carol.get("/auth/me").code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void anAccountThatDoesNotExistIsNone(TestGateway gateway) {
        var operator = Operators.operator(gateway);
        var nobody = "/auth/operator/accounts/" + gateway.realm() + "/nobody%40example.com";
        assertThat(operator.get(nobody).code()).isEqualTo("NO_ROUTE");
        for (var change : List.of("/reset", "/unlock", "/logout")) {
            assertThat(operator.post(nobody + change).code()).isEqualTo("NO_ROUTE");
        }
    }
}
