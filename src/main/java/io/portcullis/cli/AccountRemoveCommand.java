package io.portcullis.cli;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.operator.Operator;
import io.portcullis.domain.operator.RemoveAccount;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code portcullis account remove}. */
@Command(
        name = "remove",
        description = "Removes an account of the gateway's own with its second factor, and ends every session of it.")
final class AccountRemoveCommand extends AccountCommand.Change {
    @Option(names = "--yes", description = "That this is meant: there is no way back.")
    private boolean confirmed;

    @Override
    Said change(OperatorStores.Ports ports, Account account, Operator operator) {
        OwnRealms.check(ports.settings(), account.realm());
        if (!confirmed) {
            throw new CommandFailure("nothing was removed; to remove this account for good, say so with --yes");
        }
        var remove = new RemoveAccount(ports.directory(), ports.accounts(), ports.sessions(), InstantSource.system());
        return new Said("is removed", remove.remove(account, operator));
    }
}
