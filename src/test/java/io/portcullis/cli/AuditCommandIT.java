package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.AuditKey;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresAccounts;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Client;
import io.portcullis.testing.Await;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Person;
import io.portcullis.testing.Program;
import io.portcullis.testing.Stores;
import io.portcullis.testing.TestClock;
import io.portcullis.testing.TestGateway;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code portcullis audit}, as an operator uses it on the host. */
class AuditCommandIT {
    private static final String PEPPER = "the-pepper-of-the-tests-is-public";

    private final OwnDatabase database = OwnDatabase.migrated();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeThree() throws Exception {
        config(database.url());
        var clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
        try (var postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 2)) {
            Await.until("the first connection of a new JVM", () -> answers(postgres));
            var accounts = new PostgresAccounts(postgres, SecretBox.of(Keysets.create()), AuditKey.of(PEPPER), clock);
            write(accounts, clock, "alice", AuditEvent.Type.MFA_ENABLED);
            write(accounts, clock, "bob", AuditEvent.Type.SECOND_FACTOR_FAILED);
            write(accounts, clock, "c\u001b[2J", AuditEvent.Type.LOGOUT); // clears the terminal of whoever prints it
        }
    }

    private static boolean answers(Postgres postgres) {
        try {
            postgres.ping();
            return true;
        } catch (Refused notYet) {
            return false;
        }
    }

    private static void write(PostgresAccounts accounts, TestClock clock, String subject, AuditEvent.Type type) {
        accounts.change(new Account("admin", subject), work -> {
            var origin = new Origin(new Client("192.0.2.1", "curl/8"), "request-" + subject, Locale.ENGLISH);
            work.record(new AuditEvent(type, clock.instant(), AuditEvent.SELF, origin, "totp"));
            return work;
        });
        clock.advance(Duration.ofDays(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void verifySaysThatAllIsIntactAndGivesAnAnchor() {
        assertThat(run("verify")).isZero();
        var anchor =
                Pattern.compile("intact: 3 events\\R.*: (3:[0-9a-f]{64})\\R").matcher(out.toString());
        assertThat(anchor.matches()).as(out.toString()).isTrue();
        assertThat(run("verify", "--anchor", anchor.group(1))).isZero();
        assertThat(run("verify", "--anchor", "2:" + anchor.group(1).substring(2)))
                .isEqualTo(1);
        assertThat(err.toString()).contains("BROKEN at event 2: the anchor is not in the log");
        assertThat(run("verify", "--anchor", "3")).isEqualTo(1);
        assertThat(err.toString()).contains("--anchor is ID:HASH");
    }

    @Test
    void verifyNamesTheEventThatIsNotAsItWas() {
        database.tamper("UPDATE audit_event SET type = 'LOGOUT' WHERE id = 2");
        assertThat(run("verify")).isEqualTo(1);
        assertThat(err.toString()).contains("BROKEN at event 2: it is not as it was written");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void listPrintsTheNewestFirstAndObeysItsOptions() {
        assertThat(run("list")).isZero();
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("LOGOUT").doesNotContain("\u001b"),
                        line -> assertThat(line)
                                .contains("2026-03-02T12:00:00Z", "failure", "SECOND_FACTOR_FAILED", "admin/bob"),
                        line -> assertThat(line)
                                .contains("success", "MFA_ENABLED", "admin/alice", "192.0.2.1", "totp"));
        assertListed("bob", "--type", "SECOND_FACTOR_FAILED");
        assertListed("bob", "--from", "2026-03-02", "--to", "2026-03-03T00:00:00Z");
        assertListed("alice", "--realm", "admin", "--subject", "alice");
        assertListed("alice", "--before", "2");
        assertListed("c", "--limit", "1");
    }

    @Test
    void listPrintsEachEventAsALineOfJson() {
        assertThat(run("list", "--json", "--subject", "bob")).isZero();
        assertThat(new JsonObject(out.toString()))
                .isEqualTo(JsonObject.of(
                                "id",
                                2,
                                "at",
                                "2026-03-02T12:00:00Z",
                                "type",
                                "SECOND_FACTOR_FAILED",
                                "outcome",
                                "failure",
                                "realm",
                                "admin",
                                "subject",
                                "bob",
                                "actor",
                                "self",
                                "address",
                                "192.0.2.1")
                        .put("userAgent", "curl/8")
                        .put("requestId", "request-bob")
                        .put("detail", "totp"));
    }

    @Test
    void optionsThatAreWrongAreToldSo() {
        assertThat(run("list", "--limit", "501")).isEqualTo(1);
        assertThat(err.toString()).contains("--limit is from 1 to 500");
        assertThat(run("list", "--from", "yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("must be a day such as");
        assertThat(run("list", "--type", "NONSENSE")).isEqualTo(2);
        assertThat(err.toString()).contains("MFA_ENABLED");
    }

    @Test
    void aDatabaseThatCannotBeUsedIsToldSo() throws IOException {
        try (var empty = OwnDatabase.empty()) {
            config(empty.url());
            assertThat(run("verify")).isEqualTo(1);
            assertThat(err.toString()).contains("tables are older than this program");
        }
        database.tamper(
                "INSERT INTO flyway_schema_history"
                        + " VALUES (99, '9999', 'of tomorrow', 'SQL', 'V9999__of_tomorrow.sql', 1, 'postgres', now(), 1, true)");
        config(database.url());
        assertThat(run("verify")).isEqualTo(1);
        assertThat(err.toString()).contains("tables are newer than this program");
        config("postgresql://postgres:secret@127.0.0.1:1/postgres");
        assertThat(run("verify")).isEqualTo(1);
        assertThat(err.toString()).contains("PostgreSQL cannot be used").doesNotContain("secret");
        Files.writeString(
                folder.resolve("portcullis.yaml"),
                Files.readString(folder.resolve("portcullis.yaml")).replaceAll("(?m)^(postgres|redis): .*$", ""));
        assertThat(run("verify")).isEqualTo(1);
        assertThat(err.toString()).contains("names no postgres").doesNotContain("Exception");
    }

    @Test
    void aCollectorFindsTheLinesInTheGatewaysLog() throws Exception {
        try (var backend = LegacyBackend.start("127.0.0.1", 0);
                var gateway = serve(backend)) {
            int port = Integer.parseInt(gateway.awaitOutput("listening on http://127.0.0.1:([1-9]\\d*)")
                    .group(1));
            var nobody = Person.at(port, new TestClock(Instant.now()));
            var form = TestGateway.form(LegacyAccounts.BOB);
            nobody.holding(nobody.post("/admin/login", form).string("/token")).startSetup("totp");
            var line = gateway.awaitOutput("(?m)^(\\{.*SETUP_STARTED.*})$").group(1);
            assertThat(new JsonObject(line).getLong("id")).isEqualTo(4);
            assertThat(run("verify", "--anchor", "4:" + new JsonObject(line).getString("hash")))
                    .as(err.toString())
                    .isZero();
        }
    }

    @Test
    void aLineHasNothingAroundTheMessage() {
        var handler = new AuditLineHandler();
        assertThat(handler.getFormatter().format(new LogRecord(Level.INFO, "{\"detail\":\"{0} %s\"}")))
                .isEqualTo("{\"detail\":\"{0} %s\"}\n");
    }

    private void assertListed(String subject, String... options) {
        var arguments = new String[options.length + 1];
        arguments[0] = "list";
        System.arraycopy(options, 0, arguments, 1, options.length);
        out.getBuffer().setLength(0);
        assertThat(run(arguments)).as(err.toString()).isZero();
        assertThat(out.toString().lines()).singleElement().asString().contains("admin/" + subject);
    }

    private int run(String subcommand, String... options) {
        var arguments = new ArrayList<>(List.of(
                "audit",
                subcommand,
                "--config",
                folder.resolve("portcullis.yaml").toString()));
        arguments.addAll(List.of(options));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private int run(String[] arguments) {
        return run(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private Program serve(LegacyBackend backend) throws IOException {
        Files.writeString(
                folder.resolve("portcullis.yaml"),
                Files.readString(folder.resolve("portcullis.yaml"))
                        .replace("http://127.0.0.1:1", "http://127.0.0.1:" + backend.port()));
        return Program.run(
                Map.of(),
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--config",
                folder.resolve("portcullis.yaml").toString());
    }

    private void config(String postgresUrl) throws IOException {
        var keyset = folder.resolve("keyset");
        if (!Files.exists(keyset)) {
            Files.writeString(keyset, Keysets.create());
        }
        Files.writeString(folder.resolve("portcullis.yaml"), """
                server: { host: 127.0.0.1, port: 0, publicUrl: "https://admin.example.com" }
                management: { host: 127.0.0.1, port: 0 }
                postgres: { url: "%s" }
                redis: { url: "%s" }
                secrets: { encryption: "${file:keyset}", pepper: "%s" }
                upstreams: { legacy: { url: "http://127.0.0.1:1" } }
                rules:
                  - { path: /admin/login, access: public, upstream: legacy }
                  - { path: /admin/**, access: two-factor, roles: [admin, superAdmin], upstream: legacy }
                identity:
                  - name: admin
                    type: jwt
                    algorithm: HS256
                    secret: "%s"
                    issuer: legacy
                    audience: admin-api
                    claims: { subject: sub, email: email, role: role }
                """.formatted(
                        postgresUrl, Stores.redisUrl(), PEPPER, LegacyBackend.DEMO_JWT_SECRET));
    }
}
