package io.portcullis.cli;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.embedded.EmbeddedStores;
import io.portcullis.adapter.redis.RedisSettings;
import io.portcullis.config.ConfigFile;
import io.portcullis.config.Settings;
import io.portcullis.demo.LegacyAccounts;
import io.portcullis.demo.LegacyBackend;
import io.portcullis.demo.Mailbox;
import io.portcullis.server.Gateway;
import io.portcullis.yaml.ConfigReport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code portcullis demo}: everything on this machine, gone without a trace when it ends. */
@Command(
        name = "demo",
        description = "Runs the gateway on an embedded PostgreSQL and Redis in front of a small legacy admin backend,"
                + " with a page that shows its mails.")
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "${env:PORTCULLIS_PORT:-8080}",
            description = "Of the gateway; default: PORTCULLIS_PORT of the environment, else 8080.")
    private int port = 8080;

    @Option(
            names = "--management-port",
            defaultValue = "${env:PORTCULLIS_MANAGEMENT_PORT:-9090}",
            description = "Of health and metrics; default: PORTCULLIS_MANAGEMENT_PORT, else 9090.")
    private int managementPort = 9090;

    @Option(
            names = "--backend-port",
            defaultValue = "${env:DEMO_BACKEND_PORT:-9000}",
            description = "Of the backend; default: DEMO_BACKEND_PORT, else 9000.")
    private int backendPort = 9000;

    @Option(
            names = "--mailbox-port",
            defaultValue = "${env:DEMO_MAILBOX_PORT:-8025}",
            description = "Of the page with the mails; default: DEMO_MAILBOX_PORT, else 8025.")
    private int mailboxPort = 8025;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!EmbeddedStores.bundled()) {
            throw new CommandFailure("this jar has no embedded stores in it: run portcullis-demo.jar");
        }
        var running = new Running();
        var files = running.add(DemoFiles.write());
        var backend = running.add(startBackend());
        var mailbox = running.add(startMailbox());
        var stores = running.add(EmbeddedStores.start(Optional.empty()));
        var urls = new Settings.Stores(stores.postgresUrl(), RedisSettings.at(stores.redisUrl()));
        var secrets = new Settings.Secrets(Keysets.create(), UUID.randomUUID().toString());
        var gateway = running.add(Gateway.start(settings(files.config(), backend, mailbox), urls, secrets));
        spec.commandLine().getOut().println(welcome(gateway, backend, mailbox, files.totp()));
        running.awaitStop();
        return 0;
    }

    private LegacyBackend startBackend() {
        try {
            return LegacyBackend.start("127.0.0.1", backendPort);
        } catch (Exception failure) { // a port in use, most likely
            throw new CommandFailure(
                    "the demo's backend cannot listen on 127.0.0.1:" + backendPort + ": " + failure.getMessage()
                            + "; choose another port by --backend-port, or DEMO_BACKEND_PORT in the environment");
        }
    }

    private Mailbox startMailbox() {
        try {
            return Mailbox.start(mailboxPort);
        } catch (Exception failure) { // a port in use, most likely
            throw new CommandFailure(
                    "the demo's mailbox cannot listen on 127.0.0.1:" + mailboxPort + ": " + failure.getMessage()
                            + "; choose another port by --mailbox-port, or DEMO_MAILBOX_PORT in the environment");
        }
    }

    private Settings settings(Path config, LegacyBackend backend, Mailbox mailbox) {
        var environment = new HashMap<>(System.getenv());
        environment.put("PORTCULLIS_PORT", Integer.toString(port));
        environment.put("PORTCULLIS_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("DEMO_BACKEND_PORT", Integer.toString(backend.port()));
        environment.put("DEMO_SMTP_PORT", Integer.toString(mailbox.smtpPort()));
        environment.put("LEGACY_JWT_SECRET", LegacyBackend.jwtSecret());
        return switch (ConfigFile.load(config, environment)) {
            case ConfigFile.Valid valid -> valid.settings();
            case ConfigFile.Invalid invalid -> throw new CommandFailure(ConfigReport.print(invalid.problems()));
        };
    }

    private static String welcome(Gateway gateway, LegacyBackend backend, Mailbox mailbox, Path totp) {
        var alice = LegacyAccounts.ALICE;
        var bob = LegacyAccounts.BOB;
        return """

                Portcullis demo
                  gateway      http://localhost:%1$d
                  in a browser http://localhost:%1$d/app/dashboard (log in as one of the accounts below, then set up 2FA)
                  management   http://localhost:%2$d/health/ready and /metrics
                  backend      http://localhost:%3$d (what the gateway protects; not to be used directly)
                  mailbox      http://localhost:%8$d/mailbox (every mail ends here; /mailbox.json for programs)
                  accounts     %4$s

                Paste these, one after the other (they need curl, sed and grep):

                1. Log in at the legacy backend, through the gateway:
                   TOKEN=$(curl -s http://localhost:%1$d/admin/login -H 'Content-Type: application/json' -d '{"email":"%5$s","password":"%6$s"}' | sed -E 's/.*"token":"([^"]+)".*/\\1/')

                2. The gate is shut until 2FA is on: 403 2FA_MANDATORY
                   curl -i http://localhost:%1$d/admin/metrics -H "Authorization: Bearer $TOKEN"

                3. Set up and confirm; the code is what an app on a phone would show:
                   SECRET=$(curl -s -X POST http://localhost:%1$d/auth/mfa/setup/start -H "Authorization: Bearer $TOKEN" | sed -E 's/.*"secret":"([^"]+)".*/\\1/'); curl -s http://localhost:%1$d/auth/mfa/setup/confirm -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d "{\\"code\\":\\"$(%7$s $SECRET)\\"}"

                4. The same token is let through at once:
                   curl -i http://localhost:%1$d/admin/metrics -H "Authorization: Bearer $TOKEN"

                5. Bob has no app: his code comes by mail, into the mailbox, and this reads it there:
                   TOKEN=$(curl -s http://localhost:%1$d/admin/login -H 'Content-Type: application/json' -d '{"email":"%9$s","password":"%10$s"}' | sed -E 's/.*"token":"([^"]+)".*/\\1/'); curl -s http://localhost:%1$d/auth/mfa/setup/start -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"method":"email"}'; CODE=$(curl -s http://localhost:%8$d/mailbox.json | grep -oE '[0-9]{6}' | head -1); curl -s http://localhost:%1$d/auth/mfa/setup/confirm -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d "{\\"code\\":\\"$CODE\\"}"

                Ctrl-C stops everything and leaves nothing behind.
                """.formatted(
                        gateway.port(),
                        gateway.managementPort(),
                        backend.port(),
                        accounts(),
                        alice.email(),
                        alice.password(),
                        totp,
                        mailbox.port(),
                        bob.email(),
                        bob.password());
    }

    private static String accounts() {
        return String.join(
                "\n               ",
                LegacyAccounts.ALL.stream()
                        .map(account -> "%s / %s (%s)".formatted(account.email(), account.password(), account.role()))
                        .toList());
    }
}
