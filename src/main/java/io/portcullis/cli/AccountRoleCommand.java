package io.portcullis.cli;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.operator.ChangeRole;
import io.portcullis.domain.operator.Operator;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code portcullis account role}. */
@Command(
        name = "role",
        description = "Gives an account of the gateway's own another role, and ends every session of it.")
final class AccountRoleCommand extends AccountCommand.Change {
    @Parameters(index = "2", paramLabel = "ROLE", description = "The role from now on.")
    private String role = "";

    @Override
    Said change(OperatorStores.Ports ports, Account account, Operator operator) {
        OwnRealms.check(ports.settings(), account.realm());
        if (!role.matches("[^\\s\\p{C}]{1,64}")) {
            throw new CommandFailure("a role is 1 to 64 characters without spaces");
        }
        var change = new ChangeRole(ports.directory(), ports.accounts(), ports.sessions(), InstantSource.system());
        return new Said("has the role " + role + ", and no session", change.change(account, role, operator));
    }
}
