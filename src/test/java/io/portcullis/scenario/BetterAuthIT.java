package io.portcullis.scenario;

import static io.portcullis.testing.frontend.TwoRealms.ADMIN_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.QrCode;
import io.portcullis.testing.frontend.BetterAuthFrontend;
import io.portcullis.testing.frontend.Fetch;
import io.portcullis.testing.frontend.Page;
import io.portcullis.testing.frontend.TwoRealms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dialect {@code better-auth}, as its frontend sees it. */
@ExtendWith(TwoRealms.Provided.class)
class BetterAuthIT {
    static BetterAuthFrontend loggedIn(TwoRealms realms, TwoRealms.Somebody person) {
        var page = realms.betterAuth();
        page.login(person.email(), ADMIN_PASSWORD);
        assertThat(page.page()).isEqualTo(Page.HOME);
        return page;
    }

    static BetterAuthFrontend enrolled(TwoRealms realms, TwoRealms.Somebody person) {
        var page = loggedIn(realms, person);
        page.setUp();
        page.verify(page.app().code());
        assertThat(page.page()).isEqualTo(Page.HOME);
        return page;
    }

    @Test
    void aWholeLife(TwoRealms realms) throws Exception {
        var alice = realms.somebody();
        var page = realms.betterAuth();
        page.login(alice.email(), "a guess");
        assertThat(page.screen().code()).isEqualTo("INVALID_CREDENTIALS");
        page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(page.page()).isEqualTo(Page.HOME);
        page.metrics();
        assertThat(page.page()).isEqualTo(Page.SET_UP);
        assertThat(page.screen().message()).isEqualTo("2FA is mandatory for admin accounts");
        realms.assertMetrics(page.fetch(), "2FA_MANDATORY");

        page.setUp();
        assertThat(page.page()).isEqualTo(Page.SCAN);
        page.verify(page.app().wrongCode());
        assertThat(page.page()).isEqualTo(Page.SCAN);
        assertThat(page.screen().attemptsLeft()).contains(4);
        realms.assertMetrics(page.fetch(), "2FA_MANDATORY");
        page.verify(page.app().code());
        assertThat(page.page()).isEqualTo(Page.HOME);
        assertThat(page.screen().message()).isEqualTo("MFA setup completed successfully");
        assertThat(page.user().getBoolean("twoFAEnabled")).isTrue();
        realms.assertMetrics(page.fetch(), "200");
        assertThat(realms.column("admins", alice)).isTrue();
        var first = page.app();
        var backupCodes = page.backupCodes();
        assertThat(backupCodes).hasSize(10).allMatch(code -> code.matches("[A-Z2-9]{6}-[A-Z2-9]{6}"));

        assertThat(page.logout().status()).isEqualTo(204);
        realms.assertMetrics(page.fetch(), "AUTH_REQUIRED");
        page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(page.page()).isEqualTo(Page.VERIFY);
        realms.assertMetrics(page.fetch(), "AUTH_REQUIRED");
        page.verify(first.wrongCode());
        assertThat(page.page()).isEqualTo(Page.VERIFY);
        page.verify(first.nextCode());
        assertThat(page.screen().message()).isEqualTo("MFA verification successful");
        assertThat(page.page()).isEqualTo(Page.HOME);
        realms.assertMetrics(page.fetch(), "200");

        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(page.verify(backupCodes.getFirst()).json("/data/backupCodesRemaining"))
                .isEqualTo(9);
        realms.assertMetrics(page.fetch(), "200");
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        page.verify(backupCodes.getFirst());
        assertThat(page.screen().code()).isEqualTo("CODE_ALREADY_USED");
        assertThat(page.page()).isEqualTo(Page.VERIFY);
        page.verify(backupCodes.get(1));
        assertThat(page.page()).isEqualTo(Page.HOME);

        page.disableByPassword("a guess");
        assertThat(page.screen().code()).isEqualTo("INVALID_CREDENTIALS");
        realms.assertMetrics(page.fetch(), "200");
        page.disableByPassword(ADMIN_PASSWORD);
        assertThat(page.screen().message()).isEqualTo("MFA disabled successfully");
        assertThat(page.user().getBoolean("twoFAEnabled")).isFalse();
        realms.assertMetrics(page.fetch(), "2FA_MANDATORY");

        page.setUp();
        page.verify(first.nextCode());
        assertThat(page.screen().code()).isEqualTo("INVALID_CODE");
        page.verify(page.app().code());
        assertThat(page.backupCodes()).hasSize(10).doesNotContainAnyElementsOf(backupCodes);
        realms.assertMetrics(page.fetch(), "200");
        page.disableByCode(page.app().nextCode());
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(page.page()).isEqualTo(Page.HOME);
    }

    @Test
    void theSetupIsAnsweredAsTheContractHasIt(TwoRealms realms) {
        var alice = realms.somebody();
        var page = loggedIn(realms, alice);
        var setup = page.setUp();
        assertThat(setup.status()).isEqualTo(200);
        assertThat(setup.json().fieldNames()).containsExactlyInAnyOrder("success", "message", "data");
        assertThat(((JsonObject) setup.json("/data")).fieldNames())
                .contains("verificationToken", "qrCode", "secret", "otpauthUrl");
        assertThat(setup.string("/data/otpauthUrl")).contains("secret=" + setup.string("/data/secret"));
        assertThat(QrCode.scanned(setup.string("/data/qrCode"))).isEqualTo(setup.string("/data/otpauthUrl"));
        assertThat(page.status().getString("state")).isEqualTo("SETUP_IN_PROGRESS");

        var verified = page.verify(page.app().code());
        assertThat(verified.json().fieldNames()).containsExactlyInAnyOrder("success", "message", "data");
        assertThat(((JsonObject) verified.json("/data")).fieldNames()).containsExactlyInAnyOrder("user", "backupCodes");
        assertThat(verified.json("/data/user"))
                .isEqualTo(JsonObject.of(
                        "id",
                        alice.subject(),
                        "email",
                        alice.email(),
                        "role",
                        "admin",
                        "twoFAEnabled",
                        true,
                        "twoFactorEnabled",
                        true,
                        "mfaState",
                        "ENABLED"));
    }

    @Test
    void theStatusFollowsTheState(TwoRealms realms) {
        var page = loggedIn(realms, realms.somebody());
        assertStatus(page, "DISABLED", false, new JsonArray(), 0);
        page.setUp();
        assertStatus(page, "SETUP_IN_PROGRESS", false, new JsonArray(), 0);
        page.verify(page.app().code());
        assertStatus(page, "ENABLED", true, JsonArray.of("totp"), 10);
        page.disableByCode(page.app().nextCode());
        assertStatus(page, "DISABLED", false, new JsonArray(), 0);
        page.logout();
        assertThat(page.fetch().get(BetterAuthFrontend.MFA + "/status").code()).isEqualTo("AUTH_REQUIRED");
    }

    private static void assertStatus(
            BetterAuthFrontend page, String state, boolean enabled, JsonArray methods, int codes) {
        assertThat(page.status())
                .isEqualTo(JsonObject.of(
                        "twoFAEnabled",
                        enabled,
                        "state",
                        state,
                        "verified",
                        enabled,
                        "methods",
                        methods,
                        "mandatory",
                        true,
                        "backupCodesRemaining",
                        codes));
    }

    @Test
    void aLoginIsAnsweredWithTokenAndUser(TwoRealms realms) throws Exception {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        var verified = page.verify(page.app().nextCode());
        assertThat(verified.string("/message")).isEqualTo("MFA verification successful");
        assertThat(((JsonObject) verified.json("/data")).fieldNames()).containsExactlyInAnyOrder("token", "user");
        assertThat(verified.json("/data/user/id")).isEqualTo(alice.subject());
        assertThat(verified.json("/data/user/twoFAEnabled")).isEqualTo(true);
        var elsewhere = Fetch.at(realms.gateway().port());
        elsewhere.bearer(verified.string("/data/token"));
        realms.assertMetrics(elsewhere, "200"); // by the token alone, without the browser's cookies
        page.logout();
        realms.assertEnded(elsewhere);
    }

    /** A code from the time of the set-up, read off the app twice. */
    @Test
    void aCodeIsGoodOnce(TwoRealms realms) {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        page.verify(page.app().code());
        assertThat(page.screen().code()).isEqualTo("CODE_ALREADY_USED");
        assertThat(page.page()).isEqualTo(Page.VERIFY);
        page.verify(page.app().nextCode());
        assertThat(page.page()).isEqualTo(Page.HOME);
    }

    /** It has no token of a login, and sends none. */
    @Test
    void aPageFromBeforeTheSetupVerifiesItsSession(TwoRealms realms) {
        var alice = realms.somebody();
        var old = loggedIn(realms, alice);
        var page = enrolled(realms, alice);
        old.metrics();
        assertThat(old.page()).isEqualTo(Page.VERIFY);
        old.verify(page.app().code());
        assertThat(old.screen().code()).isEqualTo("CODE_ALREADY_USED");
        var verified = old.verify(page.app().nextCode());
        assertThat(old.screen().message()).isEqualTo("MFA verification successful");
        assertThat(((JsonObject) verified.json("/data")).fieldNames()).containsExactly("user");
        realms.assertMetrics(old.fetch(), "200");
    }

    /** The page was loaded again in the middle of a login and forgot its token; the browser has not. */
    @Test
    void aLoginSurvivesAReloadOfThePage(TwoRealms realms) {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        page.verify(new JsonObject()
                .putNull("verificationToken")
                .put("verificationCode", page.app().nextCode()));
        assertThat(page.screen().message()).isEqualTo("MFA verification successful");
        realms.assertMetrics(page.fetch(), "200");
    }

    @Test
    void aSetupThatIsAbandonedByALogoutLeavesNothing(TwoRealms realms) {
        var alice = realms.somebody();
        var page = loggedIn(realms, alice);
        page.setUp();
        var token = page.verificationToken();
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(page.page()).isEqualTo(Page.HOME);
        assertThat(page.status().getString("state")).isEqualTo("DISABLED");
        page.keepVerificationToken(token);
        page.verify(page.app().code());
        assertThat(page.screen().code()).isEqualTo("TOKEN_INVALID");
        assertThat(page.page()).isEqualTo(Page.SET_UP);
        realms.assertMetrics(page.fetch(), "2FA_MANDATORY");
    }
}
