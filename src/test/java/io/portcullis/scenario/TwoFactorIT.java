package io.portcullis.scenario;

import static io.portcullis.testing.frontend.TwoFactorFrontend.backupCodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.scenario.DialectSite.Door;
import io.portcullis.testing.App;
import io.portcullis.testing.frontend.Fetch;
import io.portcullis.testing.frontend.TwoFactorFrontend;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The frontend that shows backup codes under the QR code, in French, as it is. */
class TwoFactorIT extends DialectSiteStory {
    @ParameterizedTest(name = "{0}")
    @EnumSource(Door.class)
    void aWholeLife(Door door) {
        var email = site.newcomer(door);
        var page = site.login(door, email);
        var settings = new TwoFactorFrontend(page);
        assertThat(settings.status().json()).isEqualTo(status(false, false, 0));
        assertThat(site.metrics(page)).isEqualTo("2FA_MANDATORY");

        var shown = settings.setup();
        assertThat(shown.json().fieldNames())
                .containsExactlyInAnyOrder("secret", "qrCode", "otpauthUrl", "backupCodes");
        assertThat(shown.string("/qrCode")).startsWith("data:image/png;base64,");
        assertThat(shown.string("/otpauthUrl")).contains(shown.string("/secret"));
        var codes = backupCodes(shown);
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        var app = new App(shown.string("/secret"), clock());
        settings.verifyLoginByBackupCode(codes.getFirst());
        assertThat(settings.code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(settings.verify(codes.getFirst()).code()).isEqualTo("INVALID_REQUEST"); // proves no app
        assertThat(settings.status().json()).isEqualTo(status(false, false, 0));
        assertThat(site.metrics(page)).isEqualTo("2FA_MANDATORY");

        assertThat(settings.verify(app.wrongCode()).error("remainingAttempts")).isEqualTo(4);
        assertThat(settings.message()).isEqualTo("Code invalide");
        assertThat(settings.description()).isEqualTo("Le code est incorrect. Vérifiez-le et réessayez.");
        var ownCookie = page.hasCookie("portcullis") ? page.cookie("portcullis") : "";
        assertThat(settings.verify(app.code()).json()).isEqualTo(JsonObject.of("success", true, "enabled", true));
        assertThat(site.metrics(page)).isEqualTo("200");
        if (door == Door.OWN) {
            assertThat(page.cookie("portcullis")).isNotEqualTo(ownCookie);
            var thief = Fetch.at(site.gateway().port());
            thief.keep("portcullis", ownCookie);
            assertThat(site.metrics(thief)).isEqualTo("AUTH_REQUIRED");
        }
        assertThat(settings.status().json()).isEqualTo(status(true, true, 10));
        DialectSite.logout(page);
        assertThat(site.metrics(page)).isEqualTo("AUTH_REQUIRED");

        loginByApp(door, email, app);
        loginByBackupCodes(door, email, codes);

        var last = site.login(door, email);
        var end = new TwoFactorFrontend(last);
        end.verifyLogin(app.nextCode());
        assertThat(end.disable().json()).isEqualTo(JsonObject.of("success", true));
        assertThat(end.status().json()).isEqualTo(status(false, false, 0));
        assertThat(site.metrics(last)).isEqualTo("2FA_MANDATORY");
        end.verifyLogin(app.nextCode());
        assertThat(end.code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(end.verifyLoginByBackupCode(codes.get(7)).code()).isEqualTo("SETUP_NOT_STARTED");
        DialectSite.logout(last);

        var again = site.login(door, email); // asks for nothing
        assertThat(again.hasCookie("portcullis-login")).isFalse();
        assertThat(site.metrics(again)).isEqualTo("2FA_MANDATORY");
        var anew = new TwoFactorFrontend(again);
        var fresh = anew.setup();
        assertThat(fresh.string("/secret")).isNotEqualTo(shown.string("/secret"));
        assertThat(backupCodes(fresh)).doesNotContainAnyElementsOf(codes);
        assertThat(anew.verify(app.nextCode()).code()).isEqualTo("INVALID_CODE"); // of the old secret
        assertThat(anew.verify(new App(fresh.string("/secret"), clock()).code()).status())
                .isEqualTo(200);
        assertThat(anew.verifyLoginByBackupCode(codes.get(8)).code()).isEqualTo("INVALID_CODE");
        assertThat(anew.verifyLoginByBackupCode(backupCodes(fresh).get(8)).status())
                .isEqualTo(200);
        assertThat(site.metrics(again)).isEqualTo("200");
    }

    private void loginByApp(Door door, String email, App app) {
        var page = site.login(door, email);
        var login = new TwoFactorFrontend(page);
        assertThat(page.hasCookie("portcullis-login")).isTrue();
        assertThat(login.status().status()).isEqualTo(401);
        assertThat(site.metrics(page)).isEqualTo("AUTH_REQUIRED");
        login.verifyLogin(app.code());
        assertThat(login.code()).isEqualTo("CODE_ALREADY_USED");
        login.speakEnglish();
        assertThat(login.verifyLogin(app.wrongCode()).error("remainingAttempts"))
                .isEqualTo(4);
        assertThat(login.message()).isEqualTo("Invalid code");
        assertThat(login.description()).isEqualTo("The code is wrong. Check it and try again.");
        assertThat(login.verifyLogin(app.nextCode()).json()).isEqualTo(verified());
        assertThat(page.hasCookie("portcullis-login")).isFalse();
        assertThat(site.metrics(page)).isEqualTo("200");
        assertThat(login.status().json()).isEqualTo(status(true, true, 10));
        DialectSite.logout(page);
    }

    private void loginByBackupCodes(Door door, String email, List<String> codes) {
        var page = site.login(door, email);
        var login = new TwoFactorFrontend(page);
        assertThat(login.verifyLoginByBackupCode(codes.get(0)).json())
                .isEqualTo(verified().put("backupCodesRemaining", 9));
        assertThat(site.metrics(page)).isEqualTo("200");
        DialectSite.logout(page);

        var next = site.login(door, email);
        var nextLogin = new TwoFactorFrontend(next);
        nextLogin.verifyLoginByBackupCode(codes.get(0));
        assertThat(nextLogin.code()).isEqualTo("CODE_ALREADY_USED");
        assertThat(site.metrics(next)).isEqualTo("AUTH_REQUIRED");
        assertThat(nextLogin.verifyLogin("", codes.get(1)).json())
                .isEqualTo(verified().put("backupCodesRemaining", 8));
        assertThat(nextLogin.status().json()).isEqualTo(status(true, true, 8));
        DialectSite.logout(next);
    }

    private static JsonObject status(boolean enabled, boolean verified, int remaining) {
        return JsonObject.of("enabled", enabled, "verified", verified, "backupCodesRemaining", remaining);
    }

    private static JsonObject verified() {
        return JsonObject.of("success", true, "verified", true);
    }

    @Test
    void eitherOfTheTwoFieldsIsFilledIn() {
        var alice = new TwoFactorPerson(site);
        var both = alice.settings.verifyLogin(alice.app.nextCode(), alice.codes.get(0));
        assertThat(both.status()).isEqualTo(400);
        assertThat(alice.settings.code()).isEqualTo("INVALID_REQUEST");
        assertThat(both.json("/error/fields/0/field")).isEqualTo("backupCode");
        var none = alice.settings.verifyLogin("", " ");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.json("/error/fields/0/field")).isEqualTo("code");
        // Neither was judged.
        assertThat(alice.settings.verifyLogin(alice.app.code(), "").json()).isEqualTo(verified());
        assertThat(alice.settings.verifyLoginByBackupCode(alice.codes.get(0)).json("/backupCodesRemaining"))
                .isEqualTo(9);
        assertThat(alice.settings.verifyLoginByBackupCode("nonsense").json("/error/fields/0/field"))
                .isEqualTo("backupCode");
    }

    @Test
    void aRestartedSetupKillsTheCodesShownBefore() {
        var email = site.newcomer();
        var page = site.login(email);
        var settings = new TwoFactorFrontend(page);
        var first = settings.setup();
        var second = settings.setup();
        assertThat(backupCodes(second)).doesNotContainAnyElementsOf(backupCodes(first));
        assertThat(settings.verify(new App(first.string("/secret"), clock()).code())
                        .code())
                .isEqualTo("INVALID_CODE");
        assertThat(settings.verify(new App(second.string("/secret"), clock()).code())
                        .status())
                .isEqualTo(200);
        settings.verifyLoginByBackupCode(backupCodes(first).get(0));
        assertThat(settings.code()).isEqualTo("INVALID_CODE");
        assertThat(settings.verifyLoginByBackupCode(backupCodes(second).get(0)).json("/backupCodesRemaining"))
                .isEqualTo(9);
    }

    @Test
    void anAbandonedSetupIsDeadAfterLogoutAndAfterItsTime() {
        var email = site.newcomer();
        var page = site.login(email);
        var shown = new TwoFactorFrontend(page).setup();
        var app = new App(shown.string("/secret"), clock());
        DialectSite.logout(page);
        var later = site.login(email);
        var settings = new TwoFactorFrontend(later);
        assertThat(later.hasCookie("portcullis-login")).isFalse();
        assertThat(settings.status().json()).isEqualTo(status(false, false, 0));
        settings.verify(app.code());
        assertThat(settings.code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(settings.verifyLoginByBackupCode(backupCodes(shown).get(0)).code())
                .isEqualTo("SETUP_NOT_STARTED");

        var slow = new App(settings.setup().string("/secret"), clock());
        clock().advance(Duration.ofMinutes(15));
        settings.verify(slow.code());
        assertThat(settings.code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(site.metrics(later)).isEqualTo("2FA_MANDATORY");
    }

    @Test
    void disablingNeedsAFreshProof() {
        var alice = new TwoFactorPerson(site);
        clock().advance(Duration.ofMinutes(15).plusSeconds(1));
        assertThat(alice.settings.disable().status()).isEqualTo(403);
        assertThat(alice.settings.code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        assertThat(alice.settings.message()).isEqualTo("Nouvelle preuve requise");
        assertThat(alice.settings.disable(alice.app.wrongCode()).code()).isEqualTo("INVALID_CODE");
        assertThat(alice.settings.status().json()).isEqualTo(status(true, true, 10));
        assertThat(site.metrics(alice.page)).isEqualTo("200");
        assertThat(alice.settings.disable(alice.app.code()).json()).isEqualTo(JsonObject.of("success", true));
        assertThat(alice.settings.status().json()).isEqualTo(status(false, false, 0));
    }

    @Test
    void afterAVerificationThatWasOldAFreshOneDisables() {
        var alice = new TwoFactorPerson(site);
        clock().advance(Duration.ofMinutes(16));
        assertThat(alice.settings.verifyLogin(alice.app.code()).status()).isEqualTo(200);
        assertThat(alice.settings.disable().status()).isEqualTo(200);
    }

    @Test
    void regeneratedCodesReplaceAllEarlierOnes() {
        var alice = new TwoFactorPerson(site);
        var fresh = alice.settings.regenerate();
        assertThat(fresh.json().fieldNames()).containsExactly("backupCodes");
        assertThat(backupCodes(fresh)).hasSize(10).doesNotContainAnyElementsOf(alice.codes);
        assertThat(alice.settings.verifyLoginByBackupCode(alice.codes.get(0)).code())
                .isEqualTo("INVALID_CODE");
        assertThat(alice.settings
                        .verifyLoginByBackupCode(backupCodes(fresh).get(0))
                        .json("/backupCodesRemaining"))
                .isEqualTo(9);
        clock().advance(Duration.ofMinutes(15).plusSeconds(1));
        assertThat(alice.settings.regenerate().code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        var proved = alice.settings.regenerate(alice.app.code());
        assertThat(backupCodes(proved)).hasSize(10);
        assertThat(alice.settings
                        .verifyLoginByBackupCode(backupCodes(fresh).get(1))
                        .code())
                .isEqualTo("INVALID_CODE");
        assertThat(alice.settings.status().json()).isEqualTo(status(true, true, 10));
    }

    @Test
    void wrongCodesOfEitherKindLockTheAccount() {
        var alice = new TwoFactorPerson(site);
        var wrong = alice.codes.get(0).substring(0, 12) + (alice.codes.get(0).endsWith("A") ? "B" : "A");
        for (int left = 4; left >= 0; left--) {
            var refused = left % 2 == 0
                    ? alice.settings.verifyLogin(alice.app.wrongCode())
                    : alice.settings.verifyLoginByBackupCode(wrong);
            assertThat(refused.error("remainingAttempts")).isEqualTo(left);
        }
        var locked = alice.settings.verifyLogin(alice.app.nextCode());
        assertThat(locked.status()).isEqualTo(423);
        assertThat(alice.settings.code()).isEqualTo("ACCOUNT_LOCKED");
        assertThat(alice.settings.description()).isEqualTo(locked.string("/error/message"));
        assertThat(locked.header("Retry-After")).isPresent();
        assertThat(alice.settings.verifyLoginByBackupCode(alice.codes.get(0)).status())
                .isEqualTo(423);
        assertThat(site.metrics(alice.page)).isEqualTo("200"); // who passed before works on
    }

    @Test
    void whoIsNotLoggedInIsToldSo() {
        var stranger = new TwoFactorFrontend(Fetch.at(site.gateway().port()));
        for (var answer : List.of(
                stranger.setup(),
                stranger.verify("123456"),
                stranger.verifyLogin("123456"),
                stranger.disable(),
                stranger.regenerate(),
                stranger.status())) {
            assertThat(answer.code()).isEqualTo("AUTH_REQUIRED");
            assertThat(answer.error("action")).isEqualTo("LOGIN");
        }
    }

    @Test
    void otherSitesAreRefused() {
        var alice = new TwoFactorPerson(site);
        var base = "/api/2fa";
        site.refusesOtherSites(
                alice.page,
                "portcullis",
                List.of(
                        base + "/setup",
                        base + "/verify",
                        base + "/verify-login",
                        base + "/disable",
                        base + "/backup-codes/regenerate"));
        assertThat(alice.settings.status().json()).isEqualTo(status(true, true, 10));
        assertThat(site.metrics(alice.page)).isEqualTo("200");
    }
}
