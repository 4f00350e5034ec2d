package io.portcullis.cli;

import io.portcullis.adapter.crypto.HashThreads;
import io.portcullis.adapter.password.PasswordHasher;
import io.portcullis.adapter.postgres.PostgresLocalAccounts;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.operator.AddAccount;
import io.portcullis.domain.operator.Operator;
import io.portcullis.domain.password.NewPassword;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code portcullis account add}. */
@Command(name = "add", description = "Adds an account of the gateway's own, and asks for its password.")
final class AccountAddCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private ActorOption actor = new ActorOption();

    @Mixin
    private NewPasswordInput password = new NewPasswordInput();

    @Option(
            names = "--realm",
            required = true,
            paramLabel = "REALM",
            description = "The realm of a source of type accounts in the config file.")
    private String realm = "";

    @Option(names = "--email", required = true, paramLabel = "EMAIL", description = "What they log in with.")
    private String email = "";

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "Their role.")
    private String role = "";

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "Their id, where the backend knows them by one already; left out: a random one.")
    private @Nullable String subject;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var operator = actor.operator();
        var settings = config.settings();
        OwnRealms.check(settings, realm);
        var account = AccountCommand.account(
                realm,
                Optional.ofNullable(subject).orElseGet(() -> UUID.randomUUID().toString()));
        var chosen = password.read(email);
        try (var stores = OperatorStores.open(settings)) {
            stores.ask(ports -> add(ports, account, chosen, operator));
        }
        spec.commandLine()
                .getOut()
                .println(AccountCommand.printable(account.realm() + "/" + account.subject()) + " is added");
        return 0;
    }

    private Account add(OperatorStores.Ports ports, Account account, NewPassword chosen, Operator operator) {
        var random = new SecureRandom();
        var add = new AddAccount(
                ports.accounts(), new PasswordHasher(new HashThreads(1), random), InstantSource.system());
        try {
            if (!add.add(account, email.strip(), role, chosen, operator)) {
                throw new CommandFailure(taken(ports, account));
            }
            return account;
        } catch (IllegalArgumentException outOfBounds) {
            throw new CommandFailure(String.valueOf(outOfBounds.getMessage()));
        }
    }

    private String taken(OperatorStores.Ports ports, Account account) {
        return new PostgresLocalAccounts(ports.postgres())
                .byEmail(account.realm(), email)
                .map(other -> AccountCommand.printable("this e-mail is that of " + realm + "/"
                        + other.account().subject() + " already; give another one, or change that account"))
                .orElseGet(() -> AccountCommand.printable(
                        realm + "/" + account.subject() + " is there already; give another --subject"));
    }
}
