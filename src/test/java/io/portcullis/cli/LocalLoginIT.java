package io.portcullis.cli;

import static io.portcullis.cli.LocalAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Person;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins and sessions of accounts of the gateway's own, by bearer and by cookie. */
class LocalLoginIT {
    private static LocalAccounts accounts;
    private final String email = LocalAccounts.anotherEmail();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        accounts = LocalAccounts.start(folder);
    }

    @AfterAll
    static void stop() {
        accounts.close();
    }

    private static Person byCookie(Person person, String cookie) {
        return person.withoutToken().with("Cookie", cookie);
    }

    @Test
    void aBearerGoesThroughTheWholeStory() throws Exception {
        var subject = accounts.added(email, "admin");
        var first = accounts.login(email, PASSWORD);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.string("/token")).startsWith("portcullis_");
        assertThat(first.cookie("portcullis")).isEqualTo("portcullis=" + first.string("/token"));
        assertThat(first.headers("Set-Cookie"))
                .anyMatch(cookie -> cookie.contains("; HttpOnly; SameSite=Lax") && cookie.contains("Path=/"));
        assertThat(first.json("/user"))
                .isEqualTo(JsonObject.of(
                        "id",
                        subject,
                        "email",
                        email,
                        "role",
                        "admin",
                        "twoFAEnabled",
                        false,
                        "twoFactorEnabled",
                        false,
                        "mfaState",
                        "DISABLED"));
        var alice = accounts.gateway().nobody().holding(first.string("/token"), subject);
        assertThat(alice.get("/users/hello").status()).isEqualTo(200);
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("2FA_MANDATORY");
        alice.enrolled();
        for (var instance : List.of(alice, alice.at(accounts.gateway().secondPort()))) {
            var seen = instance.get("/admin/inspect");
            assertThat(seen.status()).isEqualTo(200);
            assertThat(seen.text())
                    .contains("[\"X-Auth-Subject\",\"" + subject + "\"]")
                    .contains("[\"X-Auth-Realm\",\"" + accounts.realm() + "\"]")
                    .contains("[\"X-Auth-Email\",\"" + email + "\"]")
                    .contains("[\"X-Auth-Role\",\"admin\"]")
                    .doesNotContainIgnoringCase("[\"Authorization\"")
                    .doesNotContain("portcullis_");
        }
        assertThat(alice.logout().status()).isEqualTo(204);
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("AUTH_REQUIRED");

        var again = accounts.login(email.toUpperCase(java.util.Locale.ROOT), PASSWORD);
        assertThat(again.json("/mfaRequired")).isEqualTo(true);
        assertThat(again.text()).doesNotContain("portcullis_");
        var tempToken = again.string("/mfaTempToken");
        assertThat(alice.verifyLogin(tempToken, alice.app().wrongCode()).code()).isEqualTo("INVALID_CODE");
        var verified = alice.verifyLogin(tempToken, alice.app().nextCode());
        var back = alice.holding(verified.string("/token"));
        assertThat(back.get("/admin/inspect").status()).isEqualTo(200);
        assertThat(back.get("/auth/me").json("/session/amr").toString()).contains("pwd", "otp");
        assertThat(byCookie(back, verified.cookie("portcullis"))
                        .get("/admin/inspect")
                        .status())
                .isEqualTo(200);

        // With the right password a two-factor session disables, with a wrong one it does not.
        accounts.gateway().clock().advance(Duration.ofMinutes(16));
        assertThat(back.post("/auth/mfa/disable").code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        assertThat(back.post("/auth/mfa/disable", JsonObject.of("password", "wrong"))
                        .code())
                .isEqualTo("INVALID_CREDENTIALS");
        assertThat(back.post("/auth/mfa/disable", JsonObject.of("password", PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(accounts.login(email, PASSWORD).json("/user/mfaState")).isEqualTo("DISABLED");
        assertThat(AuditLog.types(accounts.realm(), subject))
                .startsWith("ACCOUNT_ADDED", "LOGIN_SUCCEEDED")
                .contains("MFA_ENABLED", "LOGOUT", "SECOND_FACTOR_PASSED", "MFA_DISABLED");
    }

    @Test
    void aCookieIsAnotherOneAfterEachProofAndTheBackendSeesNone() {
        accounts.added(email, "admin");
        var cookie = accounts.login(email, PASSWORD).cookie("portcullis");
        var otherCookie = accounts.login(email, PASSWORD).cookie("portcullis");
        var alice = byCookie(accounts.gateway().nobody(), cookie);
        alice.startSetup("totp");
        var confirmed = alice.confirmSetup(alice.app().code());
        assertThat(confirmed.status()).isEqualTo(200);
        var raised = confirmed.cookie("portcullis");
        assertThat(raised).isNotEqualTo(cookie);
        assertThat(alice.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        var seen =
                byCookie(accounts.gateway().nobody(), raised + "; theme=dark").get("/admin/inspect");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.text()).contains("[\"Cookie\",\"theme=dark\"]").doesNotContain("portcullis=", "portcullis_");

        var other = byCookie(accounts.gateway().nobody(), otherCookie);
        assertThat(other.get("/admin/inspect").code()).isEqualTo("2FA_REQUIRED");
        var verified = other.verify(alice.app().nextCode());
        assertThat(verified.json("/verified")).isEqualTo(true);
        assertThat(other.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(byCookie(accounts.gateway().nobody(), otherCookie)
                        .at(accounts.gateway().secondPort())
                        .get("/users/hello")
                        .code())
                .isEqualTo("AUTH_REQUIRED");
        var next = byCookie(accounts.gateway().nobody(), verified.cookie("portcullis"));
        assertThat(next.get("/admin/inspect").status()).isEqualTo(200);
        var ended = next.logout();
        assertThat(ended.cookie("portcullis")).isEqualTo("portcullis=");
        assertThat(next.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(byCookie(accounts.gateway().nobody(), raised)
                        .get("/admin/inspect")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBearerStaysTheSameWhenItIsVerified() {
        var subject = accounts.added(email, "admin");
        var one = accounts.byBearer(email, subject);
        var two = accounts.byBearer(email, subject);
        one.enrolled();
        var answer = two.verify(one.app().nextCode());
        assertThat(answer.json("/verified")).isEqualTo(true);
        assertThat(answer.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("portcullis="));
        assertThat(two.get("/admin/inspect").status()).isEqualTo(200);
    }

    @Test
    void aSessionThatAClientChoseIsNeverAdopted() {
        accounts.added(email, "admin");
        var chosen = "portcullis=portcullis_" + "A".repeat(43);
        var planted = byCookie(accounts.gateway().nobody(), chosen);
        assertThat(planted.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        var answer = planted.post("/auth/login", JsonObject.of("email", email, "password", PASSWORD));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.cookie("portcullis")).isNotEqualTo(chosen);
        assertThat(planted.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"})
    void anotherSitesPageNeitherLogsInNorUsesTheCookie(String header) {
        accounts.added(email, "admin");
        var name = header.substring(0, header.indexOf(':'));
        var value = header.substring(header.indexOf(' ') + 1);
        var login = accounts.gateway()
                .nobody()
                .with(name, value)
                .post("/auth/login", JsonObject.of("email", email, "password", PASSWORD));
        assertThat(login.code()).isEqualTo("FORBIDDEN");
        assertThat(login.headers("Set-Cookie")).isEmpty();
        var alice = byCookie(
                accounts.gateway().nobody(), accounts.login(email, PASSWORD).cookie("portcullis"));
        assertThat(alice.with(name, value).post("/auth/mfa/setup/start").code()).isEqualTo("FORBIDDEN");
        assertThat(alice.with(name, value).logout().code()).isEqualTo("FORBIDDEN");
        assertThat(alice.get("/users/hello").status()).isEqualTo(200);
    }

    @Test
    void wrongPasswordsAndUnknownPeopleAreAnsweredAlike() {
        accounts.added(email, "admin");
        var wrong = accounts.login(email, "not the password");
        var unknown = accounts.login("nobody@example.com", "not the password");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(withoutId(unknown)).isEqualTo(withoutId(wrong));
        assertThat(accounts.login(email + "\0", PASSWORD).code()).isEqualTo("INVALID_REQUEST");
        assertThat(accounts.login(email, PASSWORD + "x".repeat(1000)).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    private static JsonObject withoutId(Answer answer) {
        var body = answer.json();
        body.getJsonObject("error").remove("requestId");
        return body;
    }

    @Test
    void onesOwnSessionsAreListedAndEnded() {
        var subject = accounts.added(email, "user");
        var one = accounts.byBearer(email, subject);
        var two = accounts.byBearer(email, subject);
        var id = two.get("/auth/me").string("/session/id");
        assertThat(one.get("/auth/sessions").text()).contains(id);
        assertThat(one.send("DELETE", "/auth/sessions/" + id).status()).isEqualTo(204);
        assertThat(two.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(one.get("/users/hello").status()).isEqualTo(200);
    }
}
