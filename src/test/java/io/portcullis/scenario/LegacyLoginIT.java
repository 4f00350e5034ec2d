package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The legacy login under watch: nothing of a credential before the second factor, and all of it after. */
@ExtendWith(TestGateways.class)
class LegacyLoginIT {
    private static final LegacyAccount ALICE = LegacyAccounts.ALICE;

    @Test
    void withoutASecondFactorTheLegacyAnswerIsTheAnswer(@OwnRealm TestGateway gateway) {
        assertThat(shape(gateway.login(ALICE))).isEqualTo(shape(atTheBackend(gateway)));
    }

    @Test
    void aWrongPasswordIsAnsweredByTheBackend(@OwnRealm TestGateway gateway) {
        var form = JsonObject.of("email", ALICE.email(), "password", "guess");
        var through = gateway.nobody().post("/admin/login", form);
        var direct = backend(gateway).post("/admin/login", form);
        assertThat(through.status()).isEqualTo(401);
        assertThat(shape(through)).isEqualTo(shape(direct));
    }

    @Test
    void withASecondFactorNothingOfTheCredentialIsHandedOut(@OwnRealm TestGateway gateway) {
        gateway.loggedIn(ALICE).enrolled();
        var login = gateway.login(ALICE);
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.isOfTheGateway()).isTrue();
        assertThat(login.json().fieldNames())
                .containsExactlyInAnyOrder("mfaRequired", "mfaTempToken", "methods", "expiresIn");
        assertThat(login.json("/methods").toString()).isEqualTo("[\"totp\"]");
        assertThat(login.json("/expiresIn")).isEqualTo(300);
        assertThat(login.header("Cache-Control")).contains("no-store");
        assertThat(login.toString()).doesNotContain("eyJ").doesNotContain("legacy_seen");
        assertThat(login.headers("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("portcullis-login=")
                .contains("HttpOnly")
                .contains("SameSite=Lax");
    }

    @Test
    void aRightCodeReleasesTheLegacyAnswerByteForByte(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(ALICE).enrolled();
        var tempToken = gateway.login(ALICE).string("/mfaTempToken");
        var released = gateway.nobody().verifyLogin(tempToken, alice.app().nextCode());
        assertThat(released.status()).isEqualTo(200);
        assertThat(released.headers("Set-Cookie")).contains("legacy_seen=1; Path=/");
        assertThat(released.headers("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("portcullis-login=;"));
        var direct = atTheBackend(gateway);
        assertThat(withoutToken(released)).isEqualTo(withoutToken(direct));
        assertThat(released.header("Content-Type")).isEqualTo(direct.header("Content-Type"));
        assertThat(released.header("Content-Length")).isEqualTo(direct.header("Content-Length"));
        assertThat(alice.holding(released.string("/token"))
                        .get("/admin/metrics")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aFrontendThatLivesOnCookiesSendsTheCodeAlone(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(ALICE).enrolled();
        var cookie = gateway.login(ALICE).cookie("portcullis-login");
        var browser = gateway.nobody().with("Cookie", cookie);
        assertThat(browser.verify(alice.app().wrongCode()).code()).isEqualTo("INVALID_CODE");
        var released = browser.at(gateway.secondPort()).verify(alice.app().nextCode());
        assertThat(alice.holding(released.string("/token"))
                        .get("/admin/metrics")
                        .status())
                .isEqualTo(200);
        assertThat(browser.verify(alice.app().nextCode()).code()).isEqualTo("TOKEN_INVALID");
    }

    @Test
    void aTempTokenIsForOneLoginAndFiveWrongCodes(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(ALICE).enrolled();
        var tempToken = gateway.login(ALICE).string("/mfaTempToken");
        var nobody = gateway.nobody();
        assertThat(nobody.verifyLogin(tempToken, alice.app().nextCode()).status())
                .isEqualTo(200);
        var used = nobody.verifyLogin(tempToken, alice.app().nextCode());
        assertThat(used.code()).isEqualTo("TOKEN_INVALID");
        assertThat(used.error("action")).isEqualTo("RESTART_LOGIN");
        assertThat(nobody.verifyLogin("made-up", alice.app().nextCode()).code()).isEqualTo("TOKEN_INVALID");

        var guessed = gateway.login(ALICE).string("/mfaTempToken");
        for (int left = 4; left >= 0; left--) {
            assertThat(nobody.verifyLogin(guessed, alice.app().wrongCode()).error("remainingAttempts"))
                    .isEqualTo(left);
        }
        gateway.clock().advance(Duration.ofMinutes(16)); // the account's lock is over, the token is not back
        assertThat(nobody.verifyLogin(guessed, alice.app().nextCode()).code()).isEqualTo("TOKEN_INVALID");
    }

    @Test
    void aTempTokenIsNoCredential(@OwnRealm TestGateway gateway) {
        gateway.loggedIn(ALICE).enrolled();
        var tempToken = gateway.login(ALICE).string("/mfaTempToken");
        var thief = gateway.nobody().holding(tempToken);
        assertThat(thief.get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(thief.get("/auth/mfa/status").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(thief.startSetup("totp").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(gateway.nobody()
                        .with("Cookie", "access_token=" + tempToken)
                        .get("/admin/metrics")
                        .code())
                .isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void aLoginInProgressEndsWhenTheSecondFactorIsDisabled(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(ALICE).enrolled();
        var tempToken = gateway.login(ALICE).string("/mfaTempToken");
        assertThat(alice.disable(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(gateway.nobody()
                        .verifyLogin(tempToken, alice.app().nextCode())
                        .code())
                .isEqualTo("TOKEN_INVALID");
    }

    @Test
    void theGatewaysOwnLoginHasItsOwnShape(@OwnRealm TestGateway gateway) {
        var first = gateway.nobody().post("/auth/login", TestGateway.form(ALICE));
        assertThat(first.json("/user/mfaState")).isEqualTo("DISABLED");
        var alice = gateway.nobody().holding(first.string("/token"), "1").enrolled();

        var second = gateway.nobody().post("/auth/login", TestGateway.form(ALICE));
        assertThat(second.json("/mfaRequired")).isEqualTo(true);
        assertThat(second.toString()).doesNotContain("eyJ");
        var verified = gateway.nobody()
                .verifyLogin(second.string("/mfaTempToken"), alice.app().nextCode());
        assertThat(verified.json().fieldNames()).containsExactlyInAnyOrder("token", "user");
        assertThat(verified.json("/user/mfaState")).isEqualTo("ENABLED");
        assertThat(alice.holding(verified.string("/token"))
                        .get("/admin/metrics")
                        .status())
                .isEqualTo(200);

        var wrong = gateway.nobody().post("/auth/login", JsonObject.of("email", ALICE.email(), "password", "x"));
        var unknown = gateway.nobody().post("/auth/login", JsonObject.of("email", "nobody@x.org", "password", "x"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(unknown.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(unknown.json("/message")).isEqualTo(wrong.json("/message"));
    }

    @Test
    void theLegacyLogoutEndsTheSessionHereToo(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(ALICE).enrolled();
        assertThat(alice.post("/admin/logout").status()).isEqualTo(204);
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
    }

    private static Person backend(TestGateway gateway) {
        return gateway.nobody().at(gateway.backendPort());
    }

    private static Answer atTheBackend(TestGateway gateway) {
        return backend(gateway).post("/admin/login", TestGateway.form(ALICE));
    }

    /** Status, headers and body but for what differs from login to login. */
    private static Map<String, Object> shape(Answer answer) {
        var shape = new TreeMap<String, Object>(String.CASE_INSENSITIVE_ORDER);
        shape.putAll(answer.headers().map());
        shape.remove("X-Request-Id"); // every answer has the gateway's
        shape.put(":status", answer.status());
        shape.put(":body", withoutToken(answer));
        return shape;
    }

    private static String withoutToken(Answer answer) {
        return answer.text().replaceFirst("eyJ[^\"]+", "TOKEN");
    }
}
