package io.portcullis.scenario;

import static io.portcullis.scenario.EmailMethodIT.other;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.scenario.DialectSite.Door;
import io.portcullis.testing.Answer;
import io.portcullis.testing.App;
import io.portcullis.testing.frontend.AdminEmailFrontend;
import io.portcullis.testing.frontend.Fetch;
import io.portcullis.testing.frontend.TwoFactorFrontend;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The frontend that lives on cookies and mailed codes, as it is. */
class AdminEmailIT extends DialectSiteStory {
    private static final Duration RESEND = Duration.ofSeconds(30);

    @ParameterizedTest(name = "{0}")
    @EnumSource(Door.class)
    void aWholeLife(Door door) {
        var email = site.newcomer(door);
        var page = site.login(door, email);
        var settings = new AdminEmailFrontend(page);
        assertThat(settings.status().json())
                .isEqualTo(JsonObject.of("success", true, "enabled", false, "verified", false, "state", "DISABLED"));
        assertThat(site.metrics(page)).isEqualTo("2FA_MANDATORY");

        var started = settings.enable();
        assertThat(started.json("/expiresIn")).isEqualTo(600);
        assertThat(settings.message()).isEqualTo("A verification code was sent to your e-mail address");
        assertThat(started.text()).doesNotContain(email);
        var code = site.mailedCode(email);
        assertThat(settings.status().string("/state")).isEqualTo("SETUP_IN_PROGRESS");
        assertThat(settings.status().json("/enabled")).isEqualTo(false);
        assertThat(settings.verifyCode(other(code)).error("remainingAttempts")).isEqualTo(4);
        assertThat(settings.code()).isEqualTo("INVALID_CODE");
        assertThat(settings.message()).isEqualTo("Invalid code");
        assertThat(settings.action()).isEqualTo("RETRY");
        assertThat(site.metrics(page)).isEqualTo("2FA_MANDATORY");

        var ownCookie = page.hasCookie("portcullis") ? page.cookie("portcullis") : "";
        var confirmed = settings.verifyCode(code);
        assertThat(confirmed.json().fieldNames())
                .containsExactlyInAnyOrder("success", "verified", "enabled", "recoveryCodes");
        assertThat(confirmed.json("/verified")).isEqualTo(true);
        assertThat(confirmed.json("/enabled")).isEqualTo(true);
        var recoveryCodes = recoveryCodes(confirmed);
        assertThat(recoveryCodes).hasSize(10);
        assertThat(site.metrics(page)).isEqualTo("200");
        if (door == Door.OWN) {
            assertThat(page.cookie("portcullis")).isNotEqualTo(ownCookie);
            var thief = Fetch.at(site.gateway().port());
            thief.keep("portcullis", ownCookie);
            assertThat(site.metrics(thief)).isEqualTo("AUTH_REQUIRED");
        }
        assertThat(settings.status().json()).isEqualTo(enabledAndVerified());
        assertThat(settings.enable().status()).isEqualTo(409);
        assertThat(settings.code()).isEqualTo("ALREADY_ENABLED");

        DialectSite.logout(page);
        assertThat(site.metrics(page)).isEqualTo("AUTH_REQUIRED");
        assertThat(settings.status().status()).isEqualTo(401);
        assertThat(settings.action()).isEqualTo("LOGIN");

        loginByMail(door, email);

        clock().advance(Duration.ofHours(1)); // of the mails that an account may have
        loginWithoutTheMailbox(door, email, recoveryCodes);

        var last = site.login(door, email);
        var end = new AdminEmailFrontend(last);
        end.verifyCode(site.mailedCode(email));
        assertThat(end.disable().json("/success")).isEqualTo(true);
        assertThat(end.status().json())
                .isEqualTo(JsonObject.of("success", true, "enabled", false, "verified", false, "state", "DISABLED"));
        assertThat(site.metrics(last)).isEqualTo("2FA_MANDATORY");
        DialectSite.logout(last);

        clock().advance(Duration.ofHours(1));
        var again = site.login(door, email); // asks for nothing
        assertThat(again.hasCookie("portcullis-login")).isFalse();
        assertThat(site.metrics(again)).isEqualTo("2FA_MANDATORY");
        var anew = new AdminEmailFrontend(again);
        anew.enable();
        assertThat(anew.verifyCode(recoveryCodes.get(5)).status()).isEqualTo(400); // gone with what they were for
        var freshCodes = anew.enable(site.mailedCode(email));
        assertThat(recoveryCodes(freshCodes)).hasSize(10).doesNotContainAnyElementsOf(recoveryCodes);
        assertThat(freshCodes.json("/enabled")).isEqualTo(true);
        assertThat(site.metrics(again)).isEqualTo("200");
    }

    /** Nothing names the login but its cookie. */
    private void loginByMail(Door door, String email) {
        var page = site.login(door, email);
        var login = new AdminEmailFrontend(page);
        assertThat(page.hasCookie("portcullis-login")).isTrue();
        assertThat(site.metrics(page)).isEqualTo("AUTH_REQUIRED");
        var first = site.mailedCode(email);
        assertThat(login.verifyCode(other(first)).error("remainingAttempts")).isEqualTo(4);
        assertThat(login.sendCode().status()).isEqualTo(429);
        assertThat(login.action()).isEqualTo("WAIT");
        clock().advance(RESEND);
        assertThat(login.sendCode().json("/expiresIn")).isEqualTo(600);
        var second = site.mailedCode(email);
        if (!first.equals(second)) { // once in a million runs
            login.verifyCode(first);
            assertThat(login.code()).isEqualTo("INVALID_CODE");
        }
        var verified = login.verifyCode(second);
        assertThat(verified.json()).isEqualTo(verified());
        assertThat(page.hasCookie("portcullis-login")).isFalse();
        assertThat(site.metrics(page)).isEqualTo("200");
        assertThat(login.status().json()).isEqualTo(enabledAndVerified());
        DialectSite.logout(page);
    }

    private void loginWithoutTheMailbox(Door door, String email, List<String> recoveryCodes) {
        var page = site.login(door, email);
        var login = new AdminEmailFrontend(page);
        assertThat(login.verifyCode(recoveryCodes.getFirst()).json())
                .isEqualTo(verified().put("recoveryCodesRemaining", 9));
        assertThat(site.metrics(page)).isEqualTo("200");
        DialectSite.logout(page);
        var next = site.login(door, email);
        var nextLogin = new AdminEmailFrontend(next);
        nextLogin.verifyCode(recoveryCodes.getFirst());
        assertThat(nextLogin.code()).isEqualTo("CODE_ALREADY_USED");
        assertThat(site.metrics(next)).isEqualTo("AUTH_REQUIRED");
        assertThat(nextLogin.verifyCode(recoveryCodes.get(1)).json("/recoveryCodesRemaining"))
                .isEqualTo(8);
        assertThat(site.metrics(next)).isEqualTo("200");
        DialectSite.logout(next);
    }

    static JsonObject verified() {
        return JsonObject.of("success", true, "verified", true, "enabled", true);
    }

    private static JsonObject enabledAndVerified() {
        return JsonObject.of("success", true, "enabled", true, "verified", true, "method", "email", "state", "ENABLED");
    }

    static List<String> recoveryCodes(Answer answer) {
        return ((JsonArray) answer.json("/recoveryCodes"))
                .stream().map(String.class::cast).toList();
    }

    /** Somebody in whose browser it is all set up. */
    static Fetch enrolled(DialectSite site, String email) {
        var page = site.login(email);
        var settings = new AdminEmailFrontend(page);
        settings.enable();
        assertThat(settings.verifyCode(site.mailedCode(email)).status()).isEqualTo(200);
        return page;
    }

    @Test
    void anAbandonedSetupAsksForNothing() {
        var email = site.newcomer();
        var page = site.login(email);
        new AdminEmailFrontend(page).enable();
        var code = site.mailedCode(email);
        DialectSite.logout(page);
        var later = site.login(email);
        var settings = new AdminEmailFrontend(later);
        assertThat(later.hasCookie("portcullis-login")).isFalse();
        assertThat(settings.status().string("/state")).isEqualTo("DISABLED");
        settings.verifyCode(code);
        assertThat(settings.code()).isEqualTo("SETUP_NOT_STARTED");
    }

    /** E-mail was to be added to an app; nobody finished. */
    @Test
    void anAbandonedAdditionLocksNobodyOut() {
        var email = site.newcomer();
        var tablet = site.login(email);
        var laptop = site.login(email);
        var withApp = new TwoFactorFrontend(laptop);
        var app = new App(withApp.setup().string("/secret"), clock());
        withApp.verify(app.code());
        var onLaptop = new AdminEmailFrontend(laptop);
        laptop.language("en");
        assertThat(onLaptop.enable().status()).isEqualTo(200);
        site.mailedCode(email);

        var onTablet = new AdminEmailFrontend(tablet);
        assertThat(site.metrics(tablet)).isEqualTo("2FA_REQUIRED");
        onTablet.sendCode();
        assertThat(onTablet.code()).isEqualTo("SETUP_NOT_STARTED"); // what is set up elsewhere verifies nothing here
        assertThat(onTablet.verifyCode(app.nextCode()).json()).isEqualTo(verified());
        assertThat(site.metrics(tablet)).isEqualTo("200");

        var phone = site.login(email);
        assertThat(new AdminEmailFrontend(phone).verifyCode(app.nextCode()).json())
                .isEqualTo(verified());
        assertThat(site.metrics(phone)).isEqualTo("200");
        assertThat(new AdminEmailFrontend(phone).status().string("/method")).isEqualTo("totp");
    }

    /** An app there is already; the mailed code adds a way in, and no further recovery codes. */
    @Test
    void eMailIsAddedToAnApp() {
        var email = site.newcomer();
        var page = site.login(email);
        var withApp = new TwoFactorFrontend(page);
        var app = new App(withApp.setup().string("/secret"), clock());
        withApp.verify(app.code());
        var settings = new AdminEmailFrontend(page);
        settings.enable();
        var added = settings.verifyCode(site.mailedCode(email));
        assertThat(added.json("/enabled")).isEqualTo(true);
        assertThat(settings.status().json("/enabled")).isEqualTo(true);
        settings.sendCode();
        assertThat(settings.verifyCode(site.mailedCode(email)).json()).isEqualTo(verified());
    }

    @Test
    void anOldVerificationDisablesNothing() {
        var email = site.newcomer();
        var page = enrolled(site, email);
        var settings = new AdminEmailFrontend(page);
        clock().advance(Duration.ofMinutes(15).plusSeconds(1));
        assertThat(settings.disable().status()).isEqualTo(403);
        assertThat(settings.code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        assertThat(settings.action()).isEqualTo("REAUTHENTICATE");
        settings.sendCode();
        assertThat(settings.disable(site.mailedCode(email)).json("/enabled")).isEqualTo(false);
        assertThat(site.metrics(page)).isEqualTo("2FA_MANDATORY");
    }

    @Test
    void itSpeaksFrenchToo() {
        var email = site.newcomer();
        var page = site.login(email);
        page.language("fr");
        var settings = new AdminEmailFrontend(page);
        settings.enable();
        assertThat(settings.message()).isEqualTo("Un code de vérification a été envoyé à votre adresse e-mail");
        assertThat(site.gateway().mails().await(email).subject()).isEqualTo("Votre code de vérification 2FA");
    }

    @Test
    void otherSitesAreRefused() {
        var email = site.newcomer();
        var page = enrolled(site, email);
        var base = "/api/admin/auth/2fa";
        site.refusesOtherSites(
                page,
                "portcullis",
                List.of(base + "/enable", base + "/send-code", base + "/verify-code", base + "/disable"));
        assertThat(new AdminEmailFrontend(page).status().json()).isEqualTo(enabledAndVerified());
        assertThat(site.metrics(page)).isEqualTo("200");
    }
}
