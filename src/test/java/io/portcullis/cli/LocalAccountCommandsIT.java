package io.portcullis.cli;

import static io.portcullis.cli.LocalAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Await;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.Person;
import io.portcullis.testing.Stores;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts of the gateway's own, changed at the host's command line: what that ends, and what is kept of a password. */
class LocalAccountCommandsIT {
    private static final Duration SOON = Duration.ofSeconds(5);

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

    @Test
    void anotherRoleEndsTheSessionsEverywhereAndCountsFromTheNextLogin() throws Exception {
        var subject = endsSessions((changed, alice) -> {
            assertThat(accounts.run("", "account", "role", accounts.realm(), changed, "clerk"))
                    .startsWith("0 ")
                    .contains("has the role clerk, and no session");
        });
        assertThat(accounts.run("", "account", "list", accounts.realm()))
                .contains("/" + subject + "  " + email + "  clerk");
        assertThat(AuditLog.typesAndDetails(accounts.realm(), subject)).contains("ROLE_CHANGED clerk");
        assertThat(accounts.run("", "account", "reset", accounts.realm(), subject))
                .startsWith("0 ");
        assertThat(accounts.byBearer(email, subject).get("/admin/inspect").code())
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void anotherPasswordEndsTheSessionsEverywhere() throws Exception {
        endsSessions((subject, alice) -> {
            assertThat(accounts.run(
                            "another horse\r\n", "account", "password", accounts.realm(), subject, "--password-stdin"))
                    .startsWith("0 ")
                    .contains("has another password, and no session");
        });
        assertThat(accounts.login(email, PASSWORD).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(accounts.login(email, "another horse").status()).isEqualTo(200);
    }

    @Test
    void whoIsRemovedIsGoneWithTheSecondFactor() throws Exception {
        var removed = endsSessions((subject, alice) -> {
            assertThat(accounts.run("", "account", "remove", accounts.realm(), subject))
                    .startsWith("1 nothing was removed")
                    .contains("--yes");
            assertThat(alice.get("/admin/inspect").status()).isEqualTo(200);
            assertThat(accounts.run("", "account", "remove", accounts.realm(), subject, "--yes"))
                    .startsWith("0 ")
                    .contains("is removed");
        });
        assertThat(accounts.login(email, PASSWORD).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(accounts.add(email, "admin", PASSWORD, "--subject", removed)).startsWith("0 ");
        assertThat(accounts.login(email, PASSWORD).json("/user/mfaState")).isEqualTo("DISABLED");
        assertThat(AuditLog.types(accounts.realm(), removed)).contains("ACCOUNT_REMOVED");
    }

    /** Of somebody with a verified session on both instances; returns the subject. */
    private String endsSessions(BiConsumer<String, Person> change) throws Exception {
        var subject = accounts.added(email, "admin");
        var alice = accounts.byBearer(email, subject).enrolled();
        var elsewhere = alice.at(accounts.gateway().secondPort());
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
        var subject = accounts.added(email, "user");
        var earlier = "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$jg2RCG6mMr3Gw0k3mAqOTS3EqcGwjuGsS1rQTaCTWWA";
        setHash(subject, earlier);
        assertThat(accounts.login(email, "wrong").code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(hash(subject)).isEqualTo(earlier);
        var alice = accounts.gateway()
                .nobody()
                .holding(accounts.login(email, "correct horse e\u0301").string("/token"), subject);
        assertThat(hash(subject)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(accounts.login(email, "correct horse \u00e9").status()).isEqualTo(200);
        assertThat(alice.get("/users/hello").status()).isEqualTo(200);
    }

    private static void setHash(String subject, String hash) throws SQLException {
        try (var connection = Stores.connect();
                var update = connection.prepareStatement(
                        "UPDATE local_account SET password_hash = ? WHERE realm = ? AND subject = ?")) {
            update.setString(1, hash);
            update.setString(2, accounts.realm());
            update.setString(3, subject);
            assertThat(update.executeUpdate()).isOne();
        }
    }

    private static String hash(String subject) throws SQLException {
        try (var connection = Stores.connect();
                var query = connection.prepareStatement(
                        "SELECT password_hash FROM local_account WHERE realm = ? AND subject = ?")) {
            query.setString(1, accounts.realm());
            query.setString(2, subject);
            var rows = query.executeQuery();
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void whatIsWrongIsToldInALine() {
        var subject = accounts.added(email, "user");
        assertThat(accounts.add(email.toLowerCase(java.util.Locale.ROOT), "user", PASSWORD))
                .startsWith("1 this e-mail is that of " + accounts.realm() + "/" + subject + " already");
        assertThat(accounts.add("other" + email, "user", PASSWORD, "--subject", subject))
                .startsWith("1 " + accounts.realm() + "/" + subject + " is there already");
        assertThat(accounts.add("other" + email, "user", "short")).startsWith("1 a password has 8 to 256 characters");
        assertThat(accounts.add("other" + email, "user", "password1")).startsWith("1 this password is one of those");
        assertThat(accounts.add("nonsense", "user", PASSWORD)).startsWith("1 the e-mail is not one");
        assertThat(accounts.add("other" + email, "two words", PASSWORD)).startsWith("1 a role is");
        assertThat(accounts.run(PASSWORD, "account", "add", "--realm", "elsewhere", "--email", email, "--role", "user"))
                .startsWith("1 no identity source of type accounts has the realm elsewhere")
                .contains(accounts.realm());
        for (var change :
                List.of(List.of("role", "x"), List.of("password", "--password-stdin"), List.of("remove", "--yes"))) {
            assertThat(accounts.run(
                            PASSWORD, "account", change.getFirst(), accounts.realm(), "nobody", change.getLast()))
                    .isEqualToNormalizingNewlines(
                            "1 no such account; name its realm and its subject, which 'account show --query' finds\n");
        }
        assertThat(accounts.run("", "account", "list", accounts.realm()))
                .startsWith("0 ")
                .contains(accounts.realm() + "/" + subject + "  " + email + "  user");
    }

    @Test
    void noPasswordHashOrTokenIsWrittenDown() throws Exception {
        try (var log = LogCapture.start()) {
            var subject = accounts.added(email, "admin");
            var alice = accounts.byBearer(email, subject).enrolled();
            accounts.login(email, "a wrong password");
            accounts.run("another horse\n", "account", "password", accounts.realm(), subject, "--password-stdin");
            var written = log.text() + AuditLog.everything(accounts.realm(), subject);
            assertThat(written).contains("PASSWORD_CHANGED", "MFA_ENABLED");
            assertThat(written + Stores.everythingInRedis())
                    .doesNotContain(PASSWORD, "a wrong password", "another horse", alice.token(), hash(subject));
        }
    }
}
