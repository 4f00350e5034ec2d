package io.portcullis.cli;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.Keysets.Use;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.postgres.Postgres;
import io.portcullis.adapter.postgres.PostgresUrl;
import io.portcullis.adapter.postgres.Resealing;
import io.portcullis.config.Settings;
import io.portcullis.domain.error.Refused;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code portcullis keys retire}. */
@Command(
        name = "retire",
        description =
                "Removes the old keys from the keyset, unless a secret in the database is still sealed by one of them."
                        + " Only when every instance runs with this keyset: one that does not goes on sealing by an old key.")
final class KeysRetireCommand implements Callable<Integer> {
    private static final int STOP_SECONDS = 5;

    @Mixin
    private KeysetFile keyset = new KeysetFile();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var settings = config.settings();
        var json = keyset.read();
        var keys = keyset.keys();
        if (!settings.secrets()
                .map(secrets -> secrets.encryption().strip().equals(json.strip()))
                .orElse(false)) {
            throw new CommandFailure("secrets.encryption of " + config.file() + " is not " + keyset.path()
                    + ": name the keyset that the gateway runs with");
        }
        if (keys.getFirst().use() != Use.OLD) {
            spec.commandLine().getOut().println(keyset.path() + " has no old key");
            return 0;
        }
        long left = left(
                settings.stores().orElseThrow(() -> new CommandFailure(config.file() + " names no postgres")), json);
        if (left > 0) {
            throw new CommandFailure(left + " secrets in the database are sealed by other keys than the primary one, so"
                    + " nothing was changed. Let the gateway run with this keyset until it logs that none is left; a secret"
                    + " that it logs as one that does not open goes when its account is reset");
        }
        var kept = keyset.replace(now -> {
            if (!now.equals(json)) {
                throw new IllegalArgumentException("it was changed by somebody else in the meantime");
            }
            return Keysets.retire(now);
        });
        spec.commandLine()
                .getOut()
                .println("removed " + (keys.size() - kept.size()) + " old keys from " + keyset.path()
                        + "; give the file to every instance, and restart them one after the other");
        return 0;
    }

    private static long left(Settings.Stores stores, String keyset) throws Exception {
        var vertx = Vertx.vertx();
        try (var postgres = Postgres.open(vertx, PostgresUrl.of(stores.postgresUrl()), 1)) {
            return new Resealing(postgres, SecretBox.of(keyset)).left();
        } catch (Refused noAnswer) {
            throw new CommandFailure("PostgreSQL does not answer, so nothing was changed");
        } finally {
            vertx.close().await(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }
}
