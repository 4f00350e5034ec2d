package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.App;
import io.portcullis.testing.Person;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One account, and every dialect on one gateway: what one began another ends, and no wrong code is free anywhere. */
class DialectsTogetherIT extends DialectSiteStory {
    /** A dialect's way to do what all of them do. */
    enum Speech {
        OWN("/auth/mfa/setup/start", "/auth/mfa/setup/confirm", "code", "/auth/mfa/verify", "code"),
        BETTER_AUTH(
                "/api/v1/better-auth/mfa/setup",
                "/api/v1/better-auth/mfa/verify",
                "verificationCode",
                "/api/v1/better-auth/mfa/verify",
                "verificationCode"),
        ADMIN_EMAIL(
                "/api/admin/auth/2fa/enable",
                "/api/admin/auth/2fa/verify-code",
                "code",
                "/api/admin/auth/2fa/verify-code",
                "code"),
        THREE_STATE("/api/v1/auth/enable-mfa", "/api/v1/auth/confirm-mfa", "token", "/api/v1/auth/verify-mfa", "token"),
        TWO_FACTOR("/api/2fa/setup", "/api/2fa/verify", "code", "/api/2fa/verify-login", "code");

        private final String start;
        private final String confirm;
        private final String confirmField;
        private final String verify;
        private final String verifyField;

        Speech(String start, String confirm, String confirmField, String verify, String verifyField) {
            this.start = start;
            this.confirm = confirm;
            this.confirmField = confirmField;
            this.verify = verify;
            this.verifyField = verifyField;
        }

        Answer start(Person person) {
            return person.post(start);
        }

        Answer confirm(Person person, String code, Optional<String> token) {
            var body = JsonObject.of(confirmField, code);
            if (this == BETTER_AUTH) {
                body.put("verificationToken", token.orElseThrow());
            }
            return person.post(confirm, body);
        }

        Answer verify(Person person, String code) {
            return person.post(verify, JsonObject.of(verifyField, code));
        }

        /** The dialect whose confirmation names the set-up knows those alone that it began itself. */
        boolean confirms(Speech beginner) {
            return this != BETTER_AUTH || beginner == BETTER_AUTH;
        }

        /** The codes that a confirmation brings. */
        List<String> codes(Answer confirmed) {
            var pointer = switch (this) {
                case OWN, ADMIN_EMAIL -> "/recoveryCodes";
                case BETTER_AUTH -> "/data/backupCodes";
                case THREE_STATE -> "/recovery_codes";
                case TWO_FACTOR -> "/backupCodes";
            };
            return strings(confirmed, pointer);
        }
    }

    private static List<String> strings(Answer answer, String pointer) {
        return ((JsonArray) answer.json(pointer))
                .stream().map(String.class::cast).toList();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Speech.values())
                .flatMap(beginner -> Stream.of(Speech.values())
                        .filter(finisher -> finisher.confirms(beginner))
                        .map(finisher -> Arguments.of(beginner, finisher)));
    }

    @ParameterizedTest(name = "{0} then {1}")
    @MethodSource("pairs")
    void whatOneBeginsAnotherConfirms(Speech beginner, Speech finisher) {
        var email = site.newcomer();
        var alice = site.byBearer(email);
        var begun = beginner.start(alice);
        assertThat(begun.status()).isEqualTo(200);
        agree(alice, "SETUP_IN_PROGRESS", false, 0);
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        var secret = secret(begun);
        var token = beginner == Speech.BETTER_AUTH
                ? Optional.of(begun.string("/data/verificationToken"))
                : Optional.<String>empty();
        var app = secret.map(text -> new App(text, site.gateway().clock()));
        var code = app.map(App::code).orElseGet(() -> site.mailedCode(email));
        var confirmed = finisher.confirm(alice, code, token);
        assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(200);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(alice.at(site.gateway().secondPort()).get("/admin/metrics").status())
                .isEqualTo(200);
        agree(alice, "ENABLED", true, 10);

        var codes = beginner == Speech.TWO_FACTOR && finisher == Speech.TWO_FACTOR
                ? strings(begun, "/backupCodes")
                : finisher.codes(confirmed);
        assertThat(codes).hasSize(10);
        int left = 10;
        for (var verifier : Speech.values()) {
            assertThat(verifier.verify(alice, codes.get(--left)).status())
                    .as(verifier.toString())
                    .isEqualTo(200);
        }
        agree(alice, "ENABLED", true, 5);
        if (app.isPresent()) {
            for (var verifier : Speech.values()) {
                assertThat(verifier.verify(alice, app.get().nextCode()).status())
                        .isEqualTo(200);
                assertThat(finisher.verify(alice, app.get().code()).code()).isEqualTo("CODE_ALREADY_USED");
            }
        }
    }

    /** Of an app; an e-mail set-up has none. */
    private static Optional<String> secret(Answer begun) {
        var json = begun.json();
        return Optional.ofNullable(json.getString("secret"))
                .or(() -> Optional.ofNullable(json.getJsonObject("data")).map(data -> data.getString("secret")));
    }

    /** What every dialect that has a status says. */
    private static void agree(Person person, String state, boolean verified, int codes) {
        boolean enabled = state.equals("ENABLED");
        var own = person.get("/auth/mfa/status");
        assertThat(own.json("/state")).isEqualTo(state);
        assertThat(own.json("/enabled")).isEqualTo(enabled);
        assertThat(own.json("/verified")).isEqualTo(verified);
        assertThat(own.json("/recoveryCodesRemaining")).isEqualTo(codes);
        var betterAuth = person.get("/api/v1/better-auth/mfa/status");
        assertThat(betterAuth.json("/data/state")).isEqualTo(state);
        assertThat(betterAuth.json("/data/twoFAEnabled")).isEqualTo(enabled);
        assertThat(betterAuth.json("/data/verified")).isEqualTo(verified);
        assertThat(betterAuth.json("/data/backupCodesRemaining")).isEqualTo(codes);
        var adminEmail = person.get("/api/admin/auth/2fa/status");
        assertThat(adminEmail.json("/state")).isEqualTo(state);
        assertThat(adminEmail.json("/enabled")).isEqualTo(enabled);
        assertThat(adminEmail.json("/verified")).isEqualTo(verified);
        assertThat(person.get("/api/2fa/status").json())
                .isEqualTo(JsonObject.of("enabled", enabled, "verified", verified, "backupCodesRemaining", codes));
    }

    @Test
    void oneAccountGoesThroughAllOfThem() {
        var email = site.newcomer();
        var alice = site.byBearer(email);
        var shown = alice.post("/api/2fa/setup");
        var codes = strings(shown, "/backupCodes");
        var app = new App(shown.string("/secret"), site.gateway().clock());
        assertThat(alice.post("/api/2fa/verify", JsonObject.of("code", app.code()))
                        .json())
                .isEqualTo(JsonObject.of("success", true, "enabled", true));

        var nobody = site.gateway().nobody();
        var login = JsonObject.of("email", email, "password", DialectSite.PASSWORD);
        var asked = nobody.post("/api/v1/auth/login", login);
        assertThat(asked.json("/mfa_required")).isEqualTo(true);
        var released = nobody.post(
                "/api/v1/auth/verify-mfa",
                JsonObject.of("mfa_token", asked.string("/mfa_token"), "token", codes.get(0)));
        var atThreeState = alice.holding(released.string("/access_token"));
        assertThat(atThreeState.get("/admin/metrics").status()).isEqualTo(200);
        agree(atThreeState, "ENABLED", true, 9);
        var reused = nobody.post("/api/v1/auth/login", login.copy().put("totp_code", codes.get(0)));
        assertThat(reused.code()).isEqualTo("CODE_ALREADY_USED");

        // A login that one dialect began is finished by another one's words for it.
        var atLogin = nobody.post("/auth/login", login);
        var byBetterAuth = nobody.post(
                "/api/v1/better-auth/mfa/verify",
                JsonObject.of(
                        "verificationToken", atLogin.string("/mfaTempToken"), "verificationCode", app.nextCode()));
        var atBetterAuth = alice.holding(byBetterAuth.string("/data/token"));
        assertThat(atBetterAuth.get("/admin/metrics").status()).isEqualTo(200);
        var browser =
                nobody.with("Cookie", nobody.post("/api/v1/auth/login", login).cookie("portcullis-login"));
        var byCookie = browser.post("/api/2fa/verify-login", JsonObject.of("backupCode", codes.get(1)));
        assertThat(byCookie.json("/backupCodesRemaining")).isEqualTo(8);
        var atTwoFactor = nobody.with("Cookie", byCookie.cookie("portcullis"));
        assertThat(atTwoFactor.get("/admin/metrics").status()).isEqualTo(200);
        agree(atTwoFactor, "ENABLED", true, 8);

        assertThat(atBetterAuth
                        .post("/api/v1/better-auth/mfa/disable", JsonObject.of("verificationCode", app.nextCode()))
                        .status())
                .isEqualTo(200);
        agree(atBetterAuth, "DISABLED", false, 0);
        for (var other : List.of(alice, atThreeState, atTwoFactor)) {
            assertThat(other.get("/admin/metrics").code()).isEqualTo("AUTH_REQUIRED");
        }
        assertThat(nobody.post("/api/v1/auth/login", login).string("/token_type"))
                .isEqualTo("bearer");
    }

    @Test
    void codesThatWereShownAreDeadWhereTheConfirmationBringsOthers() {
        var alice = site.byBearer(site.newcomer());
        var shown = alice.post("/api/2fa/setup");
        var app = new App(shown.string("/secret"), site.gateway().clock());
        var confirmed = alice.post("/auth/mfa/setup/confirm", JsonObject.of("code", app.code()));
        var fresh = strings(confirmed, "/recoveryCodes");
        assertThat(fresh).hasSize(10).doesNotContainAnyElementsOf(strings(shown, "/backupCodes"));
        assertThat(Speech.TWO_FACTOR
                        .verify(alice, strings(shown, "/backupCodes").get(0))
                        .code())
                .isEqualTo("INVALID_CODE");
        assertThat(Speech.TWO_FACTOR.verify(alice, fresh.get(0)).json("/backupCodesRemaining"))
                .isEqualTo(9);
    }

    @Test
    void wrongCodesAreCountedOverAllOfThem() {
        var email = site.newcomer();
        var alice = site.byBearer(email).enrolled();
        int left = 5;
        for (var speech : Speech.values()) {
            var wrong = speech.verify(alice, alice.app().wrongCode());
            assertThat(wrong.code()).as(speech.toString()).isEqualTo("INVALID_CODE");
            assertThat(wrong.error("remainingAttempts")).as(speech.toString()).isEqualTo(--left);
        }
        assertThat(left).isZero();
        var right = alice.app().nextCode();
        for (var speech : Speech.values()) {
            assertThat(speech.verify(alice, right).code()).as(speech.toString()).isEqualTo("ACCOUNT_LOCKED");
        }
        for (var disable : List.of(
                alice.post("/auth/mfa/disable", JsonObject.of("code", right)),
                alice.post("/api/2fa/disable", JsonObject.of("code", right)),
                alice.post("/api/2fa/backup-codes/regenerate", JsonObject.of("code", right)),
                alice.post("/api/admin/auth/2fa/disable", JsonObject.of("code", right)),
                alice.post("/api/v1/better-auth/mfa/disable", JsonObject.of("verificationCode", right)),
                site.gateway()
                        .nobody()
                        .post(
                                "/api/v1/auth/login",
                                JsonObject.of("email", email, "password", DialectSite.PASSWORD, "totp_code", right)))) {
            assertThat(disable.code()).isEqualTo("ACCOUNT_LOCKED");
        }
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200); // who passed before works on
    }

    /** A set-up that is begun anew elsewhere, or given up there, brings no new attempts. */
    @Test
    void wrongCodesOfASetupAreCountedOverAllOfThem() {
        var alice = site.byBearer(site.newcomer());
        int left = 5;
        for (var speech : List.of(Speech.OWN, Speech.BETTER_AUTH, Speech.THREE_STATE, Speech.TWO_FACTOR, Speech.OWN)) {
            var begun = speech.start(alice);
            var app = new App(secret(begun).orElseThrow(), site.gateway().clock());
            var token = speech == Speech.BETTER_AUTH
                    ? Optional.of(begun.string("/data/verificationToken"))
                    : Optional.<String>empty();
            assertThat(speech.confirm(alice, app.wrongCode(), token).error("remainingAttempts"))
                    .isEqualTo(--left);
        }
        var begun = alice.post("/api/2fa/setup");
        var app = new App(begun.string("/secret"), site.gateway().clock());
        assertThat(alice.post("/api/2fa/verify", JsonObject.of("code", app.code()))
                        .code())
                .isEqualTo("ACCOUNT_LOCKED");
    }
}
