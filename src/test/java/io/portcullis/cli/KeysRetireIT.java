package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.AuditKey;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresAccounts;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.adapter.postgres.Resealing;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.testing.OwnDatabase;
import io.portcullis.testing.States;
import io.portcullis.testing.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysRetireIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void oldKeysGoOnceNothingIsSealedByThem() throws Exception {
        var database = OwnDatabase.migrated();
        KeysCommand.create(folder);
        var keyset = folder.resolve(KeysCommand.KEYSET);
        var config = config(database, keyset);
        try (var postgres = Postgres.open(Stores.vertx(), PostgresUrl.of(database.url()), 2)) {
            enable(postgres, Files.readString(keyset));
            assertThat(retire(keyset, config)).isEqualTo("0 " + keyset + " has no old key");

            Files.writeString(keyset, Keysets.rotate(Files.readString(keyset)));
            var rotated = Files.readString(keyset);
            assertThat(retire(keyset, config)).startsWith("1 1 secrets in the database are sealed by other keys");
            assertThat(keyset).hasContent(rotated);

            assertThat(new Resealing(postgres, SecretBox.of(rotated)).run()).isEqualTo(1);
            assertThat(retire(keyset, config)).startsWith("0 removed 1 old keys");
            assertThat(Keysets.list(Files.readString(keyset)))
                    .containsExactly(Keysets.list(rotated).getLast());
        }
    }

    @Test
    void aKeysetThatIsNotTheOneOfTheConfigIsLeftAlone() throws Exception {
        KeysCommand.create(folder);
        var config = config(OwnDatabase.migrated(), folder.resolve(KeysCommand.KEYSET));
        var other = Files.writeString(folder.resolve("other.json"), Keysets.rotate(Keysets.create()));
        var before = Files.readString(other);
        assertThat(retire(other, config)).startsWith("1 ").contains("name the keyset that the gateway runs with");
        assertThat(other).hasContent(before);
    }

    @Test
    void aDatabaseThatDoesNotAnswerChangesNothing() throws Exception {
        KeysCommand.create(folder);
        var keyset = folder.resolve(KeysCommand.KEYSET);
        Files.writeString(keyset, Keysets.rotate(Files.readString(keyset)));
        var before = Files.readString(keyset);
        var config = config("postgresql://nobody:nothing@127.0.0.1:1/none", keyset);
        assertThat(retire(keyset, config)).isEqualTo("1 PostgreSQL does not answer, so nothing was changed");
        assertThat(keyset).hasContent(before);
    }

    private static void enable(Postgres postgres, String keyset) {
        var key = TotpKey.random(new SecureRandom(), TotpSettings.DEFAULTS);
        new PostgresAccounts(
                        postgres,
                        SecretBox.of(keyset),
                        AuditKey.of("the-pepper-of-the-tests-is-public"),
                        InstantSource.system())
                .<Boolean>change(new Account("admin", "alice"), work -> {
                    work.become(States.settingUp(key, Instant.parse("2099-01-01T00:00:00Z")));
                    work.become(States.enabled(key, 0));
                    return true;
                });
    }

    private Path config(OwnDatabase database, Path keyset) throws IOException, SQLException {
        return config(database.url(), keyset);
    }

    private Path config(String postgresUrl, Path keyset) throws IOException {
        return Files.writeString(folder.resolve("portcullis.yaml"), """
                server: { publicUrl: https://admin.example.com }
                postgres: { url: "%s" }
                redis: { url: "%s" }
                secrets: { encryption: "${file:%s}", pepper: "${file:%s}" }
                upstreams:
                  legacy: { url: "http://127.0.0.1:1" }
                rules:
                  - { path: /**, access: deny }
                """.formatted(
                        postgresUrl, Stores.redisUrl(), keyset, folder.resolve(KeysCommand.PEPPER)));
    }

    /** The exit code and what was printed. */
    private static String retire(Path keyset, Path config) {
        var printed = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute("keys", "retire", "--keyset", keyset.toString(), "--config", config.toString());
        return exit + " " + printed.toString().strip();
    }
}
