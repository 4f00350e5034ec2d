package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Person;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.legacy.LegacyProcess;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract's way of one person, in front of a backend that has nothing but tables: the gateway reads the passwords there, and
 * keeps the column in step that the backend believes. Somebody is an admin and a user by the same id and the same e-mail.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LegacyTablesIT {
    private static final String ADMIN_PASSWORD = "the password of the admin";
    private static final String USER_PASSWORD = "the password of the user";
    private static final String METRICS = "/admin/metrics";

    private final OwnDatabase database = OwnDatabase.empty();
    private LegacyProcess backend;
    private TestGateway gateway;

    @BeforeAll
    void start() throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE admins (id bigint PRIMARY KEY, email text, role text, password_hash text,"
                    + " two_fa_enabled boolean NOT NULL DEFAULT false)");
            statement.execute("CREATE TABLE users (id bigint PRIMARY KEY, email text, password_hash text,"
                    + " two_fa_enabled boolean NOT NULL DEFAULT false)");
            for (int id = 1; id <= 4; id++) {
                statement.execute("INSERT INTO admins VALUES (%1$d, 'p%1$d@example.com', 'admin', '%2$s')"
                        .formatted(id, bcrypt(ADMIN_PASSWORD)));
                statement.execute("INSERT INTO users VALUES (%1$d, 'p%1$d@example.com', '%2$s')"
                        .formatted(id, bcrypt(USER_PASSWORD)));
            }
        }
        backend = LegacyProcess.onTables(jdbc(database.url()));
        gateway = TestGateway.inFrontOf(
                backend.port(), Map.of("LEGACY_DB", database.url()), "legacy.yaml", "legacy-tables.yaml");
    }

    @AfterAll
    void stop() {
        gateway.close();
        backend.close();
        database.close();
    }

    @Test
    void theBackendSeesInItsOwnColumnWhatWasJustTurnedOn() throws Exception {
        var admin = loggedIn(1, ADMIN_PASSWORD);
        assertEverywhere(admin, 403, "2FA_MANDATORY");
        admin.enrolled();
        assertEverywhere(admin, 200, "");
        var seen = admin.get(METRICS);
        assertThat(seen.string("/email")).isEqualTo("p1@example.com");
        assertThat(seen.json("/sawAuthorization")).isEqualTo(false); // the token is the gateway's own
        assertThat(enabled("admins", 1)).isTrue();
        assertThat(enabled("users", 1)).isFalse();

        assertThat(admin.logout().status()).isEqualTo(204);
        assertEverywhere(admin, 401, "AUTH_REQUIRED");
    }

    @Test
    void aLoginWithTheSecondFactorTakesItsCode() {
        var nobody = gateway.nobody();
        var admin = loggedIn(2, ADMIN_PASSWORD).enrolled();
        var login = login(nobody, 2, ADMIN_PASSWORD);
        assertThat(login.json("/mfaRequired")).isEqualTo(true);
        assertThat(login.text()).doesNotContain("portcullis_");
        assertThat(login.headers("Set-Cookie")).noneMatch(cookie -> cookie.contains("portcullis_"));
        var tempToken = login.string("/mfaTempToken");
        assertThat(nobody.verifyLogin(tempToken, admin.app().wrongCode()).error("remainingAttempts"))
                .isEqualTo(4);
        var verified = nobody.at(gateway.secondPort())
                .verifyLogin(tempToken, admin.app().nextCode());
        assertEverywhere(nobody.holding(verified.string("/token"), "2"), 200, "");
    }

    @Test
    void aRecoveryCodeLetsInAndDisablingIsSeenByTheBackend() throws Exception {
        var nobody = gateway.nobody();
        var admin = loggedIn(3, ADMIN_PASSWORD).enrolled();
        var tempToken = login(nobody, 3, ADMIN_PASSWORD).string("/mfaTempToken");
        var verified = nobody.verifyLogin(tempToken, admin.recoveryCodes().getFirst());
        assertThat(verified.json("/recoveryCodesRemaining")).isEqualTo(9);
        var recovered = nobody.holding(verified.string("/token"), "3");
        assertEverywhere(recovered, 200, "");

        assertThat(recovered.disable(admin.app().nextCode()).status()).isEqualTo(200);
        assertThat(enabled("admins", 3)).isFalse();
        assertEverywhere(recovered, 403, "2FA_MANDATORY");
        assertThat(login(nobody, 3, ADMIN_PASSWORD).json().containsKey("mfaRequired"))
                .isFalse();
    }

    @Test
    void theUserOfTheSameIdAndEmailIsAnotherAccount() throws Exception {
        loggedIn(4, ADMIN_PASSWORD).enrolled();
        var user = loggedIn(4, USER_PASSWORD);
        assertThat(user.get("/auth/me").string("/user/role")).isEqualTo("user");
        assertThat(user.state()).isEqualTo("DISABLED");
        assertThat(user.get(METRICS).code()).isEqualTo("FORBIDDEN");

        user.enrolled();
        assertThat(enabled("users", 4)).isTrue();
        assertThat(user.disable(user.app().nextCode()).status()).isEqualTo(200);
        assertThat(enabled("users", 4)).isFalse();
        assertThat(enabled("admins", 4)).isTrue();
    }

    private Person loggedIn(int id, String password) {
        var answer = login(gateway.nobody(), id, password);
        assertThat(answer.status()).isEqualTo(200);
        return gateway.nobody().holding(answer.string("/token"), Integer.toString(id));
    }

    private static Answer login(Person somebody, int id, String password) {
        return somebody.post("/auth/login", JsonObject.of("email", "p" + id + "@example.com", "password", password));
    }

    /** On both instances at once. */
    private void assertEverywhere(Person person, int status, String code) {
        for (int port : new int[] {gateway.port(), gateway.secondPort()}) {
            var answer = person.at(port).get(METRICS);
            assertThat(answer.status()).isEqualTo(status);
            if (!code.isEmpty()) {
                assertThat(answer.code()).isEqualTo(code);
            }
        }
    }

    private boolean enabled(String table, int id) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT two_fa_enabled FROM " + table + " WHERE id = " + id)) {
            assertThat(row.next()).isTrue();
            return row.getBoolean(1);
        }
    }

    private static String bcrypt(String password) {
        return OpenBSDBCrypt.generate(password.toCharArray(), new byte[16], 4);
    }

    private static String jdbc(String url) {
        var uri = URI.create(url);
        var user = uri.getRawUserInfo().split(":", 2);
        return "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath() + "?user=" + user[0]
                + (user.length > 1 ? "&password=" + user[1] : "");
    }
}
