package io.portcullis.cli;

import io.portcullis.adapter.postgres.LegacyChanges;
import io.portcullis.adapter.postgres.PostgresAuditLog;
import io.portcullis.config.Settings;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.legacy.LegacyBacklog.Backlog;
import io.portcullis.domain.operator.AccountDirectory;
import io.portcullis.domain.operator.AccountSummary;
import io.portcullis.domain.operator.LookUpAccounts;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis account show}. */
@Command(name = "show", description = "Shows one account with its last events, or lists those that a text is in.")
final class AccountShowCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Parameters(index = "0", arity = "0..1", paramLabel = "REALM", description = "The realm of the account.")
    private @Nullable String realm;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SUBJECT", description = "Its id there.")
    private @Nullable String subject;

    @Option(
            names = {"-q", "--query"},
            paramLabel = "TEXT",
            description = "Instead of SUBJECT: lists accounts with TEXT in their e-mail or their id, at most "
                    + AccountDirectory.LARGEST_LIMIT + ".")
    private @Nullable String query;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if ((query == null) == (subject == null)) {
            throw new CommandFailure("name REALM and SUBJECT, or --query TEXT");
        }
        var settings = config.settings();
        try (var stores = OperatorStores.open(settings)) {
            return stores.ask(ports -> AccountCommand.known(() -> show(lookUp(ports, settings))));
        }
    }

    private static LookUpAccounts lookUp(OperatorStores.Ports ports, Settings settings) {
        return new LookUpAccounts(
                ports.directory(),
                ports.accounts(),
                ports.sessions(),
                new PostgresAuditLog(ports.postgres()),
                account -> settings.syncedRealms().contains(account.realm())
                        ? Optional.of(new LegacyChanges(ports.postgres()).backlog(account))
                        : Optional.empty(),
                settings.mfa().lockout(),
                InstantSource.system());
    }

    private int show(LookUpAccounts lookUp) {
        var out = spec.commandLine().getOut();
        var of = Optional.ofNullable(realm);
        if (query != null) {
            lookUp.search(query.strip(), of, AccountDirectory.LARGEST_LIMIT).stream()
                    .map(AccountShowCommand::line)
                    .forEach(out::println);
            return 0;
        }
        var account = AccountCommand.account(
                of.orElse(""), Optional.ofNullable(subject).orElse(""));
        print(lookUp.show(account), out);
        return 0;
    }

    private static String line(AccountSummary account) {
        var identity = account.identity();
        return AccountCommand.printable("%s/%s  %s  %s%s%s"
                .formatted(
                        identity.account().realm(),
                        identity.account().subject(),
                        identity.email().orElse("-"),
                        account.state(),
                        account.methods().isEmpty() ? "" : " by " + methods(account),
                        account.locked() ? "  locked" : ""));
    }

    private static void print(LookUpAccounts.Details details, PrintWriter out) {
        var account = details.summary();
        var identity = account.identity();
        print(
                out,
                "account",
                identity.account().realm() + "/" + identity.account().subject());
        print(out, "e-mail", identity.email().orElse("-"));
        print(out, "role", identity.role().orElse("-"));
        print(out, "state", account.state().name());
        print(out, "methods", account.methods().isEmpty() ? "-" : methods(account));
        print(out, "recovery codes", account.recoveryCodesRemaining() + " left");
        print(out, "wrong codes", account.failuresInARow() + " in a row");
        print(out, "locked", lock(account));
        print(out, "sessions", details.sessions().map(Object::toString).orElse("unknown: Redis does not answer"));
        details.sync().ifPresent(sync -> print(out, "legacy record", sync(sync)));
        details.events().forEach(event -> out.println(AuditListCommand.line(event)));
    }

    private static void print(PrintWriter out, String name, String value) {
        out.println("%-16s%s".formatted(name, AccountCommand.printable(value)));
    }

    private static String methods(AccountSummary account) {
        return account.methods().stream().sorted().map(Method::wire).collect(Collectors.joining(", "));
    }

    private static String sync(Backlog sync) {
        return sync.pending() == 0
                ? "in step"
                : "waiting changes: %d, since %s, attempts: %d%s"
                        .formatted(
                                sync.pending(),
                                sync.since().map(Instant::toString).orElse("-"),
                                sync.attempts(),
                                sync.lastError().map(": "::concat).orElse(""));
    }

    private static String lock(AccountSummary account) {
        return account.locked()
                ? account.lockedUntil()
                        .map(Instant::toString)
                        .map("until "::concat)
                        .orElse("until it is unlocked")
                : "no";
    }
}
