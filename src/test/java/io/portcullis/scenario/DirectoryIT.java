package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Await;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Person;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People whom a legacy database knows, in two tables: admins with bcrypt hashes and users with Django's. */
class DirectoryIT {
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Of {@code correct horse é}. */
    private static final String BCRYPT = "$2y$05$abcdefghijklmnopqrstuuNKTrdYIyJepeBe0WMJS4ZyMwX4aEJLK";

    private static final String DJANGO = "pbkdf2_sha256$1000$seasalt12$0K1r+Vs2AU04YnEYIm3t41kFbuMJBTyb2SRJ64+OMCM=";
    private static final String ARGON2 =
            "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$jg2RCG6mMr3Gw0k3mAqOTS3EqcGwjuGsS1rQTaCTWWA";
    private static final String PASSWORD = "correct horse é";

    /** The user's hash is of {@code a}: which password is typed says which of the two it is. */
    private static final String BCRYPT_OF_A = "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe";

    private final OwnDatabase legacy = OwnDatabase.empty();
    private final TestGateway gateway;

    DirectoryIT() {
        legacy.tamper(
                "CREATE TABLE admins (id bigint PRIMARY KEY, email varchar(80), role text, password char(80))",
                "CREATE TABLE users (id integer PRIMARY KEY, email text, password text)",
                "INSERT INTO admins VALUES (1, 'Sam@example.com', 'admin', '" + BCRYPT + "')",
                "INSERT INTO admins VALUES (2, 'twin@example.com', 'admin', '" + BCRYPT + "')",
                "INSERT INTO admins VALUES (3, 'Twin@example.com', 'admin', '" + BCRYPT + "')",
                "INSERT INTO admins VALUES (4, 'nohash@example.com', 'admin', NULL)",
                "INSERT INTO admins VALUES (5, 'md5@example.com', 'admin', '5f4dcc3b5aa765d61d8327deb882cf99')",
                "INSERT INTO users VALUES (1, 'Sam@example.com', '" + BCRYPT_OF_A + "')",
                "INSERT INTO users VALUES (7, 'django@example.com', '" + DJANGO + "')",
                "INSERT INTO users VALUES (8, 'argon@example.com', '" + ARGON2 + "')");
        gateway = TestGateway.by("accounts.yaml", Map.of("LEGACY_DB", legacy.url()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        legacy.close();
    }

    private Answer login(String email, String password) {
        return gateway.nobody().post("/auth/login", JsonObject.of("email", email, "password", password));
    }

    private Person loggedIn(String email, String password) {
        var answer = login(email, password);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return gateway.nobody().holding(answer.string("/token"), answer.string("/user/id"));
    }

    @Test
    void anAdminAndAUserOfOneIdAndEmailAreTwoAccounts() throws Exception {
        var admin = loggedIn("sam@example.com", PASSWORD);
        var user = loggedIn("Sam@example.com", "a");
        assertThat(admin.subject()).isEqualTo("1").isEqualTo(user.subject());
        assertThat(admin.get("/admin/inspect").code()).isEqualTo("2FA_MANDATORY");
        assertThat(user.get("/admin/inspect").code()).isEqualTo("FORBIDDEN");
        admin.enrolled();
        var seen = admin.get("/admin/inspect");
        assertThat(seen.text())
                .contains("[\"X-Auth-Realm\",\"" + gateway.realm() + "-admins\"]", "[\"X-Auth-Subject\",\"1\"]")
                .contains("[\"X-Auth-Email\",\"Sam@example.com\"]", "[\"X-Auth-Role\",\"admin\"]")
                .doesNotContain("portcullis_");
        assertThat(user.state()).isEqualTo("DISABLED");
        assertThat(user.get("/users/hello").status()).isEqualTo(200);
        assertThat(login("Sam@example.com", "a").json("/user/mfaState")).isEqualTo("DISABLED");
        assertThat(AuditLog.types(gateway.realm() + "-users", "1")).doesNotContain("MFA_ENABLED");

        var needed = login("sam@example.com", PASSWORD);
        assertThat(needed.json("/mfaRequired")).isEqualTo(true);
        var back = admin.verifyLogin(needed.string("/mfaTempToken"), admin.app().nextCode());
        assertThat(admin.holding(back.string("/token")).get("/admin/inspect").status())
                .isEqualTo(200);
        assertThat(admin.post("/auth/mfa/disable", JsonObject.of("password", "a"))
                        .code())
                .isEqualTo("INVALID_CREDENTIALS"); // the user's password is not the admin's
        assertThat(admin.post("/auth/mfa/disable", JsonObject.of("password", PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void hashesOfEachMakerLogIn() {
        assertThat(login("django@example.com", PASSWORD).json("/user/role")).isEqualTo("user");
        assertThat(login("argon@example.com", PASSWORD).status()).isEqualTo(200);
        for (var email : List.of("django@example.com", "twin@example.com", "nohash@example.com", "md5@example.com")) {
            assertThat(login(email, "password").code()).as(email).isEqualTo("INVALID_CREDENTIALS");
        }
        assertThat(login("twin@example.com", PASSWORD).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(login("x\0@example.com", PASSWORD).code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void aRoleThatChangesInTheTableCountsSoonOnEveryInstance() throws Exception {
        var admin = loggedIn("sam@example.com", PASSWORD).enrolled();
        var elsewhere = admin.at(gateway.secondPort());
        assertThat(admin.get("/admin/inspect").status()).isEqualTo(200);
        assertThat(elsewhere.get("/admin/inspect").status()).isEqualTo(200);
        legacy.tamper("UPDATE admins SET role = 'clerk' WHERE id = 1");
        gateway.clock().advance(Duration.ofSeconds(1));
        for (var person : List.of(admin, elsewhere)) {
            assertThat(Await.until(
                            "the role counts",
                            () -> person.get("/admin/inspect").code().equals("FORBIDDEN")))
                    .isLessThan(SOON);
        }
        assertThat(admin.get("/auth/me").json("/user/role")).isEqualTo("clerk");
    }

    @Test
    void whoIsGoneFromTheTableOrIsSomebodyElseThereHasNoSession() throws Exception {
        var admin = loggedIn("sam@example.com", PASSWORD).enrolled();
        assertThat(admin.get("/admin/inspect").status()).isEqualTo(200);
        legacy.tamper("UPDATE admins SET id = 9 WHERE id = 1");
        gateway.clock().advance(Duration.ofSeconds(1));
        Await.until(
                "the other one's session is refused",
                () -> admin.get("/admin/inspect").code().equals("AUTH_REQUIRED"));
        legacy.tamper("DELETE FROM users WHERE id = 7");
        assertThat(login("django@example.com", PASSWORD).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void withoutTheDatabaseNobodyIsLetInAndAllIsWellAfter() throws Exception {
        var admin = loggedIn("sam@example.com", PASSWORD).enrolled();
        assertThat(admin.get("/admin/inspect").status()).isEqualTo(200);
        allowConnections(false);
        gateway.clock().advance(Duration.ofSeconds(1));
        Await.until(
                "the session is refused",
                () -> admin.get("/admin/inspect").code().equals("STORE_UNAVAILABLE"));
        for (var person : List.of(admin, admin.at(gateway.secondPort()))) {
            assertThat(person.get("/admin/inspect").status()).isEqualTo(503);
            assertThat(person.get("/auth/me").code()).isEqualTo("STORE_UNAVAILABLE");
        }
        assertThat(login("sam@example.com", PASSWORD).code()).isEqualTo("STORE_UNAVAILABLE");
        assertThat(login("nobody@example.com", PASSWORD).code()).isEqualTo("STORE_UNAVAILABLE");
        allowConnections(true);
        Await.until(
                "the session counts again", () -> admin.get("/admin/inspect").status() == 200);
        assertThat(login("sam@example.com", PASSWORD).status()).isEqualTo(200);
    }

    /** As if the server of this database were stopped, for its clients. */
    private void allowConnections(boolean allow) throws SQLException {
        var name = legacy.url().substring(legacy.url().lastIndexOf('/') + 1);
        try (var connection = Stores.connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS " + allow);
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        }
    }

    @Test
    void aTableWithoutTheColumnsIsAnOutageThatTheLogExplains() throws Exception {
        legacy.tamper("ALTER TABLE admins DROP COLUMN role");
        try (var log = LogCapture.start()) {
            assertThat(login("sam@example.com", PASSWORD).code()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(log.text())
                    .contains(gateway.realm() + "-admins: the query fails with SQLSTATE 42703", "\"role\"")
                    .doesNotContain("sam@example.com", PASSWORD);
        }
    }

    @Test
    void noPasswordHashOrTokenIsWrittenDown() throws Exception {
        try (var log = LogCapture.start()) {
            var admin = loggedIn("sam@example.com", PASSWORD).enrolled();
            login("sam@example.com", "a wrong password");
            login("md5@example.com", "a wrong password");
            var written = log.text() + AuditLog.everything(gateway.realm() + "-admins", "1");
            assertThat(written).contains("MFA_ENABLED", "a password hash is in no form that is known here");
            assertThat(written + Stores.everythingInRedis())
                    .doesNotContain(
                            PASSWORD, "a wrong password", BCRYPT, "5f4dcc3b5aa765d61d8327deb882cf99", admin.token());
        }
    }
}
