package io.portcullis.cli;

import io.portcullis.adapter.postgres.PostgresLocalAccounts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis account list}. */
@Command(name = "list", description = "Lists the accounts that the gateway keeps itself in a realm, by their e-mails.")
final class AccountListCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Parameters(index = "0", paramLabel = "REALM", description = "The realm.")
    private String realm = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var settings = config.settings();
        OwnRealms.check(settings, realm);
        try (var stores = OperatorStores.open(settings)) {
            var accounts = stores.ask(ports -> new PostgresLocalAccounts(ports.postgres()).all(realm));
            accounts.forEach(account -> spec.commandLine()
                    .getOut()
                    .println(AccountCommand.printable("%s/%s  %s  %s"
                            .formatted(realm, account.account().subject(), account.email(), account.role()))));
        }
        return 0;
    }
}
