package io.portcullis.cli;

import io.portcullis.server.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "portcullis",
        description = "An auth gateway: mandatory two-factor authentication for an existing admin backend.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Main.Version.class)
public final class Main {
    private static final List<Class<?>> COMMANDS = List.of(
            ServeCommand.class,
            CheckCommand.class,
            DemoCommand.class,
            KeysCommand.class,
            AuditCommand.class,
            AccountCommand.class,
            UsageCommand.class,
            DialectCommand.class,
            TotpCommand.class);

    private Main() {}

    public static void main(String[] args) {
        configureLog();
        System.exit(commandLine(asked(args)).execute(args));
    }

    static CommandLine commandLine() {
        return commandLine(new ImportCommand(ImportIntoDatabase::open));
    }

    /** One whose accounts are imported elsewhere. */
    static CommandLine commandLine(ImportCommand imports) {
        return commandLine(all(imports));
    }

    private static List<?> all(ImportCommand imports) {
        return Stream.<Object>concat(COMMANDS.stream(), Stream.of(imports)).toList();
    }

    /** Only the command that is asked for, where there is one: to look at all of them is a fifth of a start. */
    private static List<?> asked(String[] args) {
        var asked = COMMANDS.stream()
                .filter(command -> args.length > 0
                        && command.getAnnotation(Command.class).name().equals(args[0]))
                .toList();
        return asked.isEmpty() ? all(new ImportCommand(ImportIntoDatabase::open)) : asked;
    }

    private static CommandLine commandLine(List<?> subcommands) {
        var commands = new CommandLine(new Main());
        subcommands.forEach(commands::addSubcommand);
        return commands.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof CommandFailure || failure instanceof StartFailure) {
                command.getErr().println(failure.getMessage());
                return 1;
            }
            throw failure;
        });
    }

    /** One line an event, on standard error. */
    private static void configureLog() {
        try (var settings = Main.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"portcullis " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
