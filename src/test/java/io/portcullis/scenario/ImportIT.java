package io.portcullis.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cli.Main;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.testing.AuditLog;
import io.portcullis.testing.HostConfig;
import io.portcullis.testing.OwnRealm;
import io.portcullis.testing.Person;
import io.portcullis.testing.Program;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.TestGateways;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** People of another system keep their authenticator and their backup codes. */
@ExtendWith(TestGateways.class)
class ImportIT {
    private static final TotpKey KEY = TotpKey.random(new SecureRandom(), TotpSettings.DEFAULTS);
    private static final String BCRYPT_CODE = "old-code-1111";
    private static final String SHA256_CODE = "OLD2-CODE2-2222";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void peopleAreTakenOverAndNoticeNothing(@OwnRealm TestGateway gateway) throws Exception {
        var config = HostConfig.write(folder, gateway);
        var alice = gateway.loggedIn();
        var settingUp = gateway.loggedIn();
        settingUp.startSetup("totp");
        var enrolled = gateway.loggedIn().enrolled();
        var file = file(gateway, alice, settingUp, enrolled);

        assertThat(run(config, file)).contains("1 ", "would import 2, already there 0, conflicts 1", "dry run");
        assertThat(alice.state()).isEqualTo("DISABLED");
        assertThat(settingUp.state()).isEqualTo("SETUP_IN_PROGRESS");
        assertThat(AuditLog.types(gateway.realm(), alice.subject())).isEmpty();

        assertThat(run(config, file, "--apply", "--actor", "Jane"))
                .contains("imported 2, already there 0, conflicts 1", "another secret, which was left as it is")
                .doesNotContain(KEY.base32());
        assertThat(AuditLog.types(gateway.realm(), alice.subject())).containsExactly("ACCOUNT_IMPORTED");
        assertThat(alice.state()).isEqualTo("ENABLED");
        assertThat(alice.get("/admin/metrics").code()).isEqualTo("2FA_REQUIRED");

        var code = KEY.code(gateway.clock().instant());
        assertThat(alice.verify(code).status()).isEqualTo(200);
        assertThat(alice.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(alice.verify(code).code()).isEqualTo("CODE_ALREADY_USED");
        for (var backup : List.of(BCRYPT_CODE, SHA256_CODE)) {
            var tablet = gateway.again(alice);
            assertThat(tablet.verify(backup).status()).as(backup).isEqualTo(200);
            assertThat(tablet.get("/admin/metrics").status()).isEqualTo(200);
            assertThat(gateway.again(alice).verify(backup).code()).as(backup).isEqualTo("CODE_ALREADY_USED");
        }
        assertThat(gateway.again(alice).get("/auth/mfa/recovery-codes").json("/remaining"))
                .isEqualTo(0);

        assertThat(settingUp.state()).isEqualTo("ENABLED");
        assertThat(settingUp.confirmSetup(settingUp.app().code()).code()).isEqualTo("ALREADY_ENABLED");
        assertThat(settingUp.verify(code).status()).isEqualTo(200);
        assertThat(enrolled.get("/admin/metrics").status()).isEqualTo(200);
        assertThat(enrolled.verify(enrolled.app().nextCode()).status()).isEqualTo(200);

        assertThat(run(config, file, "--apply")).contains("imported 0, already there 2, conflicts 1");
        assertThat(AuditLog.types(gateway.realm(), alice.subject()).stream().filter("ACCOUNT_IMPORTED"::equals))
                .hasSize(1);
        assertThat(gateway.again(alice).verify(BCRYPT_CODE).code()).isEqualTo("CODE_ALREADY_USED");
    }

    @Test
    void anOperatorSeesWhoWasImportedAndByWhom(@OwnRealm TestGateway gateway) throws Exception {
        var config = HostConfig.write(folder, gateway);
        var alice = gateway.loggedIn();
        assertThat(run(config, file(gateway, alice), "--apply", "--actor", "Jane"))
                .contains("imported 1,");
        var operator = gateway.loggedIn("superAdmin").enrolled();
        var shown = operator.get("/auth/operator/accounts/" + gateway.realm() + "/" + alice.subject());
        assertThat(shown.string("/email")).isEqualTo("imported-" + alice.subject() + "@example.com");
        assertThat(shown.json("/recoveryCodesRemaining")).isEqualTo(2);
        assertThat(shown.string("/events/0/actor")).isEqualTo("cli:" + System.getProperty("user.name") + ":Jane");
    }

    /** All with the same authenticator. */
    private Path file(TestGateway gateway, Person... people) throws Exception {
        var lines = new ArrayList<>(List.of("realm,subject,email,totp_secret,backup_codes"));
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(SHA256_CODE.getBytes(UTF_8)));
        for (var person : people) {
            lines.add("%s,%s,imported-%s@example.com,%s,%s;%s"
                    .formatted(
                            gateway.realm(),
                            person.subject(),
                            person.subject(),
                            KEY.base32(),
                            bcrypt(BCRYPT_CODE),
                            sha256));
        }
        return Files.write(folder.resolve("people.csv"), lines);
    }

    private static String bcrypt(String code) {
        var salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return OpenBSDBCrypt.generate("2b", code.toCharArray(), salt, 4);
    }

    /** Exit code after what it printed. */
    private static String run(Path config, Path file, String... options) throws Exception {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "import",
                "--config",
                config.toString(),
                "--format",
                "csv"));
        command.addAll(List.of(options));
        command.add(file.toString());
        try (var program = Program.run(Map.of(), command.toArray(String[]::new))) {
            int exit = program.awaitExit();
            return exit + " " + program.output();
        }
    }
}
