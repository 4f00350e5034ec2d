package io.portcullis.cli;

import io.portcullis.server.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "portcullis",
        description = "An auth gateway: mandatory two-factor authentication for an existing admin backend.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        subcommands = {
            ServeCommand.class,
            CheckCommand.class,
            DemoCommand.class,
            KeysCommand.class,
            AuditCommand.class,
            AccountCommand.class,
            UsageCommand.class,
            DialectCommand.class,
            TotpCommand.class,
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        configureLog();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return commandLine(new ImportCommand(ImportIntoDatabase::open));
    }

    /** One whose accounts are imported elsewhere. */
    static CommandLine commandLine(ImportCommand imports) {
        var commands = new CommandLine(new Main()).addSubcommand(imports);
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
