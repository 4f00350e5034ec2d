package io.portcullis.scenario;

import static io.portcullis.testing.frontend.TwoRealms.ADMIN_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.frontend.Fetch;
import io.portcullis.testing.frontend.Page;
import io.portcullis.testing.frontend.ThreeStateFrontend;
import io.portcullis.testing.frontend.TwoRealms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dialect {@code three-state}, as its frontend sees it; its login is told in {@link ThreeStateLoginIT}. */
@ExtendWith(TwoRealms.Provided.class)
class ThreeStateIT {
    static ThreeStateFrontend loggedIn(TwoRealms realms, TwoRealms.Somebody person) {
        var page = realms.threeState();
        page.login(person.email(), ADMIN_PASSWORD);
        assertThat(page.page()).isEqualTo(Page.HOME);
        return page;
    }

    static ThreeStateFrontend enrolled(TwoRealms realms, TwoRealms.Somebody person) {
        var page = loggedIn(realms, person);
        page.enable();
        page.confirm(page.app().code());
        assertThat(page.page()).isEqualTo(Page.HOME);
        return page;
    }

    private static String state(ThreeStateFrontend page) {
        return page.fetch().get("/auth/mfa/status").string("/state");
    }

    @Test
    void aWholeLife(TwoRealms realms) throws Exception {
        var alice = realms.somebody();
        var page = realms.threeState();
        assertThat(page.login(alice.email(), "a guess").status()).isEqualTo(401);
        assertThat(page.screen().code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(page.screen().message()).isEqualTo("Invalid credentials");
        page.login(alice.email(), ADMIN_PASSWORD);
        page.metrics();
        assertThat(page.page()).isEqualTo(Page.SET_UP);
        realms.assertMetrics(page.fetch(), "2FA_MANDATORY");

        page.enable();
        assertThat(page.page()).isEqualTo(Page.SCAN);
        page.confirm(page.app().wrongCode());
        assertThat(page.screen().message()).isEqualTo("Invalid code");
        assertThat(page.screen().attemptsLeft()).contains(4);
        assertThat(page.page()).isEqualTo(Page.SCAN);
        realms.assertMetrics(page.fetch(), "2FA_MANDATORY");
        page.confirm(page.app().code());
        assertThat(page.screen().message()).isEqualTo("MFA enabled successfully");
        realms.assertMetrics(page.fetch(), "200");
        assertThat(realms.column("admins", alice)).isTrue();
        var first = page.app();
        var recoveryCodes = page.recoveryCodes();
        assertThat(recoveryCodes).hasSize(10);

        var bearer = Fetch.at(realms.gateway().port());
        bearer.bearer(page.accessToken());
        realms.assertMetrics(bearer, "200");
        assertThat(page.logout().status()).isEqualTo(200);
        realms.assertEnded(bearer);
        page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(page.page()).isEqualTo(Page.VERIFY);
        realms.assertMetrics(page.fetch(), "AUTH_REQUIRED");
        page.verify(first.wrongCode());
        assertThat(page.page()).isEqualTo(Page.VERIFY);
        page.verify(first.nextCode());
        assertThat(page.page()).isEqualTo(Page.HOME);
        realms.assertMetrics(page.fetch(), "200");

        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(page.verify(recoveryCodes.getFirst()).json("/recovery_codes_remaining"))
                .isEqualTo(9);
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        page.verify(recoveryCodes.getFirst());
        assertThat(page.screen().code()).isEqualTo("CODE_ALREADY_USED");
        page.verify(first.nextCode());
        assertThat(page.page()).isEqualTo(Page.HOME);

        assertThat(page.disable("a guess").status()).isEqualTo(401);
        assertThat(page.screen().code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(page.page()).isEqualTo(Page.HOME); // not logged out by it
        realms.assertMetrics(page.fetch(), "200");
        page.disable(ADMIN_PASSWORD);
        assertThat(page.screen().message()).isEqualTo("MFA disabled successfully");
        realms.assertMetrics(page.fetch(), "2FA_MANDATORY");

        page.enable();
        page.confirm(first.nextCode());
        assertThat(page.screen().code()).isEqualTo("INVALID_CODE");
        page.confirm(page.app().code());
        assertThat(page.recoveryCodes()).hasSize(10).doesNotContainAnyElementsOf(recoveryCodes);
        realms.assertMetrics(page.fetch(), "200");
        page.disable(ADMIN_PASSWORD);
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(page.page()).isEqualTo(Page.HOME);
    }

    @Test
    void theAnswersAreAsTheContractHasThem(TwoRealms realms) {
        var alice = realms.somebody();
        var page = realms.threeState();
        var login = page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(login.json().fieldNames()).containsExactlyInAnyOrder("access_token", "token_type", "user");
        assertThat(login.json("/user/id")).isEqualTo(alice.subject());

        var started = page.enable();
        assertThat(started.json().fieldNames()).contains("qr_code", "secret", "otpauth_url", "mfa_state");
        assertThat(started.string("/mfa_state")).isEqualTo("SETUP_IN_PROGRESS");
        assertThat(started.string("/qr_code")).startsWith("data:image/png;base64,");
        assertThat(started.string("/otpauth_url")).contains("secret=" + started.string("/secret"));

        var confirmed = page.confirm(page.app().code());
        assertThat(confirmed.json().fieldNames()).containsExactlyInAnyOrder("message", "mfa_enabled", "recovery_codes");
        assertThat(confirmed.json("/mfa_enabled")).isEqualTo(true);

        page.logout();
        var needed = page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(needed.json().fieldNames()).containsExactlyInAnyOrder("mfa_required", "mfa_token", "methods");
        assertThat(needed.json("/methods")).isEqualTo(JsonArray.of("totp"));
        var verified = page.verify(page.app().nextCode());
        assertThat(verified.json().fieldNames()).containsExactlyInAnyOrder("access_token", "token_type", "user");
        assertThat(page.disable(ADMIN_PASSWORD).json())
                .isEqualTo(JsonObject.of("message", "MFA disabled successfully", "mfa_enabled", false));
        assertThat(page.logout().json()).isEqualTo(JsonObject.of("message", "Logged out successfully"));
    }

    @Test
    void anErrorHasTheMessageAsItsDetailToo(TwoRealms realms) {
        var page = loggedIn(realms, realms.somebody());
        var refused = page.confirm("123456");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().fieldNames()).containsExactlyInAnyOrder("success", "message", "error", "detail");
        assertThat(refused.string("/detail")).isEqualTo("Setup not started").isEqualTo(refused.string("/message"));
        assertThat(page.page()).isEqualTo(Page.SET_UP);
        var unknown = page.fetch().post(ThreeStateFrontend.AUTH + "/login", new JsonObject());
        assertThat(unknown.string("/detail")).isEqualTo("Invalid request");
        var anonymous = Fetch.at(realms.gateway().port()).post(ThreeStateFrontend.AUTH + "/enable-mfa");
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.string("/detail")).isEqualTo("Authentication required");
        var method = page.fetch().get(ThreeStateFrontend.AUTH + "/enable-mfa");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.string("/detail")).isEqualTo("Method not allowed");
    }

    @Test
    void aSetupThatIsAbandonedByALogoutLeavesNothing(TwoRealms realms) {
        var alice = realms.somebody();
        var page = loggedIn(realms, alice);
        page.enable();
        assertThat(state(page)).isEqualTo("SETUP_IN_PROGRESS");
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(page.page()).isEqualTo(Page.HOME);
        assertThat(state(page)).isEqualTo("DISABLED");
        page.confirm(page.app().code());
        assertThat(page.screen().code()).isEqualTo("SETUP_NOT_STARTED");
        realms.assertMetrics(page.fetch(), "2FA_MANDATORY");
    }

    @Test
    void aSetupHasItsTime(TwoRealms realms) {
        var page = loggedIn(realms, realms.somebody());
        page.enable();
        realms.gateway().clock().advance(Duration.ofMinutes(15));
        page.confirm(page.app().code());
        assertThat(page.screen().code()).isEqualTo("SETUP_NOT_STARTED");
        assertThat(state(page)).isEqualTo("DISABLED");
    }

    @Test
    void aSetupStartedAgainReplacesTheSecret(TwoRealms realms) {
        var page = loggedIn(realms, realms.somebody());
        page.enable();
        var earlier = page.app();
        page.enable();
        page.confirm(earlier.code());
        assertThat(page.screen().code()).isEqualTo("INVALID_CODE");
        page.confirm(page.app().code());
        assertThat(page.page()).isEqualTo(Page.HOME);
    }

    @Test
    void whatIsMissingOrMalformedIsToldInItsOwnWordsAndCostsNothing(TwoRealms realms) {
        var alice = realms.somebody();
        var page = loggedIn(realms, alice);
        page.enable();
        for (var code : new Object[] {"12345", "abcdef", "", 123456, "ABCDEF-GHJKLM"}) {
            assertThat(page.confirm(JsonObject.of("token", code)).status())
                    .as("%s", code)
                    .isEqualTo(400);
            assertThat(page.screen().marked()).as("%s", code).containsExactly("token");
        }
        page.confirm(new JsonObject());
        assertThat(page.screen().marked()).containsExactly("token");
        page.confirm(page.app().wrongCode());
        assertThat(page.screen().attemptsLeft()).contains(4);
        page.confirm(page.app().code());

        page.disable(new JsonObject());
        assertThat(page.screen().marked()).containsExactly("password");
        page.disable("");
        assertThat(page.screen().marked()).containsExactly("password");
        realms.assertMetrics(page.fetch(), "200");

        page.logout();
        page.login(new JsonObject());
        assertThat(page.screen().marked()).containsExactlyInAnyOrder("email", "password");
        page.login(alice.email(), ADMIN_PASSWORD);
        var token = page.mfaToken();
        page.verify(JsonObject.of("mfa_token", token));
        assertThat(page.screen().marked()).containsExactly("token");
        page.verify(JsonObject.of("mfa_token", token, "token", "12 34"));
        assertThat(page.screen().marked()).containsExactly("token");
        page.verify(JsonObject.of("mfa_token", "", "token", "123456"));
        assertThat(page.screen().marked()).containsExactly("mfa_token");
        page.verify(page.app().wrongCode());
        assertThat(page.screen().attemptsLeft()).contains(4);
    }

    @Test
    void whatIsEnabledIsSafeFromASetupAndFromThePasswordAlone(TwoRealms realms) throws Exception {
        var alice = realms.somebody();
        var old = loggedIn(realms, alice);
        var page = enrolled(realms, alice);
        for (var one : List.of(old, page)) {
            assertThat(one.fetch().post(ThreeStateFrontend.AUTH + "/enable-mfa").code())
                    .isEqualTo("ALREADY_ENABLED");
            one.confirm(page.app().nextCode());
            assertThat(one.screen().code()).isEqualTo("ALREADY_ENABLED");
        }
        assertThat(old.disable(ADMIN_PASSWORD).status()).isEqualTo(403);
        assertThat(old.screen().code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        assertThat(old.page()).isEqualTo(Page.CONFIRM_IDENTITY);
        realms.assertMetrics(page.fetch(), "200");
        old.verify(page.app().code()); // raises the session that it has
        realms.assertMetrics(old.fetch(), "200");
        old.disable(ADMIN_PASSWORD);
        realms.assertMetrics(old.fetch(), "2FA_MANDATORY");
        realms.assertEnded(page.fetch());
    }

    @Test
    void itSpeaksFrench(TwoRealms realms) {
        var alice = realms.somebody();
        var page = realms.threeState();
        page.fetch().language("fr");
        page.login(alice.email(), "a guess");
        assertThat(page.screen().message()).isEqualTo("Identifiants invalides");
        page.login(alice.email(), ADMIN_PASSWORD);
        page.enable();
        page.confirm(page.app().wrongCode());
        assertThat(page.screen().message()).isEqualTo("Code invalide");
        page.confirm(page.app().code());
        assertThat(page.screen().message()).isEqualTo("MFA activée avec succès");
        page.disable(ADMIN_PASSWORD);
        assertThat(page.screen().message()).isEqualTo("MFA désactivée avec succès");
        page.logout();
        assertThat(page.screen().message()).isEqualTo("Déconnexion réussie");
    }
}
