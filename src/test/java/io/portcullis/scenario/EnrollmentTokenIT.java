package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Frontends that enable by polling with a token, and what a first enrolment may have to prove besides. */
class EnrollmentTokenIT {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.with(Map.of("AUTO_CONFIRM", "true"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void itIsPendingUntilItIsRipe() throws Exception {
        var alice = gateway.loggedIn();
        var token = alice.startSetup("totp").string("/enrollmentToken");
        pending(confirm(alice, token), 6);
        gateway.clock().advance(Duration.ofSeconds(4));
        pending(confirm(alice.at(gateway.secondPort()), token), 2);
        assertThat(alice.state()).isEqualTo("SETUP_IN_PROGRESS");
        gateway.clock().advance(Duration.ofSeconds(2));
        var enabled = confirm(alice, token);
        assertThat(enabled.status()).isEqualTo(200);
        assertThat(enabled.json("/enabled")).isEqualTo(true);
        assertThat(enabled.json("/user/mfaState")).isEqualTo("ENABLED");
        assertThat((JsonArray) enabled.json("/recoveryCodes")).hasSize(10);
        assertThat(alice.state()).isEqualTo("ENABLED");
        assertThat(AuditLog.types(gateway.realm(), alice.subject())).containsExactly("SETUP_STARTED", "MFA_ENABLED");
    }

    private static void pending(Answer answer, int seconds) {
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json())
                .isEqualTo(JsonObject.of("enabled", false, "pending", true, "retryAfterSeconds", seconds));
    }

    @Test
    void itRaisesNoSession() {
        var alice = enabledByToken(gateway.loggedIn());
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_REQUIRED");
        assertThat(alice.get("/auth/me").json("/session/level")).isEqualTo("one-factor");
        assertThat(alice.verify(alice.app().code()).status()).isEqualTo(200);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void untilTheFirstRightCodeALoginByMailWorks() {
        var account = LegacyAccounts.BOB;
        var bob = enabledByToken(gateway.loggedIn(account));
        var login = gateway.login(account);
        assertThat(login.json("/methods").toString()).isEqualTo("[\"totp\",\"email\"]");
        var tempToken = login.string("/mfaTempToken");
        assertThat(gateway.nobody().sendCode(tempToken).status()).isEqualTo(200);
        var released = gateway.nobody().verifyLogin(tempToken, gateway.mailedCode(bob));
        assertThat(released.status()).isEqualTo(200);
        var back = bob.holding(released.string("/token"));
        assertThat(back.get("/admin/metrics").status()).isEqualTo(200);
        var waiting = gateway.login(account).string("/mfaTempToken");
        assertThat(gateway.nobody().sendCode(waiting).status()).isEqualTo(200);
        var code = gateway.mailedCode(bob);
        assertThat(back.verify(bob.app().nextCode()).status()).isEqualTo(200);
        // From here on the app is the only method; a code that is out already opens nothing.
        assertThat(verify(gateway.nobody(), waiting, code, "email").code()).isEqualTo("CODE_EXPIRED");
        assertThat(gateway.login(account).json("/methods").toString()).isEqualTo("[\"totp\"]");
        assertThat(gateway.nobody().sendCode(waiting).code()).isEqualTo("SETUP_NOT_STARTED");
    }

    private static Answer verify(Person person, String tempToken, String code, String method) {
        return person.post(
                "/auth/mfa/verify", JsonObject.of("mfaTempToken", tempToken, "code", code, "method", method));
    }

    @Test
    void itIsForOneUse() {
        var alice = gateway.loggedIn();
        var token = alice.startSetup("totp").string("/enrollmentToken");
        gateway.clock().advance(Duration.ofSeconds(6));
        assertThat(confirm(alice, token).status()).isEqualTo(200);
        assertThat(confirm(alice, token).code()).isEqualTo("ALREADY_ENABLED");
        assertThat(alice.disable(alice.app().code()).status()).isEqualTo(200);
        notStarted(confirm(alice, token));
        alice.startSetup("totp");
        gateway.clock().advance(Duration.ofSeconds(6));
        notStarted(confirm(alice, token)); // it was for the set-up before
    }

    @Test
    void itIsForItsSessionAndItsSetup() {
        var alice = gateway.loggedIn();
        var first = alice.startSetup("totp").string("/enrollmentToken");
        var second = alice.startSetup("totp").string("/enrollmentToken");
        gateway.clock().advance(Duration.ofSeconds(6));
        notStarted(confirm(alice, first));
        notStarted(confirm(alice, "made-up"));
        notStarted(confirm(gateway.again(alice), second));
        notStarted(confirm(gateway.loggedIn(), second));
        assertThat(alice.state()).isEqualTo("SETUP_IN_PROGRESS");
        assertThat(confirm(alice, second).status()).isEqualTo(200);
    }

    @Test
    void itEndsWithTheSetup() {
        var alice = gateway.loggedIn();
        var token = alice.startSetup("totp").string("/enrollmentToken");
        gateway.clock().advance(Duration.ofMinutes(15));
        notStarted(confirm(alice, token));
    }

    @Test
    void aCodeConfirmsAsWellAndTheTokenIsGone() {
        var alice = gateway.loggedIn();
        var token = alice.startSetup("totp").string("/enrollmentToken");
        assertThat(alice.confirmSetup(alice.app().code()).status()).isEqualTo(200);
        assertThat(alice.get("/auth/mfa/status").json("/methods").toString()).isEqualTo("[\"totp\"]");
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        gateway.clock().advance(Duration.ofSeconds(6));
        assertThat(confirm(alice, token).code()).isEqualTo("ALREADY_ENABLED");
    }

    @Test
    void aSetupByMailAndASecondMethodHaveNone() {
        var alice = gateway.loggedIn();
        assertThat(alice.startSetup("email").json().containsKey("enrollmentToken"))
                .isFalse();
        assertThat(alice.confirmSetup(gateway.mailedCode(alice)).status()).isEqualTo(200);
        assertThat(alice.startSetup("totp").json().containsKey("enrollmentToken"))
                .isFalse();
    }

    @Test
    void aFirstEnrolmentMayNeedAMailedCodeAsWell() {
        try (var strict = TestGateway.with(Map.of("AUTO_CONFIRM", "true", "ENROLLMENT_PROOF", "email"))) {
            var alice = strict.loggedIn();
            var started = alice.startSetup("totp");
            assertThat(started.json("/emailCode/sent")).isEqualTo(true);
            assertThat(started.string("/emailCode/destination")).endsWith("***@example.com");
            var mailed = strict.mailedCode(alice);
            var app = alice.app().code();
            var missing = alice.confirmSetup(app);
            assertThat(missing.code()).isEqualTo("INVALID_REQUEST");
            assertThat(missing.json("/error/fields/0/field")).isEqualTo("emailCode");
            var wrongMail = both(alice, app, EmailMethodIT.other(mailed));
            assertThat(wrongMail.code()).isEqualTo("INVALID_CODE");
            assertThat(wrongMail.error("remainingAttempts")).isEqualTo(4);
            assertThat(both(alice, alice.app().wrongCode(), mailed).error("remainingAttempts"))
                    .isEqualTo(3);
            strict.clock().advance(Duration.ofSeconds(6));
            var token = started.string("/enrollmentToken");
            assertThat(confirm(alice, token).code()).isEqualTo("INVALID_REQUEST");
            assertThat(alice.state()).isEqualTo("SETUP_IN_PROGRESS");
            assertThat(both(alice, alice.app().code(), mailed).status()).isEqualTo(200);
            assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
            // E-mail itself needs no second proof of the mailbox, and neither does a method that is added.
            assertThat(alice.startSetup("email").status()).isEqualTo(200);
            assertThat(alice.confirmSetup(strict.mailedCode(alice)).status()).isEqualTo(200);

            var bob = strict.loggedIn();
            var ofBob = bob.startSetup("totp").string("/enrollmentToken");
            strict.mailedCode(bob);
            strict.clock().advance(Duration.ofSeconds(30));
            assertThat(bob.sendCode().status()).isEqualTo(200); // a set-up's code may be sent again
            var byToken =
                    bob.confirmSetup(JsonObject.of("enrollmentToken", ofBob, "emailCode", strict.mailedCode(bob)));
            assertThat(byToken.json("/enabled")).isEqualTo(true);
        }
    }

    private static Answer both(Person person, String app, String mailed) {
        return person.confirmSetup(JsonObject.of("code", app, "emailCode", mailed));
    }

    private static Answer confirm(Person person, String token) {
        return person.confirmSetup(JsonObject.of("enrollmentToken", token));
    }

    private static void notStarted(Answer answer) {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("SETUP_NOT_STARTED");
    }

    private static Person enabledByToken(Person person) {
        var token = person.startSetup("totp").string("/enrollmentToken");
        gateway.clock().advance(Duration.ofSeconds(6));
        assertThat(confirm(person, token).status()).isEqualTo(200);
        return person;
    }
}
