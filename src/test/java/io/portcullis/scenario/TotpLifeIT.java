package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole life of one second factor, on two instances, with the legacy backend's own login. */
@ExtendWith(TestGateways.class)
class TotpLifeIT {
    @Test
    void fromTheFirstLoginToTheSecondSetUp(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(LegacyAccounts.ALICE);
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        assertThat(alice.state()).isEqualTo("DISABLED");

        assertThat(alice.startSetup("totp").status()).isEqualTo(200);
        assertThat(alice.state()).isEqualTo("SETUP_IN_PROGRESS");
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");

        var confirmed = alice.confirmSetup(alice.app().code());
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.json("/enabled")).isEqualTo(true);
        assertThat(confirmed.json("/user"))
                .isEqualTo(JsonObject.of(
                        "id", "1",
                        "email", "alice@example.com",
                        "role", "superAdmin",
                        "twoFAEnabled", true,
                        "twoFactorEnabled", true,
                        "mfaState", "ENABLED"));
        assertThat(alice.recoveryCodes())
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[A-HJ-NP-Z2-9]{6}-[A-HJ-NP-Z2-9]{6}"));

        // The very next request with the same token, on another instance.
        var elsewhere = alice.at(gateway.secondPort());
        assertThat(elsewhere.get("/admin/metrics").json("/seen/email")).isEqualTo("alice@example.com");
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);

        assertThat(alice.logout().status()).isEqualTo(204);
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");

        var login = gateway.login(LegacyAccounts.ALICE);
        assertThat(login.json("/mfaRequired")).isEqualTo(true);
        var verified = gateway.nobody()
                .verifyLogin(login.string("/mfaTempToken"), alice.app().nextCode());
        var back = alice.holding(verified.string("/token"));
        assertThat(back.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(back.at(gateway.secondPort()).get("/admin/metrics").status()).isEqualTo(200);

        var disabled = back.disable(back.app().nextCode());
        assertThat(disabled.json("/enabled")).isEqualTo(false);
        assertThat(disabled.json("/user/mfaState")).isEqualTo("DISABLED");
        assertThat(back.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        assertThat(gateway.login(LegacyAccounts.ALICE).json().containsKey("token"))
                .isTrue();

        var firstSecret = alice.recoveryCodes();
        back.enrolled();
        assertThat(back.recoveryCodes()).doesNotContainAnyElementsOf(firstSecret);
        assertThat(back.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void theGateSaysExactlyTheSentenceOfTheContract(TestGateway gateway) {
        var refused = gateway.loggedIn().get("/admin/metrics");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json()).isEqualTo(new JsonObject("""
                {
                  "success": false,
                  "message": "2FA is mandatory for admin accounts",
                  "error": {
                    "code": "2FA_MANDATORY",
                    "message": "Two-factor authentication is mandatory for all admin accounts. Please enable 2FA in your settings before accessing the admin dashboard.",
                    "action": "ENABLE_2FA"
                  }
                }
                """));
        assertThat(refused.header("Content-Type")).contains("application/json");
        assertThat(refused.header("Cache-Control")).contains("no-store");
        assertThat(refused.header("X-Portcullis")).contains("answered");
        assertThat(refused.header("X-Request-Id")).isPresent();
    }

    @Test
    void aSecondSessionOfTheAccountHasToVerifyForItself(TestGateway gateway) {
        var alice = gateway.loggedIn().enrolled();
        var laptop = gateway.again(alice);
        var refused = laptop.get("/admin/metrics");
        assertThat(refused.code()).isEqualTo("2FA_REQUIRED");
        assertThat(refused.error("action")).isEqualTo("VERIFY_2FA");
        assertThat(refused.json("/error/methods/0")).isEqualTo("totp");
        assertThat(refused.header("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_user_authentication\", acr_values=\"two-factor\"");

        var verified = laptop.verify(laptop.app().nextCode());
        assertThat(verified.json("/verified")).isEqualTo(true);
        assertThat(verified.json("/user/twoFAEnabled")).isEqualTo(true);
        assertThat(laptop.at(gateway.secondPort()).get("/admin/metrics").status())
                .isEqualTo(200);
        assertThat(laptop.get("/admin/metrics").status()).isEqualTo(200);
    }

    @Test
    void statusAndMeTellHowASessionStands(TestGateway gateway) {
        var alice = gateway.loggedIn();
        assertThat(alice.get("/auth/mfa/status").json().encode())
                .isEqualTo("{\"state\":\"DISABLED\",\"enabled\":false,\"methods\":[],\"verified\":false,"
                        + "\"recoveryCodesRemaining\":0,\"mandatory\":true}");
        var before = alice.get("/auth/me");
        assertThat(before.json("/session/level")).isEqualTo("one-factor");
        assertThat(before.json().getJsonObject("session").getValue("verifiedAt"))
                .isNull();

        alice.enrolled();
        assertThat(alice.get("/auth/mfa/status").json().encode())
                .isEqualTo("{\"state\":\"ENABLED\",\"enabled\":true,\"methods\":[\"totp\"],\"verified\":true,"
                        + "\"recoveryCodesRemaining\":10,\"mandatory\":true}");
        var me = alice.get("/auth/me");
        assertThat(me.json("/session/level")).isEqualTo("two-factor");
        assertThat(me.json("/session/amr").toString()).contains("otp");
        assertThat(me.json("/session/verifiedAt")).isNotNull();
        assertThat(me.json("/session/id")).isEqualTo(before.json("/session/id"));
        assertThat(me.json("/mfa/state")).isEqualTo("ENABLED");
        assertThat(me.json("/user/id")).isEqualTo(alice.subject());
    }
}
