package io.portcullis.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyPagesIT {
    private static LegacyBackend backend;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        backend = LegacyBackend.start("127.0.0.1", 0);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        backend.close();
    }

    @Test
    void theFormLogsInByACookie() throws Exception {
        var form = get("/app/login", "");
        assertThat(form.statusCode()).isEqualTo(200);
        assertThat(form.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(form.body())
                .contains("<form method=\"post\" action=\"/app/login\">")
                .contains("name=\"email\"")
                .contains("name=\"password\"")
                .doesNotContain("is wrong");

        var login = login(LegacyAccounts.ALICE, "");
        assertLeadsTo(login, "/app/dashboard");
        assertThat(login.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .matches("LEGACYSESS=[0-9a-f]{48}; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void aWrongPasswordLeadsBackToTheFormWhichSaysSo() throws Exception {
        var wrong = post("/app/login", form("alice@example.com", "guess"), "");
        assertLeadsTo(wrong, "/app/login?error");
        assertThat(wrong.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(get("/app/login?error", "").body()).contains("The e-mail or the password is wrong.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "email", "email=alice@example.com", "{}"})
    void aLoginWithoutBothFieldsIsAWrongOne(String body) throws Exception {
        assertLeadsTo(post("/app/login", body, ""), "/app/login?error");
    }

    @Test
    void aBodyThatIsNoFormIsABadRequest() throws Exception {
        assertThat(post("/app/login", "email=%zz&password=%", "").statusCode()).isEqualTo(400);
    }

    @Test
    void aCookieThatTheBrowserBroughtIsNotAdopted() throws Exception {
        var login = login(LegacyAccounts.ALICE, "LEGACYSESS=planted");
        assertThat(cookie(login)).isNotEqualTo("LEGACYSESS=planted");
        assertThat(get("/app/me", "LEGACYSESS=planted").statusCode()).isEqualTo(401);
    }

    @Test
    void thePagesShowWhoIsLoggedIn() throws Exception {
        var bob = cookie(login(LegacyAccounts.BOB, ""));
        for (var path : new String[] {"/app/dashboard", "/app/users"}) {
            assertThat(get(path, bob).body())
                    .contains("bob@example.com <button>Log out</button>")
                    .contains("<form method=\"post\" action=\"/app/logout\">")
                    .contains("<a href=\"/app/dashboard\">Dashboard</a>")
                    .contains("<a href=\"/app/users\">Users</a>")
                    .contains("<a href=\"/auth/ui/settings\">Security</a>");
        }
        assertThat(get("/app/users", bob).body()).contains("<td>carol@example.com</td><td>user</td>");
        assertThat(new JsonObject(get("/app/me", bob).body()))
                .isEqualTo(JsonObject.of("id", 2, "email", "bob@example.com", "role", "admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LEGACYSESS=", "LEGACYSESS=unknown"})
    void nobodyIsLedToTheForm(String cookie) throws Exception {
        assertLeadsTo(get("/app/dashboard", cookie), "/app/login");
        assertLeadsTo(get("/app/users", cookie), "/app/login");
        assertThat(get("/app/me", cookie).statusCode()).isEqualTo(401);
    }

    @Test
    void aLogoutForgetsTheSessionOfItsCookieAlone() throws Exception {
        var here = cookie(login(LegacyAccounts.ALICE, ""));
        var there = cookie(login(LegacyAccounts.ALICE, ""));
        var logout = post("/app/logout", "", here);
        assertLeadsTo(logout, "/app/login");
        assertThat(logout.headers().allValues("Set-Cookie"))
                .containsExactly("LEGACYSESS=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
        assertThat(get("/app/me", here).statusCode()).isEqualTo(401);
        assertThat(get("/app/me", there).statusCode()).isEqualTo(200);
    }

    @Test
    void theFrontLeadsToTheDashboardAndAnUnknownPageIsNotThere() throws Exception {
        assertThat(get("/", "").body()).contains("<a href=\"/app/dashboard\">Administration with pages</a>");
        assertLeadsTo(get("/app", ""), "/app/dashboard");
        assertThat(get("/app/nothing", "").statusCode()).isEqualTo(404);
        assertThat(get("/app/logout", "").statusCode()).isEqualTo(404);
        assertThat(post("/app/dashboard", "", "").statusCode()).isEqualTo(404);
        assertThat(send(request("/app/dashboard", "").DELETE()).statusCode()).isEqualTo(404);
    }

    @Test
    void theNewestSessionsAreKept() {
        var sessions = new LegacySessions();
        var first = sessions.open(LegacyAccounts.ALICE);
        var second = sessions.open(LegacyAccounts.BOB);
        for (int i = 2; i <= LegacySessions.MOST; i++) {
            sessions.open(LegacyAccounts.CAROL);
        }
        assertThat(sessions.owner(first)).isEmpty();
        assertThat(sessions.owner(second)).contains(LegacyAccounts.BOB);
    }

    private static void assertLeadsTo(HttpResponse<String> answer, String location) {
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains(location);
    }

    private static HttpResponse<String> login(LegacyAccount account, String cookie) throws Exception {
        return post("/app/login", form(account.email(), account.password()), cookie);
    }

    /** What a browser sends back of the cookie that an answer sets. */
    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private static String form(String email, String password) {
        return "email=" + URLEncoder.encode(email, StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> get(String path, String cookie) throws Exception {
        return send(request(path, cookie));
    }

    private static HttpResponse<String> post(String path, String form, String cookie) throws Exception {
        return send(request(path, cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private static HttpRequest.Builder request(String path, String cookie) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + backend.port() + path));
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
