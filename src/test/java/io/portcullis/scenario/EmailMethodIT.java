package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Setting up codes by e-mail, alone or beside an app, and raising a session by one. */
@ExtendWith(TestGateways.class)
class EmailMethodIT {
    @Test
    void theCodeIsMailedToTheAccount(TestGateway gateway) {
        var alice = gateway.loggedIn();
        var started = alice.startSetup("email");
        assertThat(started.status()).isEqualTo(200);
        assertThat(started.json("/sent")).isEqualTo(true);
        assertThat(started.json("/expiresIn")).isEqualTo(600);
        assertThat(started.string("/destination")).isEqualTo(alice.subject().charAt(0) + "***@example.com");
        assertThat(alice.state()).isEqualTo("SETUP_IN_PROGRESS");
        var mail = gateway.mails().await(TestGateway.address(alice));
        assertThat(mail.subject()).isEqualTo("Your 2FA Verification Code");
        assertThat(mail.headers().get("From")).contains("Example Admin").contains("<noreply@example.com>");
        assertThat(mail.code().orElseThrow()).matches("[0-9]{6}");
        assertThat(mail.html()).contains(mail.code().orElseThrow());
        assertThat(started.text()).doesNotContain(mail.code().orElseThrow());
    }

    @Test
    void theMailIsInTheLanguageOfTheRequest(TestGateway gateway) {
        var alice = gateway.loggedIn().with("Accept-Language", "fr");
        alice.startSetup("email");
        var mail = gateway.mails().await(TestGateway.address(alice));
        assertThat(mail.subject()).isEqualTo("Votre code de vérification 2FA");
    }

    @Test
    void aRightCodeEnablesAndOpensTheGateOnEveryInstance(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        alice.startSetup("email");
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        var confirmed = alice.confirmSetup(gateway.mailedCode(alice));
        assertThat(confirmed.json("/enabled")).isEqualTo(true);
        assertThat(confirmed.json("/user/mfaState")).isEqualTo("ENABLED");
        assertThat((JsonArray) confirmed.json("/recoveryCodes")).hasSize(10);
        assertThat(alice.at(gateway.secondPort()).get("/admin/metrics").status())
                .isEqualTo(200);
        var me = alice.get("/auth/me");
        assertThat(me.json("/session/amr").toString()).contains("\"email\"");
        assertThat(me.json("/session/level")).isEqualTo("two-factor");
        assertThat(me.json("/mfa/methods").toString()).isEqualTo("[\"email\"]");
        assertThat(AuditLog.types(gateway.realm(), alice.subject()))
                .containsExactlyInAnyOrder("CODE_SENT", "SETUP_STARTED", "MFA_ENABLED");
    }

    @Test
    void aWrongCodeChangesNothingButTheCounts(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("email");
        var code = gateway.mailedCode(alice);
        var wrong = alice.confirmSetup(other(code));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.code()).isEqualTo("INVALID_CODE");
        assertThat(wrong.error("remainingAttempts")).isEqualTo(4);
        assertThat(alice.state()).isEqualTo("SETUP_IN_PROGRESS");
        assertThat(alice.confirmSetup(code).status()).isEqualTo(200);
    }

    @Test
    void anAbandonedSetupTakesItsCodeAlong(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("email");
        var code = gateway.mailedCode(alice);
        alice.logout();
        assertThat(gateway.again(alice).confirmSetup(code).code()).isEqualTo("SETUP_NOT_STARTED");
    }

    @Test
    void aSetupEndsWithItsTime(TestGateway gateway) {
        var alice = gateway.loggedIn();
        alice.startSetup("email");
        var code = gateway.mailedCode(alice);
        gateway.clock().advance(Duration.ofMinutes(15));
        assertThat(alice.state()).isEqualTo("DISABLED");
        assertThat(alice.confirmSetup(code).code()).isEqualTo("SETUP_NOT_STARTED");
    }

    @Test
    void aBearerIsRaisedByAMailedCode(TestGateway gateway) {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        var laptop = gateway.again(alice);
        assertThat(laptop.get("/admin/metrics").code()).isEqualTo("2FA_REQUIRED");
        assertThat(laptop.sendCode().status()).isEqualTo(200);
        var verified = laptop.at(gateway.secondPort()).verify(gateway.mailedCode(alice));
        assertThat(verified.json("/verified")).isEqualTo(true);
        assertThat(laptop.get("/admin/metrics").status()).isEqualTo(200);
        var counted = laptop.get("/admin/inspect"); // a rule that counts apps alone
        assertThat(counted.code()).isEqualTo("2FA_MANDATORY");
        assertThat(counted.json("/error/methods").toString()).isEqualTo("[\"totp\"]");
    }

    @Test
    void theSameCodeTwice(TestGateway gateway) {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        alice.sendCode();
        var code = gateway.mailedCode(alice);
        assertThat(alice.verify(code).status()).isEqualTo(200);
        var again = gateway.again(alice).at(gateway.secondPort()).verify(code);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.code()).isEqualTo("CODE_ALREADY_USED");
        assertThat(gateway.again(alice).get("/admin/metrics").code()).isEqualTo("2FA_REQUIRED");
    }

    @Test
    void withoutACodeOutstandingNothingIsCounted(TestGateway gateway) {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        for (int i = 0; i < 7; i++) {
            var answer = alice.verify("123456");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("CODE_EXPIRED");
            assertThat(answer.error("action")).isEqualTo("RESEND_CODE");
        }
        alice.sendCode();
        assertThat(alice.verify(gateway.mailedCode(alice)).status()).isEqualTo(200);
    }

    @Test
    void aCodeOfASetupVerifiesNothingAndTheOtherWayRound(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        alice.startSetup("email");
        var forSetup = gateway.mailedCode(alice);
        var laptop = gateway.again(alice);
        assertThat(laptop.verify(forSetup).code()).isEqualTo("INVALID_CODE");
        assertThat(laptop.verify(forSetup, "email").code()).isEqualTo("CODE_EXPIRED");
        var bob = gateway.enrolledByEmail(gateway.loggedIn());
        bob.sendCode();
        var toVerify = gateway.mailedCode(bob);
        bob.startSetup("totp");
        assertThat(bob.confirmSetup(toVerify).code()).isEqualTo("INVALID_CODE");
        assertThat(bob.state()).isEqualTo("ENABLED");
        assertThat(alice.confirmSetup(forSetup).status()).isEqualTo(200); // it was good where it belongs
    }

    @Test
    void aCodeIsForOneAccount(TestGateway gateway) {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        var bob = gateway.enrolledByEmail(gateway.loggedIn());
        alice.sendCode();
        bob.sendCode();
        var ofAlice = gateway.mailedCode(alice);
        var ofBob = gateway.mailedCode(bob);
        var thief = gateway.again(bob);
        if (!ofAlice.equals(ofBob)) { // once in a million runs
            assertThat(thief.verify(ofAlice).code()).isEqualTo("INVALID_CODE");
        }
        assertThat(thief.verify(ofBob).status()).isEqualTo(200);
    }

    @Test
    void codesGoToTheAddressThatWasProved(TestGateway gateway) {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        var renamed = new LegacyAccount(
                Integer.parseInt(alice.subject()), "new-" + alice.subject() + "@example.com", "admin", "");
        var later = alice.holding(gateway.token(renamed, Duration.ofHours(1)));
        var sent = later.sendCode();
        assertThat(sent.string("/destination")).startsWith(alice.subject().charAt(0) + "***");
        assertThat(later.verify(gateway.mailedCode(alice)).status()).isEqualTo(200);
        assertThat(gateway.mails().mails()).noneMatch(mail -> mail.to().equals(renamed.email()));
    }

    /** Else whoever had a code mailed to an address could use it after another took its place. */
    @Test
    void aCodeDiesWithTheAddressItWasMailedTo(TestGateway gateway) {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        alice.sendCode();
        var old = gateway.mailedCode(alice);
        assertThat(alice.post("/auth/mfa/disable").status()).isEqualTo(200);
        var address = "new-" + alice.subject() + "@example.com";
        var renamed = new LegacyAccount(Integer.parseInt(alice.subject()), address, "admin", "");
        var later = alice.holding(gateway.token(renamed, Duration.ofHours(1)));
        assertThat(later.startSetup("email").status()).isEqualTo(200);
        assertThat(later.confirmSetup(gateway.mails().awaitCode(address)).status())
                .isEqualTo(200);
        assertThat(gateway.again(alice).verify(old).status()).isEqualTo(400);
    }

    @Test
    void aSecondMethodIsAddedAndTheFirstKeepsWorking(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var recoveryCodes = alice.recoveryCodes();
        assertThat(alice.startSetup("email").status()).isEqualTo(200);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(alice.verify(alice.app().nextCode()).status()).isEqualTo(200);
        var confirmed = alice.confirmSetup(gateway.mailedCode(alice));
        assertThat(confirmed.json("/enabled")).isEqualTo(true);
        assertThat((JsonArray) confirmed.json("/recoveryCodes")).isEmpty();
        assertThat(alice.get("/auth/mfa/status").json("/methods").toString()).isEqualTo("[\"totp\",\"email\"]");
        assertThat(gateway.again(alice).verify(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(gateway.again(alice).verify(recoveryCodes.get(2)).status()).isEqualTo(200);
        var laptop = gateway.again(alice);
        assertThat(laptop.sendCode().status()).isEqualTo(200);
        assertThat(laptop.verify(gateway.mailedCode(alice)).status()).isEqualTo(200);
    }

    @Test
    void anAppIsAddedToCodesByMail(TestGateway gateway) {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        assertThat(alice.startSetup("totp").status()).isEqualTo(200);
        assertThat(alice.confirmSetup(alice.app().code()).status()).isEqualTo(200);
        assertThat(gateway.again(alice).verify(alice.app().code()).code()).isEqualTo("CODE_ALREADY_USED");
        assertThat(gateway.again(alice).verify(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
    }

    @Test
    void addingAMethodNeedsAFreshProof(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        reauthentication(gateway.again(alice).startSetup("email"));
        gateway.clock().advance(Duration.ofMinutes(15));
        assertThat(alice.startSetup("email").status()).isEqualTo(200);
        gateway.clock().advance(Duration.ofSeconds(31));
        reauthentication(alice.startSetup("email"));
        alice.verify(alice.app().code());
        assertThat(alice.startSetup("email").status()).isEqualTo(200);
    }

    private static void reauthentication(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        assertThat(answer.error("action")).isEqualTo("REAUTHENTICATE");
    }

    @Test
    void theSameMethodIsNotAddedTwice(TestGateway gateway) {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        var before = gateway.mails().codes(TestGateway.address(alice));
        var answer = alice.startSetup("email");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("ALREADY_ENABLED");
        assertThat(gateway.mails().codes(TestGateway.address(alice))).isEqualTo(before);
    }

    @Test
    void aMailedCodeDisables(TestGateway gateway) {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        Person laptop = gateway.again(alice);
        laptop.sendCode();
        assertThat(laptop.disable(gateway.mailedCode(alice)).status()).isEqualTo(200);
        assertThat(laptop.state()).isEqualTo("DISABLED");
        assertThat(laptop.verify("123456").code()).isEqualTo("SETUP_NOT_STARTED");
    }

    /** Another code of the same form. */
    static String other(String code) {
        return (code.charAt(0) == '9' ? '0' : (char) (code.charAt(0) + 1)) + code.substring(1);
    }
}
