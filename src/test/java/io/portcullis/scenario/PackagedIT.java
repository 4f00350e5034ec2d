package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccounts;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.testing.Await;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.Person;
import io.portcullis.testing.Program;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.Signals;
import io.portcullis.testing.TestClock;
import io.portcullis.testing.TestGateway;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code portcullis.jar} as people run it: a process with a command line. */
class PackagedIT {
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @TempDir
    private Path folder;

    private final OwnDatabase database = OwnDatabase.empty(); // its keys are those of no other test

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void serveGuardsALegacyBackend() throws Exception {
        try (var backend = LegacyBackend.start("127.0.0.1", 0);
                var gateway = serve(backend)) {
            int port = Integer.parseInt(gateway.awaitOutput("listening on http://127.0.0.1:([1-9]\\d*)")
                    .group(1));
            var nobody = Person.at(port, new TestClock(Instant.now()));
            var form = TestGateway.form(LegacyAccounts.BOB);
            var bob = nobody.holding(nobody.post("/admin/login", form).string("/token"));
            assertThat(bob.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");
            bob.enrolled();
            assertThat(bob.get("/admin/metrics").status()).isEqualTo(200);
            assertThat(bob.logout().status()).isEqualTo(204);
            var login = nobody.post("/admin/login", form);
            assertThat(login.json("/mfaRequired")).isEqualTo(true);
            var verified =
                    nobody.verifyLogin(login.string("/mfaTempToken"), bob.app().code(1));
            var back = bob.holding(verified.string("/token"));
            assertThat(back.get("/admin/metrics").status()).isEqualTo(200);
            assertThat(back.disable(bob.recoveryCodes().getFirst()).status()).isEqualTo(200);
            assertThat(back.get("/admin/metrics").code()).isEqualTo("2FA_MANDATORY");

            finishesWhatIsInFlight(gateway, back);
        }
    }

    @Test
    void aChangedConfigFileIsPutInForceWithoutDroppingAConnection() throws Exception {
        try (var backend = LegacyBackend.start("127.0.0.1", 0);
                var gateway = serve(backend)) {
            int port = Integer.parseInt(gateway.awaitOutput("listening on http://127.0.0.1:([1-9]\\d*)")
                    .group(1));
            var nobody = Person.at(port, new TestClock(Instant.now()));
            var file = folder.resolve("portcullis.yaml");
            var before = Files.readString(file);
            var after = before.replace(
                    "{ path: /public/**, access: public, upstream: legacy }", "{ path: /public/**, access: deny }");
            var request = "GET /public/x HTTP/1.1\r\nHost: localhost\r\n\r\n";
            try (var connection = RawHttp.to(port)) {
                connection.send(request);
                assertThat(connection.until("\r\n\r\n")).contains(" 404 ").doesNotContain("X-Portcullis");

                Files.writeString(file, after);
                Await.until("the new rule", () -> nobody.get("/public/x").status() == 403);
                connection.send(request);
                connection.until("X-Portcullis: answered");
            }
            Files.writeString(file, after + "nonsense: true\n");
            gateway.awaitOutput("/nonsense: unknown key");
            assertThat(nobody.get("/public/x").status()).isEqualTo(403);

            Files.writeString(file, before);
            Await.until("the old rule again", () -> nobody.get("/public/x").status() == 404);
        }
    }

    /** SIGTERM: a request in flight is answered to its end, and nobody new comes in. */
    private static void finishesWhatIsInFlight(Program gateway, Person bob) throws Exception {
        try (var stream = RawHttp.to(bob.port())) {
            stream.send(RawHttp.request(
                    "GET", "/admin/stream?chunks=60&everyMs=50", "", "Authorization: Bearer " + bob.token()));
            stream.until("line 2\n");
            Signals.terminate(Stream.of(gateway.handle()));
            Await.until("new connections are refused", () -> refuses(bob.port()));
            assertThat(gateway.handle().isAlive()).isTrue();
            assertThat(stream.until("line 60\n")).contains("line 59\n");
        }
        gateway.awaitExit();
        assertThat(gateway.output()).doesNotContain("Exception");
    }

    private static boolean refuses(int port) throws IOException {
        try {
            RawHttp.to(port).close();
            return false;
        } catch (ConnectException refused) {
            return true;
        }
    }

    /** With the keys that {@code keys new} made. */
    private Program serve(LegacyBackend backend) throws Exception {
        var keys = folder.resolve("keys");
        try (var made = run("keys", "new", keys.toString())) {
            assertThat(made.awaitExit()).isZero();
        }
        String config;
        try (var resource = Objects.requireNonNull(TestGateway.class.getResourceAsStream("/testing/gateway.yaml"))) {
            config = new String(resource.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .replace("${KEYSET}", "${file:keys/portcullis-keyset.json}")
                    .replace("${PEPPER}", "${file:keys/portcullis-pepper}");
        }
        Files.writeString(folder.resolve("portcullis.yaml"), config);
        var environment = new HashMap<>(TestGateway.storesAndSecrets());
        environment.put("PG_URL", database.url());
        environment.put("REALM", "packaged");
        environment.put("LEGACY_URL", "http://127.0.0.1:" + backend.port());
        return Program.jar(
                "portcullis.jar",
                folder,
                environment,
                "serve",
                "--config",
                folder.resolve("portcullis.yaml").toString());
    }

    @Test
    void checkNamesEveryProblemAndItsPlace() throws Exception {
        var broken = Files.writeString(folder.resolve("broken.yaml"), """
                server: { prot: 8080 }
                rules:
                  - { path: /admin/**, access: two-facter, upstream: legacy }
                unknown: 1
                """);
        try (var check = run("check", "--config", broken.toString())) {
            assertThat(check.awaitExit()).isEqualTo(1);
            assertThat(check.output())
                    .contains("broken.yaml:1:11: /server/prot: ")
                    .contains("broken.yaml:3:")
                    .contains("/rules/0/access: ")
                    .contains("broken.yaml:4:1: /unknown: ")
                    .doesNotContain("Exception");
        }
        try (var check = run("check", "--config", folder.resolve("missing.yaml").toString())) {
            assertThat(check.awaitExit()).isEqualTo(1);
            assertThat(check.output()).contains("missing.yaml").doesNotContain("Exception");
        }
    }

    @Test
    void checkFindsNothingWrongWithTheSample() throws Exception {
        try (var made = run("keys", "new", folder.toString())) {
            assertThat(made.awaitExit()).isZero();
        }
        var sample = Files.writeString(
                folder.resolve("portcullis.yaml"),
                Files.readString(Path.of("conf/portcullis.yaml")).replace("/run/secrets", folder.toString()));
        var environment = Map.of("PG_PASSWORD", "secret", "LEGACY_JWT_SECRET", LegacyBackend.DEMO_JWT_SECRET);
        try (var check = Program.jar("portcullis.jar", folder, environment, "check", "--config", sample.toString())) {
            assertThat(check.awaitExit()).as(check.output()).isZero();
        }
        try (var check = run("check", "--config", sample.toString())) {
            assertThat(check.awaitExit()).isEqualTo(1);
            assertThat(check.output()).contains("PG_PASSWORD").contains("LEGACY_JWT_SECRET");
        }
    }

    /** What serve would refuse, check tells before. */
    @Test
    void checkMissesTheStoresThatThisJarDoesNotHave() throws Exception {
        var storeless = Files.writeString(folder.resolve("storeless.yaml"), """
                server: { publicUrl: http://localhost:8080 }
                upstreams: { legacy: { url: http://127.0.0.1:9000 } }
                rules:
                  - { path: /**, access: public, upstream: legacy }
                mfa: { issuer: Example }
                """);
        for (var command : List.of("check", "serve")) {
            try (var refused = run(command, "--config", storeless.toString())) {
                assertThat(refused.awaitExit()).as(command).isEqualTo(1);
                assertThat(refused.output()).contains("names no postgres and no redis");
            }
        }
    }

    @Test
    void keysAreNeverReplaced() throws Exception {
        try (var made = run("keys", "new", folder.toString())) {
            assertThat(made.awaitExit()).isZero();
        }
        var files = List.of(folder.resolve("portcullis-keyset.json"), folder.resolve("portcullis-pepper"));
        for (var file : files) {
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2); // the owner reads and writes
        }
        var before = Files.readString(files.get(0)) + Files.readString(files.get(1));
        try (var again = run("keys", "new", folder.toString())) {
            assertThat(again.awaitExit()).isEqualTo(1);
            assertThat(again.output()).contains("is there already").doesNotContain("Exception");
        }
        assertThat(Files.readString(files.get(0)) + Files.readString(files.get(1)))
                .isEqualTo(before);
    }

    @Test
    void totpPrintsTheCurrentCode() throws Exception {
        var key = TotpKey.of(SECRET, TotpSettings.DEFAULTS);
        var before = key.code(Instant.now());
        try (var totp = run("totp", SECRET)) {
            assertThat(totp.awaitExit()).isZero();
            assertThat(totp.output().strip()).isIn(before, key.code(Instant.now()));
        }
    }

    @Test
    void theProductionJarHasNoDemo() throws Exception {
        try (var demo = run("demo")) {
            assertThat(demo.awaitExit()).isEqualTo(1);
            assertThat(demo.output()).contains("no embedded stores").contains("portcullis-demo.jar");
        }
    }

    private Program run(String... arguments) throws IOException {
        return Program.jar("portcullis.jar", folder, Map.of(), arguments);
    }
}
