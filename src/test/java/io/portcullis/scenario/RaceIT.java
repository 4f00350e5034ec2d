package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.LastByte;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fifty at once on two instances: one is let in, all others get a clean error. */
@ExtendWith(TestGateways.class)
class RaceIT {
    private static final int RUNNERS = 50;

    /** Guard: the accepted time step in the account's row only ever grows. */
    @Test
    void oneCode(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        var code = alice.app().nextCode();
        var requests = IntStream.range(0, RUNNERS)
                .mapToObj(i -> request(gateway.again(alice), "/auth/mfa/verify", JsonObject.of("code", code)))
                .toList();
        oneWins(LastByte.of(requests, gateway.port(), gateway.secondPort()), "CODE_ALREADY_USED");
        assertThat(AuditLog.types(gateway.realm(), alice.subject()))
                .containsExactly("SETUP_STARTED", "MFA_ENABLED", "SECOND_FACTOR_PASSED");
    }

    /** Guard: {@code used} in the script of the code's hash. */
    @Test
    void oneMailedCode(TestGateway gateway) throws Exception {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        alice.sendCode();
        var code = gateway.mailedCode(alice);
        var requests = IntStream.range(0, RUNNERS)
                .mapToObj(i -> request(gateway.again(alice), "/auth/mfa/verify", JsonObject.of("code", code)))
                .toList();
        oneWins(LastByte.of(requests, gateway.port(), gateway.secondPort()), "CODE_ALREADY_USED");
        assertThat(AuditLog.types(gateway.realm(), alice.subject()))
                .filteredOn("SECOND_FACTOR_PASSED"::equals)
                .hasSize(1);
    }

    /** Guard: {@code used_at} of the code's row. */
    @Test
    void oneRecoveryCode(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        var code = alice.recoveryCodes().getFirst();
        var requests = IntStream.range(0, RUNNERS)
                .mapToObj(i -> request(gateway.again(alice), "/auth/mfa/verify", JsonObject.of("code", code)))
                .toList();
        // Each waits for a slow hash, one after the other: on a busy machine the last ones wait too long for their
        // turn.
        oneWins(
                LastByte.of(requests, gateway.port(), gateway.secondPort()),
                Set.of("STORE_UNAVAILABLE"),
                "CODE_ALREADY_USED");
        assertThat(alice.get("/auth/mfa/status").json("/recoveryCodesRemaining"))
                .isEqualTo(9);
        assertThat(AuditLog.types(gateway.realm(), alice.subject()))
                .filteredOn("RECOVERY_CODE_USED"::equals)
                .hasSize(1);
    }

    /** Guard: the end of a pending login is true for one caller. */
    @Test
    void oneTempToken(@OwnRealm TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn(LegacyAccounts.ALICE).enrolled();
        var tempToken = gateway.login(LegacyAccounts.ALICE).string("/mfaTempToken");
        alice.app().nextCode();
        alice.app().nextCode();
        // Three codes that are right now, so that it is the token that is there once.
        var requests = IntStream.range(0, RUNNERS)
                .mapToObj(i -> request(
                        gateway.nobody(),
                        "/auth/mfa/verify",
                        JsonObject.of(
                                "mfaTempToken", tempToken, "code", alice.app().code(i % 3 - 1))))
                .toList();
        oneWins(LastByte.of(requests, gateway.port(), gateway.secondPort()), "CODE_ALREADY_USED", "TOKEN_INVALID");
    }

    /** Guard: the state in the account's row, read under its lock. */
    @Test
    void oneConfirmation(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        var request = request(
                alice,
                "/auth/mfa/setup/confirm",
                JsonObject.of("code", alice.app().code()));
        oneWins(
                LastByte.of(Collections.nCopies(RUNNERS, request), gateway.port(), gateway.secondPort()),
                Set.of("STORE_UNAVAILABLE"), // on a busy machine, as for the recovery code
                "ALREADY_ENABLED");
        assertThat(AuditLog.types(gateway.realm(), alice.subject())).containsExactly("SETUP_STARTED", "MFA_ENABLED");
    }

    /** Guard: the same, and the code's {@code used}. */
    @Test
    void oneConfirmationByMail(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        alice.startSetup("email");
        var request = request(alice, "/auth/mfa/setup/confirm", JsonObject.of("code", gateway.mailedCode(alice)));
        oneWins(
                LastByte.of(Collections.nCopies(RUNNERS, request), gateway.port(), gateway.secondPort()),
                Set.of("STORE_UNAVAILABLE"), // on a busy machine, as for the recovery code
                "ALREADY_ENABLED");
        assertThat(AuditLog.types(gateway.realm(), alice.subject()))
                .containsExactly("SETUP_STARTED", "CODE_SENT", "MFA_ENABLED");
    }

    /** Guard: the state in the account's row, which takes the token with it. */
    @Test
    void oneEnrolmentToken() throws Exception {
        try (var gateway = TestGateway.with(Map.of("AUTO_CONFIRM", "true"))) {
            var alice = gateway.loggedIn();
            var token = alice.startSetup("totp").string("/enrollmentToken");
            gateway.clock().advance(Duration.ofSeconds(6));
            var request = request(alice, "/auth/mfa/setup/confirm", JsonObject.of("enrollmentToken", token));
            oneWins(
                    LastByte.of(Collections.nCopies(RUNNERS, request), gateway.port(), gateway.secondPort()),
                    Set.of("STORE_UNAVAILABLE"),
                    "ALREADY_ENABLED");
            assertThat(AuditLog.types(gateway.realm(), alice.subject()))
                    .containsExactly("SETUP_STARTED", "MFA_ENABLED");
        }
    }

    /** Guard: the spacing of codes is taken before the mail is sent. */
    @Test
    void oneCodeIsSent(TestGateway gateway) throws Exception {
        var alice = gateway.enrolledByEmail(gateway.loggedIn());
        var request = RawHttp.request("POST", "/auth/mfa/send-code", "{}", "Authorization: Bearer " + alice.token());
        oneWins(
                LastByte.of(Collections.nCopies(RUNNERS, request), gateway.port(), gateway.secondPort()),
                "RATE_LIMITED");
        assertThat(gateway.mails().codes(TestGateway.address(alice))).hasSize(2); // that of the set-up, and this
    }

    @Test
    void confirmationAgainstLogoutLeavesAValidState(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn();
        alice.startSetup("totp");
        var confirm = request(
                alice,
                "/auth/mfa/setup/confirm",
                JsonObject.of("code", alice.app().code()));
        var logout = RawHttp.request("POST", "/auth/logout", "", "Authorization: Bearer " + alice.token());
        var answers = LastByte.of(List.of(confirm, logout), gateway.port(), gateway.secondPort());
        assertThat(answers.get(1).code()).isEqualTo("204");
        boolean enabled = answers.get(0).status() == 200;
        assertThat(gateway.again(alice).state()).isEqualTo(enabled ? "ENABLED" : "DISABLED");
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
    }

    /** Guesses beyond the fifth are not even compared. */
    @Test
    void guessesAtOnceShareTheAttempts(TestGateway gateway) throws Exception {
        var alice = gateway.loggedIn().enrolled();
        var request = request(
                alice, "/auth/mfa/verify", JsonObject.of("code", alice.app().wrongCode()));
        var answers = LastByte.of(Collections.nCopies(RUNNERS, request), gateway.port(), gateway.secondPort());
        assertThat(answers.stream().filter(answer -> answer.code().equals("INVALID_CODE")))
                .hasSize(5);
        assertThat(answers.stream().filter(answer -> answer.code().equals("ACCOUNT_LOCKED")))
                .hasSize(RUNNERS - 5);
    }

    private static String request(Person person, String path, JsonObject body) {
        return RawHttp.request(
                "POST",
                path,
                body.encode(),
                person.hasToken() ? "Authorization: Bearer " + person.token() : "X-No-Token: at all");
    }

    private static void oneWins(List<Answer> answers, String... cleanErrors) {
        oneWins(answers, Set.of(), cleanErrors);
    }

    private static void oneWins(List<Answer> answers, Set<String> tolerated, String... cleanErrors) {
        assertThat(answers).hasSize(RUNNERS);
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() != 200)
                        .map(Answer::code)
                        .filter(code -> !tolerated.contains(code)))
                .containsOnly(cleanErrors);
    }
}
