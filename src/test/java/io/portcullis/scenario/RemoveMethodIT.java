package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One of two methods is taken away; the other keeps the account's second factor on. */
@ExtendWith(TestGateways.class)
class RemoveMethodIT {
    private static final String LAST = "is the last one: disable the second factor instead";

    private static Person withBoth(TestGateway gateway) {
        return withBoth(gateway, gateway.loggedIn());
    }

    private static Person withBoth(TestGateway gateway, Person person) {
        person.enrolled();
        assertThat(person.startSetup("email").status()).isEqualTo(200);
        assertThat(person.confirmSetup(gateway.mailedCode(person)).status()).isEqualTo(200);
        return person;
    }

    private static Answer remove(Person person, String method) {
        return person.post("/auth/mfa/methods/remove", JsonObject.of("method", method));
    }

    private static Answer remove(Person person, String method, String code) {
        return person.post("/auth/mfa/methods/remove", JsonObject.of("method", method, "code", code));
    }

    @Test
    void theMailboxGoesAndTheAppKeepsWorking(TestGateway gateway) throws Exception {
        var alice = withBoth(gateway);
        var laptop = gateway.again(alice);
        laptop.sendCode();
        var outstanding = gateway.mailedCode(alice);
        var removed = remove(alice, "email");
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.json("/methods").toString()).isEqualTo("[\"totp\"]");
        assertThat(removed.json("/user/mfaState")).isEqualTo("ENABLED");
        assertThat(alice.get("/auth/mfa/status").json("/methods").toString()).isEqualTo("[\"totp\"]");
        assertThat(alice.at(gateway.secondPort()).get("/admin/metrics").status())
                .isEqualTo(200);
        assertThat(laptop.verify(outstanding, "email").code()).isEqualTo("CODE_EXPIRED");
        assertThat(laptop.sendCode().code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(laptop.verify(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(gateway.again(alice).verify(alice.recoveryCodes().getFirst()).status())
                .isEqualTo(200);
        assertThat(AuditLog.typesAndDetails(gateway.realm(), alice.subject())).contains("METHOD_REMOVED email");
        assertThat(alice.get("/auth/history").text()).contains("METHOD_REMOVED");
    }

    @Test
    void theAppGoesAndWhatCountsAppsAloneIsClosedAtOnceOnEveryInstance(TestGateway gateway) {
        var alice = withBoth(gateway);
        var elsewhere = alice.at(gateway.secondPort());
        assertThat(elsewhere.get("/admin/inspect").status()).isEqualTo(200);
        assertThat(remove(alice, "totp", alice.app().nextCode()).status()).isEqualTo(200);
        var counted = elsewhere.get("/admin/inspect"); // a rule that counts apps alone
        assertThat(counted.code()).isEqualTo("2FA_MANDATORY");
        assertThat(elsewhere.get("/admin/metrics").status()).isEqualTo(200); // it was proved when it was the account's
        var laptop = gateway.again(alice);
        assertThat(laptop.verify(alice.app().nextCode()).code()).isEqualTo("CODE_EXPIRED");
        laptop.sendCode();
        assertThat(laptop.verify(gateway.mailedCode(alice)).status()).isEqualTo(200);
        var old = alice.app();
        assertThat(laptop.startSetup("totp").status()).isEqualTo(200);
        assertThat(laptop.confirmSetup(old.nextCode()).code()).isEqualTo("INVALID_CODE");
        assertThat(laptop.confirmSetup(laptop.app().code()).status()).isEqualTo(200);
    }

    @Test
    void theOwnerIsToldInTheirLanguage(TestGateway gateway) throws Exception {
        var alice = withBoth(gateway);
        remove(alice, "email");
        var mail =
                gateway.mails().await(TestGateway.address(alice), "A method of two-factor authentication was removed");
        assertThat(mail.text()).contains("Method: email", "The other one still works");
        var bob = withBoth(gateway, gateway.loggedIn().with("Accept-Language", "fr"));
        remove(bob, "totp");
        var french =
                gateway.mails().await(TestGateway.address(bob), "Une méthode de double authentification a été retirée");
        assertThat(french.text()).contains("Méthode: totp");
    }

    @Test
    void itNeedsAFreshProofLikeDisabling(TestGateway gateway) {
        var alice = withBoth(gateway);
        var thief = gateway.again(alice);
        assertThat(remove(thief, "email").code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        gateway.clock().advance(Duration.ofMinutes(15).plusSeconds(1));
        var stale = remove(alice, "email");
        assertThat(stale.status()).isEqualTo(403);
        assertThat(stale.code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        assertThat(remove(alice, "email", alice.app().wrongCode()).code()).isEqualTo("INVALID_CODE");
        assertThat(alice.get("/auth/mfa/status").json("/methods").toString()).isEqualTo("[\"totp\",\"email\"]");
        assertThat(remove(thief, "email", alice.app().code()).status()).isEqualTo(200);
    }

    @Test
    void whatCannotBeRemovedCostsNoCode(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var code = alice.app().nextCode();
        refused(remove(alice, "totp", code), LAST);
        refused(remove(alice, "email", code), "is not enabled");
        refused(remove(alice, "recovery", code), "must be totp or email");
        assertThat(alice.post("/auth/mfa/methods/remove").json("/error/fields/0/field"))
                .isEqualTo("method");
        assertThat(gateway.again(alice).verify(code).status()).isEqualTo(200);
        assertThat(remove(gateway.loggedIn(), "totp").code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(remove(gateway.nobody(), "totp").code()).isEqualTo("AUTH_REQUIRED");
    }

    private static void refused(Answer answer, String why) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.json("/error/fields/0/field")).isEqualTo("method");
        assertThat(answer.json("/error/fields/0/message")).isEqualTo(why);
    }

    @Test
    void aMailboxThatOnlyStandsInIsNoSecondMethod() {
        try (var gateway = TestGateway.with(Map.of("AUTO_CONFIRM", "true"))) {
            var alice = gateway.loggedIn();
            var token = alice.startSetup("totp").string("/enrollmentToken");
            gateway.clock().advance(Duration.ofSeconds(6));
            assertThat(alice.confirmSetup(JsonObject.of("enrollmentToken", token))
                            .status())
                    .isEqualTo(200);
            assertThat(alice.sendCode().status()).isEqualTo(200);
            assertThat(alice.verify(gateway.mailedCode(alice)).status()).isEqualTo(200);
            refused(remove(alice, "totp"), LAST);
            refused(remove(alice, "email"), "goes by itself with the first right code of the app");
            assertThat(alice.startSetup("email").status()).isEqualTo(200);
            assertThat(alice.confirmSetup(gateway.mailedCode(alice)).status()).isEqualTo(200);
            refused(remove(alice, "email"), "cannot go before a code of the app was right");
            assertThat(alice.verify(alice.app().code()).status()).isEqualTo(200);
            assertThat(remove(alice, "email").status()).isEqualTo(200);
        }
    }
}
