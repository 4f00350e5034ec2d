package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.testing.Answer;
import io.portcullis.testing.OwnDialects;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dialect file of somebody's own: what it says is what a client sees. */
@ExtendWith(TestGateways.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnDialectIT {
    private OwnDialects own;

    @BeforeAll
    void start(@OwnRealm TestGateway gateway, @TempDir Path folder) throws IOException {
        own = OwnDialects.start(
                gateway, folder, Map.of("own", Files.readString(Path.of("src/test/resources/dialect/own.yaml"))));
    }

    @AfterAll
    void stop() {
        Objects.requireNonNull(own).close();
    }

    private Person here(Person person) {
        return person.at(own.port());
    }

    private static final JsonObject LOGIN = JsonObject.of(
            "email", LegacyAccounts.BOB.email(), "secret", JsonObject.of("password", LegacyAccounts.BOB.password()));

    private static final String FORM = "application/x-www-form-urlencoded";

    private Person nobody(TestGateway gateway) {
        return here(gateway.nobody());
    }

    @Test
    void anAnswerHasTheStatusBodyHeadersAndCookiesThatTheFileSays(@OwnRealm TestGateway gateway) {
        var answer = nobody(gateway).post("/own/login", LOGIN);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().fieldNames()).containsExactly("access", "said", "user");
        assertThat(answer.json("/said")).isEqualTo("Hello, you");
        assertThat(answer.json("/user/mail")).isEqualTo(LegacyAccounts.BOB.email());
        assertThat(answer.header("X-Said")).contains("Hello, you");
        assertThat(answer.header("X-Mail")).contains(LegacyAccounts.BOB.email());
        assertThat(answer.header("X-Codes")).isEmpty();
        assertThat(answer.headers("Set-Cookie"))
                .contains(
                        "access=" + answer.string("/access") + "; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax",
                        "mail=" + LegacyAccounts.BOB.email() + "; Path=/; SameSite=Lax")
                .noneMatch(cookie -> cookie.startsWith("codes="));
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("X-Portcullis")).contains("answered");
        var bob = nobody(gateway).holding(answer.string("/access"));
        assertThat(bob.get("/own/status").text()).isEqualTo("[\"DISABLED\",false]");
        assertThat(bob.get("/auth/me").json("/user/email")).isEqualTo(LegacyAccounts.BOB.email());
    }

    @Test
    void textsFollowTheLanguageAndCachesAreTold(@OwnRealm TestGateway gateway) {
        var answer = nobody(gateway).with("Accept-Language", "fr").post("/own/login", LOGIN);
        assertThat(answer.json("/said")).isEqualTo("Bonjour à vous");
        assertThat(answer.header("X-Said")).contains("Bonjour %C3%A0 vous");
        assertThat(answer.headers("Vary")).contains("Accept-Language");
        assertThat(here(gateway.loggedIn()).get("/own/status").headers("Vary")).doesNotContain("Accept-Language");
    }

    @Test
    void aFormIsReadWhereARouteNamesItsFields(@OwnRealm TestGateway gateway) {
        var form = "email=" + LegacyAccounts.BOB.email().replace("@", "%40") + "&password="
                + LegacyAccounts.BOB.password() + "&other=%00";
        assertThat(nobody(gateway).post("/own/login", FORM, form).status()).isEqualTo(201);
        assertThat(nobody(gateway)
                        .post("/own/login", FORM + "; charset=utf-8", form)
                        .status())
                .isEqualTo(201);
        assertRefused(nobody(gateway).post("/own/login", FORM, form + "&email=x"), 400, "INVALID_REQUEST", "email");
        assertRefused(
                nobody(gateway).post("/own/login", FORM, "email=a%00b&password=x"), 400, "INVALID_REQUEST", "email");
        assertRefused(nobody(gateway).post("/own/login", FORM, ""), 400, "INVALID_REQUEST", "email");
    }

    @ParameterizedTest
    @ValueSource(strings = {FORM, "text/plain", "multipart/form-data; boundary=x", "application/jsonp"})
    void aFormIsRefusedElsewhere(String type, @OwnRealm TestGateway gateway) {
        var answer = nobody(gateway).post("/own/verify", type, "code=123456");
        assertRefused(answer, 400, "INVALID_REQUEST", "Content-Type");
        assertThat(answer.json("/error/fields/0/message")).isEqualTo("must be application/json");
    }

    @Test
    void otherBodiesAreRefusedWhereAFormIsTaken(@OwnRealm TestGateway gateway) {
        var answer = nobody(gateway).post("/own/login", "text/plain", "email=a");
        assertRefused(answer, 400, "INVALID_REQUEST", "Content-Type");
        assertThat(answer.json("/error/fields/0/message")).isEqualTo("must be application/json or " + FORM);
    }

    @Test
    void errorsHaveTheMembersAndTextsOfTheFile(@OwnRealm TestGateway gateway) {
        var answer = nobody(gateway).post("/own/login", JsonObject.of("email", "a"));
        assertRefused(answer, 400, "INVALID_REQUEST", "secret/password");
        assertThat(answer.json("/success")).isEqualTo(false);
        assertThat(answer.json("/message")).isEqualTo("That cannot be");
        assertThat(answer.json("/error/message")).isEqualTo("Look at the fields");
        assertThat(answer.json("/detail")).isEqualTo("Look at the fields");
        assertThat(answer.json("/said")).isEqualTo("Hello, you");
        assertThat(answer.json("/id")).isEqualTo(answer.header("X-Request-Id").orElseThrow());
        var french = nobody(gateway).with("Accept-Language", "fr-CA").post("/own/login", new JsonObject());
        assertThat(french.json("/message")).isEqualTo("C'est impossible");
        assertThat(french.json("/detail")).isEqualTo("Look at the fields");
        assertThat(french.json("/said")).isEqualTo("Bonjour à vous");
        var elsewhere = nobody(gateway).post("/auth/login", new JsonObject());
        assertThat(elsewhere.json().fieldNames()).containsExactlyInAnyOrder("success", "message", "error");
    }

    @Test
    void whatARequestMustCarryIsAskedForInTheShapeOfTheFile(@OwnRealm TestGateway gateway) {
        var answer = nobody(gateway).get("/own/status");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json("/reason")).isEqualTo("AUTH_REQUIRED");
        assertThat(answer.json().containsKey("wrong")).isFalse();
    }

    @Test
    void aMethodThatAPathDoesNotHave(@OwnRealm TestGateway gateway) {
        var answer = nobody(gateway).send("PUT", "/own/login");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("POST");
        assertThat(answer.json("/reason")).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(nobody(gateway).get("/own/sessions/1").header("Allow")).contains("DELETE");
    }

    @Test
    void aBodyThatIsTooLarge(@OwnRealm TestGateway gateway) {
        for (var type : List.of("application/json", FORM)) {
            var answer = nobody(gateway).post("/own/login", type, "x".repeat(70_000));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json("/reason")).isEqualTo("BODY_TOO_LARGE");
        }
    }

    @Test
    void aPageOfAnotherSiteIsRefused(@OwnRealm TestGateway gateway) {
        for (var page : List.of(
                nobody(gateway).with("Origin", "https://evil.example.com"),
                nobody(gateway).with("Sec-Fetch-Site", "cross-site"),
                nobody(gateway).with("Sec-Fetch-Site", "same-site"))) {
            var answer = page.post("/own/login", FORM, "email=a&password=b");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json("/reason")).isEqualTo("FORBIDDEN");
        }
        var allowed = nobody(gateway).with("Origin", TestGateway.CONSOLE).post("/own/login", LOGIN);
        assertThat(allowed.status()).isEqualTo(201);
        assertThat(allowed.header("Access-Control-Allow-Origin")).contains(TestGateway.CONSOLE);
    }

    @Test
    void aBearerIsAnArgument(@OwnRealm TestGateway gateway) {
        var alice = gateway.loggedIn(LegacyAccounts.ALICE).enrolled();
        var login = nobody(gateway)
                .post(
                        "/own/login",
                        JsonObject.of(
                                "email",
                                LegacyAccounts.ALICE.email(),
                                "secret",
                                JsonObject.of("password", LegacyAccounts.ALICE.password())));
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.json().fieldNames()).containsExactly("ticket");
        var ticket = nobody(gateway).holding(login.string("/ticket"));
        var wrong = ticket.post("/own/verify", JsonObject.of("code", alice.app().wrongCode()));
        assertThat(wrong.json("/reason")).isEqualTo("INVALID_CODE");
        var both = ticket.with("X-Code", "123456").post("/own/verify", JsonObject.of("code", "123456"));
        assertRefused(both, 400, "INVALID_REQUEST", "X-Code");
        var verified = ticket.with("X-Code", alice.app().nextCode()).post("/own/verify");
        assertThat(verified.status()).isEqualTo(200);
        assertThat(nobody(gateway)
                        .holding(verified.string("/token"))
                        .get("/own/status")
                        .text())
                .isEqualTo("[\"ENABLED\",true,\"totp\"]");
    }

    @Test
    void nullIsSaidAndNothingIsNoBody(@OwnRealm TestGateway gateway) {
        var person = here(gateway.loggedIn());
        var answer = person.get("/own/verified");
        assertThat(answer.text()).isEqualTo("null");
        assertThat(answer.header("Content-Type")).contains("application/json");
        var nothing = person.get("/own/nothing");
        assertThat(nothing.status()).isEqualTo(204);
        assertThat(nothing.text()).isEmpty();
        assertThat(nothing.header("Content-Type")).isEmpty();
        assertThat(nothing.header("X-State")).contains("DISABLED");
    }

    @Test
    void noValueBreaksAHeaderOrACookie(@OwnRealm TestGateway gateway) throws Exception {
        var answer = RawHttp.get(
                own.port(),
                "/own/agent",
                "Authorization: Bearer " + gateway.loggedIn().token(),
                "User-Agent: a; Domain=evil, \"b\" \\ \u00e9");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.string("/agent")).startsWith("a; Domain=evil, \"b\" \\ ");
        assertThat(answer.header("X-Agent").orElseThrow()).startsWith("a; Domain=evil, \"b\" \\ %");
        assertThat(answer.cookie("agent")).startsWith("agent=a%3B%20Domain=evil%2C%20%22b%22%20%5C%20%");
        assertThat(answer.headers("Set-Cookie")).noneMatch(cookie -> cookie.contains("; Domain"));
    }

    @Test
    void aRequestOfNoCaseIsToldWhatWouldMakeItOne(@OwnRealm TestGateway gateway) {
        var person = here(gateway.loggedIn());
        assertRefused(person.post("/own/action"), 400, "INVALID_REQUEST", "action");
        assertRefused(person.with("X-Code", "nonsense").post("/own/action"), 400, "INVALID_REQUEST", "X-Code");
        assertThat(person.post("/own/action", FORM, "action=state").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"email\":{\"a\":1},\"secret\":{\"password\":\"x\"}}",
                "{\"email\":[\"a\"],\"secret\":{\"password\":\"x\"}}",
                "{\"email\":1e999,\"secret\":{\"password\":\"x\"}}",
                "{\"email\":\"a\\u0000b\",\"secret\":{\"password\":\"x\"}}",
                "{\"email\":\" \",\"secret\":{\"password\":\"x\"}}",
                "{\"email\":null,\"secret\":{\"password\":\"x\"}}",
            })
    void aValueThatIsNoTextIsRefused(String body, @OwnRealm TestGateway gateway) {
        assertRefused(nobody(gateway).post("/own/login", "application/json", body), 400, "INVALID_REQUEST", "email");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "\"x\"", "{", "{} {}", "{\"a\":1", "{\"a\":\"\u0001\"}"})
    void whatIsNoJsonObjectIsRefused(String body, @OwnRealm TestGateway gateway) {
        assertRefused(nobody(gateway).post("/own/login", "application/json", body), 400, "INVALID_REQUEST", null);
    }

    private static void assertRefused(
            Answer answer, int status, String code, @org.jspecify.annotations.Nullable String field) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json("/reason")).isEqualTo(code);
        if (field != null) {
            assertThat(answer.json("/error/fields/0/field")).isEqualTo(field);
            assertThat(answer.json("/wrong")).isEqualTo(field);
        }
    }
}
