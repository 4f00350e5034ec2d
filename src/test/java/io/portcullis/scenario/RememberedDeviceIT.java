package io.portcullis.scenario;

import static io.portcullis.scenario.RememberedDevices.ALICE;
import static io.portcullis.scenario.RememberedDevices.BOB;
import static io.portcullis.scenario.RememberedDevices.COOKIE;
import static io.portcullis.scenario.RememberedDevices.LEGACY;
import static io.portcullis.scenario.RememberedDevices.OWN;
import static io.portcullis.scenario.RememberedDevices.age;
import static io.portcullis.scenario.RememberedDevices.assertCodeNeeded;
import static io.portcullis.scenario.RememberedDevices.login;
import static io.portcullis.scenario.RememberedDevices.remembered;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Race;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device that was remembered needs no code at the next login, and is good for nothing else. */
@ExtendWith(TestGateways.class)
class RememberedDeviceIT {
    @ParameterizedTest
    @ValueSource(strings = {OWN, LEGACY})
    void theNextLoginNeedsNoCodeOnAnyInstance(String route, @OwnRealm TestGateway gateway) throws Exception {
        var bob = gateway.loggedIn(BOB).enrolled();
        var remembered = remembered(gateway, bob, route);
        assertThat(remembered.headers("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith(COOKIE + "="))
                .singleElement()
                .asString()
                .contains("; Path=/;", "; Max-Age=2592000;", "; HttpOnly;", "; SameSite=Lax")
                .doesNotContain("Domain");

        gateway.clock().advance(Duration.ofMinutes(30));
        var login = login(gateway.nobody().at(gateway.secondPort()), route, BOB, remembered.cookie(COOKIE));
        var back = gateway.nobody().holding(login.string("/token"));
        assertThat(back.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(back.get("/auth/me").json("/session/amr").toString()).isEqualTo("[\"pwd\",\"device\"]");
        assertThat(login.cookie(COOKIE)).isNotEqualTo(remembered.cookie(COOKIE));
        assertThat(login.headers("Set-Cookie")).anyMatch(cookie -> cookie.contains("; Max-Age=2590"));
        assertThat(AuditLog.typesAndDetails(gateway.realm(), "2"))
                .endsWith("SECOND_FACTOR_SKIPPED device", "LOGIN_SUCCEEDED pwd device");
    }

    @Test
    void aCapturedLoginIsAnsweredByTheBackendAllTheSame(@OwnRealm TestGateway gateway) {
        var bob = gateway.loggedIn(BOB).enrolled();
        var login = login(
                gateway.nobody(), LEGACY, BOB, remembered(gateway, bob, LEGACY).cookie(COOKIE));
        assertThat(login.isOfTheGateway()).isFalse();
        assertThat(login.headers("Set-Cookie")).contains("legacy_seen=1; Path=/");
        assertThat(login.headers("Set-Cookie")).anyMatch(cookie -> cookie.startsWith(COOKIE + "="));
    }

    @Test
    void aTokenIsGoodForOneLogin(@OwnRealm TestGateway gateway) {
        var bob = gateway.loggedIn(BOB).enrolled();
        var first = remembered(gateway, bob, OWN).cookie(COOKIE);
        var second = login(gateway.nobody(), OWN, BOB, first).cookie(COOKIE);
        assertCodeNeeded(gateway, BOB, first);
        assertThat(login(gateway.nobody(), LEGACY, BOB, second).status()).isEqualTo(200);
        assertCodeNeeded(gateway, BOB, second);
    }

    @Test
    void ofThirtyLoginsAtOnceOneIsLetInByIt(@OwnRealm TestGateway gateway) throws Exception {
        var bob = gateway.loggedIn(BOB).enrolled();
        var cookie = remembered(gateway, bob, OWN).cookie(COOKIE);
        var turn = new AtomicInteger();
        int second = gateway.secondPort();
        var answers = Race.of(30, () -> {
            int number = turn.incrementAndGet();
            var nobody = number % 2 == 0 ? gateway.nobody() : gateway.nobody().at(second);
            return login(nobody, number % 3 == 0 ? LEGACY : OWN, BOB, cookie);
        });
        assertThat(answers).filteredOn(answer -> answer.text().contains("eyJ")).hasSizeLessThanOrEqualTo(1);
        // More passwords at once than may be wrong are answered as wrong ones, and a loaded machine may refuse some.
        assertThat(answers)
                .filteredOn(answer -> !answer.text().contains("eyJ"))
                .allMatch(answer -> answer.text().contains("mfaRequired")
                        || answer.code().equals("INVALID_CREDENTIALS")
                        || answer.status() == 503);
        assertThat(AuditLog.typesAndDetails(gateway.realm(), "2")).containsOnlyOnce("SECOND_FACTOR_SKIPPED device");
        assertCodeNeeded(gateway, BOB, cookie);
    }

    @Test
    void whoDidNotAskIsNotRemembered(@OwnRealm TestGateway gateway) {
        var bob = gateway.loggedIn(BOB).enrolled();
        var tempToken = tempToken(gateway, BOB);
        var answer = gateway.nobody().verifyLogin(tempToken, bob.app().nextCode());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith(COOKIE));
        var refused = verify(gateway, tempToken(gateway, BOB), bob.app().nextCode(), false);
        assertThat(refused.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith(COOKIE));
    }

    @Test
    void whatIsNoYesOrNoIsRefused(@OwnRealm TestGateway gateway) {
        var answer =
                gateway.nobody().post("/auth/mfa/verify", JsonObject.of("code", "123456", "rememberDevice", "true"));
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.string("/error/fields/0/field")).isEqualTo("rememberDevice");
    }

    @Test
    void aRecoveryCodeRemembersNone(@OwnRealm TestGateway gateway) {
        var bob = gateway.loggedIn(BOB).enrolled();
        var answer =
                verify(gateway, tempToken(gateway, BOB), bob.recoveryCodes().getFirst(), true);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith(COOKIE));
    }

    @Test
    void aRoleThatIsNotNamedIsNotRemembered(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(ALICE).enrolled();
        var answer = verify(gateway, tempToken(gateway, ALICE), alice.app().nextCode(), true);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith(COOKIE));
    }

    @Test
    void aStepUpRemembersTheDeviceToo(@OwnRealm TestGateway gateway) {
        var bob = gateway.loggedIn(BOB).enrolled();
        var answer =
                bob.post("/auth/mfa/verify", JsonObject.of("code", bob.app().nextCode(), "rememberDevice", true));
        assertThat(answer.json("/verified")).isEqualTo(true);
        assertThat(login(gateway.nobody(), OWN, BOB, answer.cookie(COOKIE)).string("/token"))
                .isNotEmpty();
    }

    @Test
    void anotherAccountHasNoUseForIt(@OwnRealm TestGateway gateway) {
        var bob = gateway.loggedIn(BOB).enrolled();
        gateway.loggedIn(ALICE).enrolled();
        var cookie = remembered(gateway, bob, OWN).cookie(COOKIE);
        assertCodeNeeded(gateway, ALICE, cookie);
        assertThat(login(gateway.nobody(), OWN, BOB, cookie).string("/token")).isNotEmpty();
    }

    @Test
    void itsSessionIsNoFreshProofAndNoNamedMethod(@OwnRealm TestGateway gateway) {
        var bob = gateway.loggedIn(BOB).enrolled();
        var cookie = remembered(gateway, bob, OWN).cookie(COOKIE);
        var back = gateway.nobody()
                .holding(login(gateway.nobody(), OWN, BOB, cookie).string("/token"));
        assertThat(back.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(back.get("/admin/inspect").code()).isEqualTo("2FA_REQUIRED"); // counts totp alone
        assertThat(back.post("/auth/mfa/disable").code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        assertThat(back.post("/auth/mfa/disable", JsonObject.of("password", BOB.password()))
                        .code())
                .isEqualTo("REAUTHENTICATION_REQUIRED");
        assertThat(back.post("/auth/mfa/recovery-codes/regenerate").code()).isEqualTo("REAUTHENTICATION_REQUIRED");
    }

    @Test
    void aRulesAgeCountsFromTheProofItWasRememberedFor(@OwnRealm TestGateway gateway) throws Exception {
        var bob = gateway.loggedIn(BOB).enrolled();
        var cookie = remembered(gateway, bob, OWN).cookie(COOKIE);
        var first = login(gateway.nobody(), OWN, BOB, cookie);
        assertThat(gateway.nobody()
                        .holding(first.string("/token"))
                        .post("/admin/upload")
                        .code())
                .isNotEqualTo("2FA_REQUIRED");
        age(gateway, 1);
        var second = login(gateway.nobody(), OWN, BOB, first.cookie(COOKIE));
        assertThat(gateway.nobody()
                        .holding(second.string("/token"))
                        .post("/admin/upload")
                        .code())
                .isEqualTo("2FA_REQUIRED");
    }

    private static String tempToken(TestGateway gateway, LegacyAccount account) {
        return gateway.login(account).string("/mfaTempToken");
    }

    private static Answer verify(TestGateway gateway, String tempToken, String code, boolean remember) {
        return gateway.nobody()
                .post(
                        "/auth/mfa/verify",
                        JsonObject.of("mfaTempToken", tempToken, "code", code, "rememberDevice", remember));
    }
}
