package io.portcullis.scenario;

import static io.portcullis.scenario.BetterAuthIT.enrolled;
import static io.portcullis.scenario.BetterAuthIT.loggedIn;
import static io.portcullis.testing.frontend.TwoRealms.ADMIN_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.frontend.BetterAuthFrontend;
import io.portcullis.testing.frontend.Fetch;
import io.portcullis.testing.frontend.Page;
import io.portcullis.testing.frontend.TwoRealms;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The {@code verificationToken} of the dialect {@code better-auth}: whose it is, what for, and for how long. */
@ExtendWith(TwoRealms.Provided.class)
class BetterAuthTokensIT {
    private static void assertStartsOver(BetterAuthFrontend page, String code, Page expected) {
        var answer = page.verify(code);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(page.screen().code()).isEqualTo("TOKEN_INVALID");
        assertThat(page.page()).isEqualTo(expected);
    }

    @Test
    void anUnknownTokenStartsOverWhereThePersonIs(TwoRealms realms) {
        var page = loggedIn(realms, realms.somebody());
        page.setUp();
        page.keepVerificationToken("made-up");
        assertStartsOver(page, page.app().code(), Page.SET_UP);
        assertThat(page.status().getString("state")).isEqualTo("SETUP_IN_PROGRESS");
        var stranger = realms.betterAuth();
        stranger.keepVerificationToken("made-up");
        assertStartsOver(stranger, "123456", Page.LOGIN);
    }

    @Test
    void anExpiredTokenConfirmsNothing(TwoRealms realms) {
        var page = loggedIn(realms, realms.somebody());
        page.setUp();
        realms.gateway().clock().advance(Duration.ofMinutes(15));
        assertStartsOver(page, page.app().code(), Page.SET_UP);
        assertThat(page.status().getString("state")).isEqualTo("DISABLED");
    }

    @Test
    void aTokenIsGoodOnce(TwoRealms realms) {
        var alice = realms.somebody();
        var page = loggedIn(realms, alice);
        page.setUp();
        var ofSetup = page.verificationToken();
        page.verify(page.app().code());
        page.keepVerificationToken(ofSetup);
        assertStartsOver(page, page.app().nextCode(), Page.SET_UP);

        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        var ofLogin = page.verificationToken();
        page.verify(page.app().nextCode());
        var stranger = realms.betterAuth();
        stranger.keepVerificationToken(ofLogin);
        assertStartsOver(stranger, page.app().nextCode(), Page.LOGIN);
    }

    @Test
    void aSetupStartedAgainKillsTheEarlierToken(TwoRealms realms) {
        var page = loggedIn(realms, realms.somebody());
        page.setUp();
        var earlier = page.verificationToken();
        var earlierApp = page.app();
        page.setUp();
        var later = page.verificationToken();
        for (var app : List.of(earlierApp, page.app())) {
            page.keepVerificationToken(earlier);
            assertStartsOver(page, app.code(), Page.SET_UP);
        }
        page.keepVerificationToken(later);
        page.verify(page.app().code());
        assertThat(page.page()).isEqualTo(Page.HOME);
    }

    /** The account is that of the credential, whatever token goes along. */
    @Test
    void somebodyElsesTokenChangesNeither(TwoRealms realms) throws Exception {
        var alice = loggedIn(realms, realms.somebody());
        alice.setUp();
        var bob = loggedIn(realms, realms.somebody());
        bob.setUp();
        var bobs = bob.verificationToken();
        for (var code : List.of(alice.app().code(), bob.app().code())) {
            alice.keepVerificationToken(bobs);
            assertStartsOver(alice, code, Page.SET_UP);
        }
        for (var page : List.of(alice, bob)) {
            assertThat(page.status().getString("state")).isEqualTo("SETUP_IN_PROGRESS");
            realms.assertMetrics(page.fetch(), "2FA_MANDATORY");
        }
        bob.verify(bob.app().code());
        assertThat(bob.page()).isEqualTo(Page.HOME);
    }

    /** Another page of the same person, or somebody with a copy of the token. */
    @Test
    void aTokenIsOfTheSessionThatBeganTheSetup(TwoRealms realms) {
        var alice = realms.somebody();
        var page = loggedIn(realms, alice);
        page.setUp();
        var other = loggedIn(realms, alice);
        other.keepVerificationToken(page.verificationToken());
        assertStartsOver(other, page.app().code(), Page.SET_UP);
        page.verify(page.app().code());
        assertThat(page.page()).isEqualTo(Page.HOME);
    }

    @Test
    void aTokenOfALoginIsGoodForNothingElse(TwoRealms realms) {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        var app = page.app();
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        var token = page.verificationToken();
        var thief = Fetch.at(realms.gateway().port());
        thief.bearer(token);
        realms.assertMetrics(thief, "AUTH_REQUIRED");
        assertThat(thief.post(BetterAuthFrontend.MFA + "/setup").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(thief.get(BetterAuthFrontend.MFA + "/status").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(thief.post(BetterAuthFrontend.MFA + "/disable", JsonObject.of("verificationCode", app.nextCode()))
                        .code())
                .isEqualTo("AUTH_REQUIRED");
        page.verify(app.code());
        assertThat(page.page()).isEqualTo(Page.HOME);
    }

    @Test
    void aTokenOfASetupLogsNobodyInAndEnrolsNobodyByItself(TwoRealms realms) {
        var page = loggedIn(realms, realms.somebody());
        page.setUp();
        var token = page.verificationToken();
        var thief = Fetch.at(realms.gateway().port());
        var form = JsonObject.of("mfaTempToken", token, "code", page.app().code());
        assertThat(thief.post("/auth/mfa/verify", form).code()).isEqualTo("TOKEN_INVALID");
        thief.bearer(token);
        realms.assertMetrics(thief, "AUTH_REQUIRED");
        assertThat(page.fetch()
                        .post("/auth/mfa/setup/confirm", JsonObject.of("enrollmentToken", token))
                        .code())
                .isEqualTo("SETUP_NOT_STARTED");
        assertThat(page.status().getString("state")).isEqualTo("SETUP_IN_PROGRESS");
    }

    @Test
    void whatIsEnabledIsSafeFromASetup(TwoRealms realms) {
        var alice = realms.somebody();
        var old = loggedIn(realms, alice);
        var page = enrolled(realms, alice);
        for (var one : List.of(old, page)) {
            var answer = one.fetch().post(BetterAuthFrontend.MFA + "/setup");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("ALREADY_ENABLED");
        }
        old.verify(page.app().nextCode());
        realms.assertMetrics(old.fetch(), "200");
    }

    @Test
    void thePasswordOnTopOfOneFactorDisablesNothing(TwoRealms realms) throws Exception {
        var alice = realms.somebody();
        var old = loggedIn(realms, alice);
        var page = enrolled(realms, alice);
        var refused = old.disableByPassword(ADMIN_PASSWORD);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(old.screen().code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        assertThat(old.page()).isEqualTo(Page.CONFIRM_IDENTITY);
        realms.assertMetrics(page.fetch(), "200");
        old.disableByCode(page.app().wrongCode());
        assertThat(old.screen().attemptsLeft()).contains(4);
        old.disableByCode(page.app().nextCode());
        assertThat(old.page()).isEqualTo(Page.SET_UP);
        realms.assertMetrics(old.fetch(), "2FA_MANDATORY");
        realms.assertEnded(page.fetch()); // every other session is ended
    }
}
