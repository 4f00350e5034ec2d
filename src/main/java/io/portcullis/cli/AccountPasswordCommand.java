package io.portcullis.cli;

import io.portcullis.adapter.crypto.HashThreads;
import io.portcullis.adapter.password.PasswordHasher;
import io.portcullis.adapter.postgres.PostgresLocalAccounts;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.operator.ChangePassword;
import io.portcullis.domain.operator.Operator;
import java.security.SecureRandom;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portcullis account password}. */
@Command(
        name = "password",
        description = "Gives an account of the gateway's own another password, and ends every session of it.")
final class AccountPasswordCommand extends AccountCommand.Change {
    @Mixin
    private NewPasswordInput password = new NewPasswordInput();

    @Override
    Said change(OperatorStores.Ports ports, Account account, Operator operator) {
        OwnRealms.check(ports.settings(), account.realm());
        var known = new PostgresLocalAccounts(ports.postgres())
                .find(account)
                .orElseThrow(() -> new Refused(new Problem.NoRoute()));
        var change = new ChangePassword(
                ports.directory(),
                ports.accounts(),
                ports.sessions(),
                new PasswordHasher(new HashThreads(1), new SecureRandom()),
                InstantSource.system());
        var chosen = password.read(known.email());
        return new Said("has another password, and no session", change.change(account, chosen, operator));
    }
}
