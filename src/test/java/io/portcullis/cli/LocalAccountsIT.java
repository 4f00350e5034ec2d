package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Await;
import io.portcullis.testing.HostConfig;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Person;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts of the gateway's own: made at the host's command line, used by bearer and by cookie. */
class LocalAccountsIT {
    private static final String PASSWORD = "correct horse battery";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static int people;

    private static OwnDatabase legacy;
    private static TestGateway gateway;
    private static Path config;
    private String email = "";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        legacy = OwnDatabase.empty();
        legacy.tamper(
                "CREATE TABLE admins (id bigint, email text, role text, password text)",
                "CREATE TABLE users (id bigint, email text, password text)");
        gateway = TestGateway.by("accounts.yaml", Map.of("LEGACY_DB", legacy.url()));
        config = HostConfig.write(folder, gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        legacy.close();
    }

    @BeforeEach
    void anotherPerson() {
        email = "Person" + ++people + "@Example.com";
    }

    /** Exit code and what was printed, on either stream, with this as standard input. */
    private static String run(String input, String... words) {
        var printed = new StringWriter();
        var before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            var arguments = Stream.concat(Stream.of(words), Stream.of("--config", config.toString()))
                    .toArray(String[]::new);
            int exit = Main.commandLine()
                    .setOut(new PrintWriter(printed, true))
                    .setErr(new PrintWriter(printed, true))
                    .execute(arguments);
            return exit + " " + printed;
        } finally {
            System.setIn(before);
        }
    }

    private static String add(String email, String role, String input, String... more) {
        var words = Stream.concat(
                Stream.of(
                        "account",
                        "add",
                        "--password-stdin",
                        "--realm",
                        gateway.realm(),
                        "--email",
                        email,
                        "--role",
                        role),
                Stream.of(more));
        return run(input, words.toArray(String[]::new));
    }

    /** The subject of a new account. */
    private String added(String role) {
        var said = add(email, role, PASSWORD + "\n");
        assertThat(said).startsWith("0 " + gateway.realm() + "/").contains(" is added");
        return said.substring(said.indexOf('/') + 1, said.indexOf(" is added"));
    }

    private static Answer login(String email, String password) {
        return gateway.nobody().post("/auth/login", JsonObject.of("email", email, "password", password));
    }

    private Person byBearer(String subject) {
        return gateway.nobody().holding(login(email, PASSWORD).string("/token"), subject);
    }

    private static Person byCookie(Person person, String cookie) {
        return person.withoutToken().with("Cookie", cookie);
    }

    @Test
    void aBearerGoesThroughTheWholeStory() throws Exception {
        var subject = added("admin");
        var first = login(email, PASSWORD);
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
        var alice = gateway.nobody().holding(first.string("/token"), subject);
        assertThat(alice.get("/users/hello").status()).isEqualTo(200);
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("2FA_MANDATORY");
        alice.enrolled();
        for (var instance : List.of(alice, alice.at(gateway.secondPort()))) {
            var seen = instance.get("/admin/inspect");
            assertThat(seen.status()).isEqualTo(200);
            assertThat(seen.text())
                    .contains("[\"X-Auth-Subject\",\"" + subject + "\"]")
                    .contains("[\"X-Auth-Realm\",\"" + gateway.realm() + "\"]")
                    .contains("[\"X-Auth-Email\",\"" + email + "\"]")
                    .contains("[\"X-Auth-Role\",\"admin\"]")
                    .doesNotContainIgnoringCase("[\"Authorization\"")
                    .doesNotContain("portcullis_");
        }
        assertThat(alice.logout().status()).isEqualTo(204);
        assertThat(alice.get("/admin/inspect").code()).isEqualTo("AUTH_REQUIRED");

        var again = login(email.toUpperCase(java.util.Locale.ROOT), PASSWORD);
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
        gateway.clock().advance(Duration.ofMinutes(16));
        assertThat(back.post("/auth/mfa/disable").code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        assertThat(back.post("/auth/mfa/disable", JsonObject.of("password", "wrong"))
                        .code())
                .isEqualTo("INVALID_CREDENTIALS");
        assertThat(back.post("/auth/mfa/disable", JsonObject.of("password", PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(login(email, PASSWORD).json("/user/mfaState")).isEqualTo("DISABLED");
        assertThat(AuditLog.types(gateway.realm(), subject))
                .startsWith("ACCOUNT_ADDED", "LOGIN_SUCCEEDED")
                .contains("MFA_ENABLED", "LOGOUT", "SECOND_FACTOR_PASSED", "MFA_DISABLED");
    }

    @Test
    void aCookieIsAnotherOneAfterEachProofAndTheBackendSeesNone() {
        added("admin");
        var cookie = login(email, PASSWORD).cookie("portcullis");
        var otherCookie = login(email, PASSWORD).cookie("portcullis");
        var alice = byCookie(gateway.nobody(), cookie);
        alice.startSetup("totp");
        var confirmed = alice.confirmSetup(alice.app().code());
        assertThat(confirmed.status()).isEqualTo(200);
        var raised = confirmed.cookie("portcullis");
        assertThat(raised).isNotEqualTo(cookie);
        assertThat(alice.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        var seen = byCookie(gateway.nobody(), raised + "; theme=dark").get("/admin/inspect");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.text()).contains("[\"Cookie\",\"theme=dark\"]").doesNotContain("portcullis=", "portcullis_");

        var other = byCookie(gateway.nobody(), otherCookie);
        assertThat(other.get("/admin/inspect").code()).isEqualTo("2FA_REQUIRED");
        var verified = other.verify(alice.app().nextCode());
        assertThat(verified.json("/verified")).isEqualTo(true);
        assertThat(other.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(byCookie(gateway.nobody(), otherCookie)
                        .at(gateway.secondPort())
                        .get("/users/hello")
                        .code())
                .isEqualTo("AUTH_REQUIRED");
        var next = byCookie(gateway.nobody(), verified.cookie("portcullis"));
        assertThat(next.get("/admin/inspect").status()).isEqualTo(200);
        var ended = next.logout();
        assertThat(ended.cookie("portcullis")).isEqualTo("portcullis=");
        assertThat(next.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(byCookie(gateway.nobody(), raised).get("/admin/inspect").status())
                .isEqualTo(200);
    }

    @Test
    void aBearerStaysTheSameWhenItIsVerified() {
        var subject = added("admin");
        var one = byBearer(subject);
        var two = byBearer(subject);
        one.enrolled();
        var answer = two.verify(one.app().nextCode());
        assertThat(answer.json("/verified")).isEqualTo(true);
        assertThat(answer.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("portcullis="));
        assertThat(two.get("/admin/inspect").status()).isEqualTo(200);
    }

    @Test
    void aSessionThatAClientChoseIsNeverAdopted() {
        added("admin");
        var chosen = "portcullis=portcullis_" + "A".repeat(43);
        var planted = byCookie(gateway.nobody(), chosen);
        assertThat(planted.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        var answer = planted.post("/auth/login", JsonObject.of("email", email, "password", PASSWORD));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.cookie("portcullis")).isNotEqualTo(chosen);
        assertThat(planted.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"})
    void anotherSitesPageNeitherLogsInNorUsesTheCookie(String header) {
        added("admin");
        var name = header.substring(0, header.indexOf(':'));
        var value = header.substring(header.indexOf(' ') + 1);
        var login = gateway.nobody()
                .with(name, value)
                .post("/auth/login", JsonObject.of("email", email, "password", PASSWORD));
        assertThat(login.code()).isEqualTo("FORBIDDEN");
        assertThat(login.headers("Set-Cookie")).isEmpty();
        var alice = byCookie(gateway.nobody(), login(email, PASSWORD).cookie("portcullis"));
        assertThat(alice.with(name, value).post("/auth/mfa/setup/start").code()).isEqualTo("FORBIDDEN");
        assertThat(alice.with(name, value).logout().code()).isEqualTo("FORBIDDEN");
        assertThat(alice.get("/users/hello").status()).isEqualTo(200);
    }

    @Test
    void wrongPasswordsAndUnknownPeopleAreAnsweredAlike() {
        added("admin");
        var wrong = login(email, "not the password");
        var unknown = login("nobody@example.com", "not the password");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(withoutId(unknown)).isEqualTo(withoutId(wrong));
        assertThat(login(email + "\0", PASSWORD).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(login(email, PASSWORD + "x".repeat(1000)).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    private static JsonObject withoutId(Answer answer) {
        var body = answer.json();
        body.getJsonObject("error").remove("requestId");
        return body;
    }

    @Test
    void onesOwnSessionsAreListedAndEnded() {
        var subject = added("user");
        var one = byBearer(subject);
        var two = byBearer(subject);
        var id = two.get("/auth/me").string("/session/id");
        assertThat(one.get("/auth/sessions").text()).contains(id);
        assertThat(one.send("DELETE", "/auth/sessions/" + id).status()).isEqualTo(204);
        assertThat(two.get("/users/hello").code()).isEqualTo("AUTH_REQUIRED");
        assertThat(one.get("/users/hello").status()).isEqualTo(200);
    }

    @Test
    void anotherRoleEndsTheSessionsEverywhereAndCountsFromTheNextLogin() throws Exception {
        var subject = endsSessions((changed, alice) -> {
            assertThat(run("", "account", "role", gateway.realm(), changed, "clerk"))
                    .startsWith("0 ")
                    .contains("has the role clerk, and no session");
        });
        assertThat(run("", "account", "list", gateway.realm())).contains("/" + subject + "  " + email + "  clerk");
        assertThat(AuditLog.typesAndDetails(gateway.realm(), subject)).contains("ROLE_CHANGED clerk");
        assertThat(run("", "account", "reset", gateway.realm(), subject)).startsWith("0 ");
        assertThat(byBearer(subject).get("/admin/inspect").code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void anotherPasswordEndsTheSessionsEverywhere() throws Exception {
        endsSessions((subject, alice) -> {
            assertThat(run("another horse\r\n", "account", "password", gateway.realm(), subject, "--password-stdin"))
                    .startsWith("0 ")
                    .contains("has another password, and no session");
        });
        assertThat(login(email, PASSWORD).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(login(email, "another horse").status()).isEqualTo(200);
    }

    @Test
    void whoIsRemovedIsGoneWithTheSecondFactor() throws Exception {
        var removed = endsSessions((subject, alice) -> {
            assertThat(run("", "account", "remove", gateway.realm(), subject))
                    .startsWith("1 nothing was removed")
                    .contains("--yes");
            assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
            assertThat(run("", "account", "remove", gateway.realm(), subject, "--yes"))
                    .startsWith("0 ")
                    .contains("is removed");
        });
        assertThat(login(email, PASSWORD).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(add(email, "admin", PASSWORD, "--subject", removed)).startsWith("0 ");
        assertThat(login(email, PASSWORD).json("/user/mfaState")).isEqualTo("DISABLED");
        assertThat(AuditLog.types(gateway.realm(), removed)).contains("ACCOUNT_REMOVED");
    }

    /** Of somebody with a verified session on both instances; returns the subject. */
    private String endsSessions(BiConsumer<String, Person> change) throws Exception {
        var subject = added("admin");
        var alice = byBearer(subject).enrolled();
        var elsewhere = alice.at(gateway.secondPort());
        assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
        assertThat(elsewhere.get("/admin/inspect").status()).isEqualTo(200);
        change.accept(subject, alice);
        for (var person : List.of(alice, elsewhere)) {
            assertThat(Await.until(
                            "the session ends",
                            () -> person.get("/admin/inspect").code().equals("AUTH_REQUIRED")))
                    .isLessThan(SOON);
        }
        return subject;
    }

    @Test
    void aHashOfAnEarlierCostIsWrittenAnewAtTheNextLogin() throws Exception {
        var subject = added("user");
        var earlier = "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$jg2RCG6mMr3Gw0k3mAqOTS3EqcGwjuGsS1rQTaCTWWA";
        setHash(subject, earlier);
        assertThat(login(email, "wrong").code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(hash(subject)).isEqualTo(earlier);
        var alice =
                gateway.nobody().holding(login(email, "correct horse e\u0301").string("/token"), subject);
        assertThat(hash(subject)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(login(email, "correct horse \u00e9").status()).isEqualTo(200);
        assertThat(alice.get("/users/hello").status()).isEqualTo(200);
    }

    private static void setHash(String subject, String hash) throws SQLException {
        try (var connection = Stores.connect();
                var update = connection.prepareStatement(
                        "UPDATE local_account SET password_hash = ? WHERE realm = ? AND subject = ?")) {
            update.setString(1, hash);
            update.setString(2, gateway.realm());
            update.setString(3, subject);
            assertThat(update.executeUpdate()).isOne();
        }
    }

    private static String hash(String subject) throws SQLException {
        try (var connection = Stores.connect();
                var query = connection.prepareStatement(
                        "SELECT password_hash FROM local_account WHERE realm = ? AND subject = ?")) {
            query.setString(1, gateway.realm());
            query.setString(2, subject);
            var rows = query.executeQuery();
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void whatIsWrongIsToldInALine() {
        var subject = added("user");
        assertThat(add(email.toLowerCase(java.util.Locale.ROOT), "user", PASSWORD))
                .startsWith("1 this e-mail is that of " + gateway.realm() + "/" + subject + " already");
        assertThat(add("other" + email, "user", PASSWORD, "--subject", subject))
                .startsWith("1 " + gateway.realm() + "/" + subject + " is there already");
        assertThat(add("other" + email, "user", "short")).startsWith("1 a password has 8 to 256 characters");
        assertThat(add("other" + email, "user", "password1")).startsWith("1 this password is one of those");
        assertThat(add("nonsense", "user", PASSWORD)).startsWith("1 the e-mail is not one");
        assertThat(add("other" + email, "two words", PASSWORD)).startsWith("1 a role is");
        assertThat(run(PASSWORD, "account", "add", "--realm", "elsewhere", "--email", email, "--role", "user"))
                .startsWith("1 no identity source of type accounts has the realm elsewhere")
                .contains(gateway.realm());
        for (var change :
                List.of(List.of("role", "x"), List.of("password", "--password-stdin"), List.of("remove", "--yes"))) {
            assertThat(run(PASSWORD, "account", change.getFirst(), gateway.realm(), "nobody", change.getLast()))
                    .isEqualToNormalizingNewlines("1 no such account\n");
        }
        assertThat(run("", "account", "list", gateway.realm()))
                .startsWith("0 ")
                .contains(gateway.realm() + "/" + subject + "  " + email + "  user");
    }

    @Test
    void noPasswordHashOrTokenIsWrittenDown() throws Exception {
        try (var log = LogCapture.start()) {
            var subject = added("admin");
            var alice = byBearer(subject).enrolled();
            login(email, "a wrong password");
            run("another horse\n", "account", "password", gateway.realm(), subject, "--password-stdin");
            var written = log.text() + AuditLog.everything(gateway.realm(), subject);
            assertThat(written).contains("PASSWORD_CHANGED", "MFA_ENABLED");
            assertThat(written + Stores.everythingInRedis())
                    .doesNotContain(PASSWORD, "a wrong password", "another horse", alice.token(), hash(subject));
        }
    }
}
