package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.redis.RedisSettings;
import io.portcullis.config.ConfigFile;
import io.portcullis.config.Settings;
import io.portcullis.demo.LegacyAccount;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.server.Gateway;
import io.portcullis.testing.Answer;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Person;
import io.portcullis.testing.RedisProcess;
import io.portcullis.testing.TestClock;
import io.portcullis.testing.TestGateway;
import io.portcullis.yaml.ConfigReport;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo's own config, before the pages of its backend: an HTML form and a cookie that says nothing by itself. */
class DemoPagesIT {
    private static final LegacyAccount ALICE = LegacyAccounts.ALICE;
    private static final String DASHBOARD = "/app/dashboard";

    private final TestClock clock = new TestClock(Instant.now());
    private OwnDatabase database;
    private RedisProcess redis;
    private LegacyBackend backend;
    private Gateway gateway;

    @BeforeEach
    void start() {
        database = OwnDatabase.empty(); // the people of the demo are unknown in it
        redis = RedisProcess.server();
        backend = LegacyBackend.start("127.0.0.1", 0);
        var stores = new Settings.Stores(database.url(), RedisSettings.at(redis.url()));
        var secrets = new Settings.Secrets(Keysets.create(), "the-pepper-of-the-tests-is-public");
        gateway = Gateway.start(settings(), stores, secrets, clock);
    }

    @AfterEach
    void stop() {
        gateway.close();
        backend.close();
        redis.close();
        database.close();
    }

    @Test
    void theFormIsOpenAndItsLoginIsTheBackendsUntilThereIsASecondFactor() {
        assertThat(nobody().get("/app/login?error").text()).contains("The e-mail or the password is wrong.");
        var login = loginByForm(ALICE);
        assertThat(login.isOfTheGateway()).isFalse();
        assertLeadsTo(login, 302, DASHBOARD);

        var alice = holding(login);
        assertThat(alice.get(DASHBOARD).code()).isEqualTo("2FA_MANDATORY");
        assertLeadsTo(inABrowser(alice).get(DASHBOARD), 302, "/auth/ui/setup?next=%2Fapp%2Fdashboard");
        alice.enrolled();
        assertThat(alice.get(DASHBOARD).text()).contains("alice@example.com <button>Log out</button>");

        var withheld = loginByForm(ALICE);
        assertLeadsTo(withheld, 303, "/auth/ui/verify?next=%2Fapp%2Fdashboard");
        assertThat(withheld.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("LEGACYSESS"));
        var released = nobody().with("Cookie", withheld.cookie("portcullis-login"))
                .verify(alice.app().nextCode());
        assertLeadsTo(released, 302, DASHBOARD);
        assertThat(holding(released).get(DASHBOARD).status()).isEqualTo(200);
    }

    @Test
    void theGatewaysOwnLoginHandsOverTheCookie() {
        assertLeadsTo(inABrowser(nobody()).get(DASHBOARD), 302, "/auth/ui/login?next=%2Fapp%2Fdashboard");
        var login = nobody().post("/auth/login", TestGateway.form(ALICE));
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.json("/user/role")).isEqualTo("superAdmin");
        var alice = holding(login).enrolled();
        assertThat(alice.get("/app/users").text()).contains("<td>bob@example.com</td>");

        var wrong = JsonObject.of("email", ALICE.email(), "password", "guess");
        assertThat(nobody().post("/auth/login", wrong).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void whoeverLogsOutAtThePagesIsLoggedOutEverywhere() {
        var withoutSecondFactor = holding(loginByForm(LegacyAccounts.BOB));
        assertLeadsTo(withoutSecondFactor.post("/app/logout"), 302, "/app/login");
        assertThat(withoutSecondFactor.get(DASHBOARD).code()).isEqualTo("AUTH_REQUIRED");

        var alice = holding(loginByForm(ALICE)).enrolled();
        assertThat(alice.logout().status()).isEqualTo(204);
        assertThat(alice.get(DASHBOARD).code()).isEqualTo("AUTH_REQUIRED");
        assertThat(alice.at(backend.port()).get("/app/me").status()).isEqualTo(401); // the backend heard of it
    }

    @Test
    void thePagesAreForAdminsAndTheIntrospectionForTheGateway() {
        var carol = holding(loginByForm(LegacyAccounts.CAROL));
        assertThat(carol.get(DASHBOARD).code()).isEqualTo("FORBIDDEN");
        assertThat(carol.get("/app/me").isOfTheGateway()).isTrue();
        assertThat(carol.get("/app/me").status()).isEqualTo(403);
        assertThat(nobody().get("/app").code()).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void oneSecondFactorServesThePagesAndTheTokens() {
        var login = nobody().post("/admin/login", TestGateway.form(ALICE));
        var alice = nobody().holding(login.string("/token")).enrolled();
        assertThat(alice.get("/admin/metrics").json("/seen/email")).isEqualTo("alice@example.com");
        assertLeadsTo(loginByForm(ALICE), 303, "/auth/ui/verify?next=%2Fapp%2Fdashboard");
        assertThat(nobody().post("/admin/login", TestGateway.form(ALICE)).json("/mfaRequired"))
                .isEqualTo(true);
    }

    private Answer loginByForm(LegacyAccount account) {
        return nobody().post(
                        "/app/login",
                        "application/x-www-form-urlencoded",
                        "email=" + encoded(account.email()) + "&password=" + encoded(account.password()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Person nobody() {
        return Person.at(gateway.port(), clock);
    }

    private Person holding(Answer login) {
        return nobody().with("Cookie", login.cookie("LEGACYSESS"));
    }

    private static Person inABrowser(Person person) {
        return person.with("Accept", "text/html").with("Sec-Fetch-Mode", "navigate");
    }

    private static void assertLeadsTo(Answer answer, int status, String location) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Location").orElseThrow()).endsWith(location);
    }

    private Settings settings() {
        var environment = Map.of(
                "PORTCULLIS_PORT", "0",
                "PORTCULLIS_MANAGEMENT_PORT", "0",
                "DEMO_BACKEND_PORT", Integer.toString(backend.port()));
        return switch (ConfigFile.load(Path.of("conf/demo.yaml"), environment)) {
            case ConfigFile.Valid valid -> valid.settings();
            case ConfigFile.Invalid invalid -> throw new AssertionError(ConfigReport.print(invalid.problems()));
        };
    }
}
