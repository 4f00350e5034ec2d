package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.AuditLog;
import io.portcullis.testing.Await;
import io.portcullis.testing.HostConfig;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.Program;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code portcullis account} and {@code portcullis usage}, as an operator uses them on the host beside running gateways. */
@ExtendWith(TestGateways.class)
class AccountCommandIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String USER = System.getProperty("user.name");

    @TempDir
    private Path folder = Path.of("");

    /** Exit code and what was printed, on either stream. */
    private static String run(Path config, String... words) {
        var printed = new StringWriter();
        var arguments = Stream.concat(Stream.of(words), Stream.of("--config", config.toString()))
                .toArray(String[]::new);
        int exit = Main.commandLine()
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(printed, true))
                .execute(arguments);
        return exit + " " + printed;
    }

    @Test
    void aLostPhoneIsOneCommand(TestGateway gateway) throws Exception {
        var config = HostConfig.write(folder, gateway);
        var alice = gateway.loggedIn().enrolled();
        var elsewhere = alice.at(gateway.secondPort());
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(elsewhere.get("/admin/metrics").status()).isEqualTo(200);
        try (var program = Program.run(
                Map.of(),
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "account",
                "reset",
                gateway.realm(),
                alice.subject(),
                "--config",
                config.toString(),
                "--actor",
                "Jane")) {
            program.awaitOutput(gateway.realm() + "/" + alice.subject() + " is reset: no second factor, no session");
            for (var person : List.of(alice, elsewhere)) {
                assertThat(refused(person)).isLessThan(SOON);
            }
            assertThat(program.awaitExit()).as(program.output()).isZero();
            assertThat(program.output()).doesNotContain("warning");
        }
        var later = gateway.again(alice);
        assertThat(later.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
        assertThat(run(config, "account", "show", gateway.realm(), alice.subject()))
                .containsPattern("MFA_RESET .*by cli:" + USER + ":Jane from localhost");
        assertThat(later.enrolled().get("/admin/metrics").status()).isEqualTo(200);
    }

    private static Duration refused(Person person) throws Exception {
        return Await.until(
                "the session ends", () -> person.get("/admin/metrics").code().equals("AUTH_REQUIRED"));
    }

    @Test
    void aResetIsDoneWithoutRedisAndSaysWhatThatMeans(TestGateway gateway) throws Exception {
        var config = HostConfig.write(folder, gateway, Map.of("REDIS_URL", "redis://127.0.0.1:1"));
        var alice = gateway.loggedIn().enrolled();
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(run(config, "account", "reset", gateway.realm(), alice.subject()))
                .startsWith("0 ")
                .contains("is reset", "warning: Redis does not answer", "within 10 seconds");
        assertThat(gateway.again(alice).state()).isEqualTo("DISABLED");
        refused(alice);
        assertThat(run(config, "account", "show", gateway.realm(), alice.subject()))
                .startsWith("0 ")
                .contains("unknown: Redis does not answer", "DISABLED");
    }

    @Test
    void aLockIsSeenAndLifted(TestGateway gateway) {
        var config = HostConfig.write(folder, gateway);
        var alice = gateway.loggedIn().enrolled();
        var wrong = alice.app().wrongCode();
        for (int i = 0; i < 5; i++) {
            alice.verify(wrong);
        }
        assertThat(run(config, "account", "show", gateway.realm(), alice.subject()))
                .startsWith("0 ")
                .contains("5 in a row", "until 20", "SECOND_FACTOR_LOCKED", alice.subject() + "@example.com", "ENABLED")
                .containsPattern("recovery codes +10 left")
                .containsPattern("sessions +1\\R");
        assertThat(run(config, "account", "unlock", gateway.realm(), alice.subject()))
                .startsWith("0 ")
                .contains("is unlocked");
        assertThat(alice.verify(alice.app().nextCode()).status()).isEqualTo(200);
        assertThat(run(config, "account", "unlock", gateway.realm(), alice.subject()))
                .contains("was not locked");
    }

    @Test
    void aLogoutEndsEverySession(TestGateway gateway) throws Exception {
        var config = HostConfig.write(folder, gateway);
        var alice = gateway.loggedIn().enrolled();
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(run(config, "account", "logout", gateway.realm(), alice.subject()))
                .startsWith("0 ")
                .contains("is logged out everywhere");
        assertThat(refused(alice)).isLessThan(SOON);
        assertThat(gateway.again(alice).state()).isEqualTo("ENABLED");
        assertThat(AuditLog.types(gateway.realm(), alice.subject())).endsWith("SESSIONS_REVOKED");
    }

    @Test
    void whatIsWrongIsToldInALine(TestGateway gateway) {
        var config = HostConfig.write(folder, gateway);
        for (var change : List.of("show", "reset", "unlock", "logout")) {
            assertThat(run(config, "account", change, gateway.realm(), "nobody"))
                    .isEqualToNormalizingNewlines(
                            "1 no such account; name its realm and its subject, which 'account show --query' finds\n");
        }
        assertThat(run(config, "account", "show")).startsWith("1 name REALM and SUBJECT, or --query TEXT");
        assertThat(run(config, "account", "reset", gateway.realm(), "nobody", "--actor", "a\u001b[2J"))
                .startsWith("1 --actor is 1 to 64 characters")
                .doesNotContain("\u001b");
    }

    @Test
    void aSearchListsAndASubjectTellsATerminalNothing(@OwnRealm TestGateway gateway) throws Exception {
        var config = HostConfig.write(folder, gateway);
        var alice = gateway.loggedIn().enrolled();
        var bob = gateway.loggedIn();
        bob.startSetup("totp");
        assertThat(run(config, "account", "show", gateway.realm(), "--query", "EXAMPLE.com")
                        .lines())
                .hasSize(2)
                .anySatisfy(
                        line -> assertThat(line).contains(gateway.realm() + "/" + alice.subject(), "ENABLED by totp"))
                .anySatisfy(line -> assertThat(line).contains(bob.subject(), "SETUP_IN_PROGRESS"));
        try (var connection = io.portcullis.testing.Stores.connect();
                var insert = connection.prepareStatement("INSERT INTO mfa_account (realm, subject) VALUES (?, ?)")) {
            insert.setString(1, gateway.realm());
            insert.setString(2, "evil\u001b[2J");
            insert.executeUpdate();
        }
        assertThat(run(config, "account", "show", "--query", "evil"))
                .contains("evil?[2J")
                .doesNotContain("\u001b");
    }

    @Test
    void theFiguresAreThoseOfTheRoute(@OwnRealm TestGateway gateway) {
        var config = HostConfig.write(folder, gateway);
        var operator = gateway.loggedIn("superAdmin").enrolled();
        operator.verify(operator.app().wrongCode());
        var json = run(config, "usage", "--json", "--realm", gateway.realm());
        assertThat(new JsonObject(json.substring(2)))
                .isEqualTo(operator.get("/auth/operator/usage?realm=" + gateway.realm())
                        .json());
        assertThat(run(config, "usage", "--realm", gateway.realm()))
                .startsWith("0 ")
                .containsPattern("accounts ENABLED +1\\R")
                .containsPattern("enabled by totp +1\\R")
                .containsPattern("wrong codes +1\\R");
    }
}
