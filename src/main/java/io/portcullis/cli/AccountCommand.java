package io.portcullis.cli;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.operator.LogoutAccount;
import io.portcullis.domain.operator.Operator;
import io.portcullis.domain.operator.ResetAccount;
import io.portcullis.domain.operator.UnlockAccount;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis account}: people's second factors in an operator's hands. */
@Command(
        name = "account",
        description =
                "Shows, resets, unlocks and logs out accounts, and keeps the gateway's own; while the gateway runs"
                        + " or not.",
        subcommands = {
            AccountAddCommand.class,
            AccountListCommand.class,
            AccountPasswordCommand.class,
            AccountRoleCommand.class,
            AccountRemoveCommand.class,
            AccountShowCommand.class,
            AccountCommand.Reset.class,
            AccountCommand.Unlock.class,
            AccountCommand.Logout.class
        })
final class AccountCommand {
    /** A change of one account. */
    abstract static class Change implements Callable<Integer> {
        @Mixin
        private ConfigOption config = new ConfigOption();

        @Mixin
        private ActorOption actor = new ActorOption();

        @Parameters(index = "0", paramLabel = "REALM", description = "The realm of the account.")
        private String realm = "";

        @Parameters(index = "1", paramLabel = "SUBJECT", description = "Its id there.")
        private String subject = "";

        @Spec
        private CommandSpec spec = CommandSpec.create();

        abstract Said change(OperatorStores.Ports ports, Account account, Operator operator);

        /** {@code told}: whether every instance knows. */
        record Said(String text, boolean told) {}

        @Override
        public Integer call() {
            var operator = actor.operator();
            var account = account(realm, subject);
            try (var stores = OperatorStores.open(config.settings())) {
                var said = stores.ask(ports -> known(() -> change(ports, account, operator)));
                spec.commandLine().getOut().println(printable(realm + "/" + subject) + " " + said.text());
                if (!said.told()) {
                    spec.commandLine()
                            .getErr()
                            .println("warning: Redis does not answer, so the gateways were not told; they notice within"
                                    + " 10 seconds");
                }
            }
            return 0;
        }
    }

    static Account account(String realm, String subject) {
        if (realm.isEmpty() || subject.isEmpty()) {
            throw new CommandFailure("an account has a REALM and a SUBJECT");
        }
        return new Account(realm, subject);
    }

    /** That there is none becomes a {@link CommandFailure}. */
    static <T> T known(Supplier<T> question) {
        try {
            return question.get();
        } catch (Refused refused) {
            if (refused.problem() instanceof Problem.NoRoute) {
                throw new CommandFailure(
                        "no such account; name its realm and its subject, which 'account show --query' finds");
            }
            throw refused;
        }
    }

    /** A terminal would do what a subject tells it. */
    static String printable(String text) {
        return text.replaceAll("\\p{C}", "?");
    }

    /** {@code portcullis account reset}. */
    @Command(
            name = "reset",
            description =
                    "For a lost phone: erases the second factor and its recovery codes, lifts a lock and ends every"
                            + " session. The person sets up anew. Make sure first that it is the person who asks.")
    static final class Reset extends Change {
        @Override
        Said change(OperatorStores.Ports ports, Account account, Operator operator) {
            var reset = new ResetAccount(ports.directory(), ports.accounts(), ports.sessions(), InstantSource.system());
            return new Said("is reset: no second factor, no session", reset.reset(account, operator));
        }
    }

    /** {@code portcullis account unlock}. */
    @Command(name = "unlock", description = "Forgets the wrong codes of an account, and with them its lock.")
    static final class Unlock extends Change {
        @Override
        Said change(OperatorStores.Ports ports, Account account, Operator operator) {
            var unlock = new UnlockAccount(ports.directory(), ports.accounts(), InstantSource.system());
            return new Said(
                    unlock.unlock(account, operator) ? "is unlocked" : "was not locked, and has no wrong code counted",
                    true);
        }
    }

    /** {@code portcullis account logout}. */
    @Command(name = "logout", description = "Ends every session of an account; its second factor stays.")
    static final class Logout extends Change {
        @Override
        Said change(OperatorStores.Ports ports, Account account, Operator operator) {
            var logout =
                    new LogoutAccount(ports.directory(), ports.accounts(), ports.sessions(), InstantSource.system());
            return new Said("is logged out everywhere", logout.logout(account, operator));
        }
    }
}
