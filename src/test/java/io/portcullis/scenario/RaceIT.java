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
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Thirty at once on two instances: one is let in, all others get a clean error. */
@ExtendWith(TestGateways.class)
class RaceIT {
    private static final int RUNNERS = 30;

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
    }

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
                "ALREADY_ENABLED");
        assertThat(AuditLog.types(gateway.realm(), alice.subject())).containsExactly("SETUP_STARTED", "MFA_ENABLED");
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
