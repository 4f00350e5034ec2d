package io.portcullis.scenario;

import static io.portcullis.scenario.ThreeStateIT.enrolled;
import static io.portcullis.scenario.ThreeStateIT.loggedIn;
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

/** The login of the dialect {@code three-state}: in one step, {@code totp_code} beside the password, and what the token of two is good for. */
@ExtendWith(TwoRealms.Provided.class)
class ThreeStateLoginIT {
    private static JsonObject form(TwoRealms.Somebody person, Object code) {
        return new JsonObject()
                .put("email", person.email())
                .put("password", ADMIN_PASSWORD)
                .put("totp_code", code);
    }

    @Test
    void aRightCodeLogsInAtOnce(TwoRealms realms) {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        page.logout();
        var answer = page.login(form(alice, page.app().nextCode()));
        assertThat(answer.json().fieldNames()).containsExactlyInAnyOrder("access_token", "token_type", "user");
        assertThat(page.page()).isEqualTo(Page.HOME);
        realms.assertMetrics(page.fetch(), "200");
    }

    @Test
    void aRecoveryCodeWillDoOnce(TwoRealms realms) {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        var code = page.recoveryCodes().getFirst();
        page.logout();
        assertThat(page.login(form(alice, code)).json("/recovery_codes_remaining"))
                .isEqualTo(9);
        realms.assertMetrics(page.fetch(), "200");
        page.logout();
        page.login(form(alice, code));
        assertThat(page.screen().code()).isEqualTo("CODE_ALREADY_USED");
        realms.assertMetrics(page.fetch(), "AUTH_REQUIRED");
    }

    @Test
    void aWrongOrReplayedCodeLeavesNothingToGoOnWith(TwoRealms realms) {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        page.logout();
        var wrong = page.login(form(alice, page.app().wrongCode()));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.string("/detail")).isEqualTo("Invalid code");
        assertThat(page.screen().attemptsLeft()).contains(4);
        assertThat(wrong.headers("Set-Cookie")).isEmpty();
        assertThat(page.login(form(alice, page.app().code())).status()).isEqualTo(400);
        assertThat(page.screen().code()).isEqualTo("CODE_ALREADY_USED");
        realms.assertMetrics(page.fetch(), "AUTH_REQUIRED");
        page.login(form(alice, page.app().nextCode()));
        assertThat(page.page()).isEqualTo(Page.HOME);
    }

    /** A form whose field was left alone. */
    @Test
    void aBlankCodeIsNone(TwoRealms realms) {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        page.logout();
        for (var blank : new String[] {"", "  ", null}) {
            var answer = page.login(form(alice, blank));
            assertThat(answer.json("/mfa_required")).isEqualTo(true);
            assertThat(page.page()).isEqualTo(Page.VERIFY);
        }
        page.verify(page.app().nextCode());
        realms.assertMetrics(page.fetch(), "200");
    }

    @Test
    void aMalformedCodeIsToldAndCostsNothing(TwoRealms realms) {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        page.logout();
        for (var code : new Object[] {"12345", "letters", 123456, new JsonArray()}) {
            assertThat(page.login(form(alice, code)).status()).as("%s", code).isEqualTo(400);
            assertThat(page.screen().code()).as("%s", code).isEqualTo("INVALID_REQUEST");
            assertThat(page.screen().marked()).as("%s", code).containsExactly("totp_code");
        }
        page.login(form(alice, page.app().wrongCode()));
        assertThat(page.screen().attemptsLeft()).contains(4);
    }

    /** Else a code would tell whether a password is right, or guesses at codes would need none. */
    @Test
    void aWrongPasswordIsToldBeforeTheCodeIsLookedAt(TwoRealms realms) {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        page.logout();
        for (var code : new String[] {page.app().wrongCode(), page.app().nextCode()}) {
            assertThat(page.login(form(alice, code).put("password", "a guess")).status())
                    .isEqualTo(401);
            assertThat(page.screen().code()).isEqualTo("INVALID_CREDENTIALS");
        }
        page.login(form(alice, page.app().code())); // was not used up
        assertThat(page.page()).isEqualTo(Page.HOME);
    }

    @Test
    void guessingInOneStepLocksTheAccountToo(TwoRealms realms) {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        page.logout();
        for (int left = 4; left >= 0; left--) {
            page.login(form(alice, page.app().wrongCode()));
            assertThat(page.screen().attemptsLeft()).contains(left);
        }
        var locked = page.login(form(alice, page.app().nextCode()));
        assertThat(locked.status()).isEqualTo(423);
        assertThat(locked.string("/detail")).isEqualTo("Second factor locked");
        assertThat(locked.header("Retry-After"))
                .contains(locked.error("retryAfterSeconds").toString());
        page.login(form(alice, page.app().code()).put("password", "a guess"));
        assertThat(page.screen().code()).isEqualTo("INVALID_CREDENTIALS"); // who has no password learns nothing
    }

    @Test
    void aCodeThatNobodyAskedForIsPassedOver(TwoRealms realms) {
        var alice = realms.somebody();
        var page = loggedIn(realms, alice);
        page.logout();
        page.login(form(alice, "123456"));
        assertThat(page.page()).isEqualTo(Page.HOME);
        realms.assertMetrics(page.fetch(), "2FA_MANDATORY");
    }

    @Test
    void aMailedCodeIsGivenAlongWithoutAnotherBeingMailed(TwoRealms realms) {
        var alice = realms.somebody();
        var mails = realms.gateway().mails();
        var page = loggedIn(realms, alice);
        page.fetch().post("/auth/mfa/setup/start", JsonObject.of("method", "email"));
        page.confirm(mails.awaitCode(alice.email()));
        assertThat(page.page()).isEqualTo(Page.HOME);
        page.logout();
        var needed = page.login(alice.email(), ADMIN_PASSWORD);
        assertThat(needed.json("/methods")).isEqualTo(JsonArray.of("email"));
        var code = mails.awaitCode(alice.email());
        realms.gateway().clock().advance(Duration.ofMinutes(1)); // another could be mailed by now
        long before = codesTo(realms, alice);
        assertThat(before).isEqualTo(2); // of the set-up and of the login that was left
        page.login(form(alice, code));
        assertThat(page.page()).isEqualTo(Page.HOME);
        realms.assertMetrics(page.fetch(), "200");
        assertThat(codesTo(realms, alice)).isEqualTo(before);
    }

    private static long codesTo(TwoRealms realms, TwoRealms.Somebody person) {
        return realms.gateway().mails().mails().stream()
                .filter(mail -> mail.to().contains(person.email()))
                .filter(mail -> mail.code().isPresent())
                .count();
    }

    @Test
    void anMfaTokenIsGoodOnceAndForNothingElse(TwoRealms realms) {
        var alice = realms.somebody();
        var page = enrolled(realms, alice);
        var app = page.app();
        page.logout();
        page.login(alice.email(), ADMIN_PASSWORD);
        var token = page.mfaToken();
        var thief = Fetch.at(realms.gateway().port());
        thief.bearer(token);
        realms.assertMetrics(thief, "AUTH_REQUIRED");
        for (var route : List.of("enable-mfa", "logout")) {
            assertThat(thief.post(ThreeStateFrontend.AUTH + "/" + route).code()).isEqualTo("AUTH_REQUIRED");
        }
        var code = JsonObject.of("token", app.nextCode());
        assertThat(thief.post(ThreeStateFrontend.AUTH + "/confirm-mfa", code).code())
                .isEqualTo("AUTH_REQUIRED");
        var password = JsonObject.of("password", ADMIN_PASSWORD);
        assertThat(thief.post(ThreeStateFrontend.AUTH + "/disable-mfa", password)
                        .code())
                .isEqualTo("AUTH_REQUIRED");

        page.verify(app.code());
        assertThat(page.page()).isEqualTo(Page.HOME);
        for (var used : List.of(token, "made-up")) {
            page.keepMfaToken(used);
            assertThat(page.verify(app.nextCode()).status()).isEqualTo(401);
            assertThat(page.screen().code()).isEqualTo("TOKEN_INVALID");
            assertThat(page.page()).isEqualTo(Page.LOGIN);
        }
    }
}
