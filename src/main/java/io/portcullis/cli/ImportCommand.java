package io.portcullis.cli;

import io.portcullis.adapter.importing.Import;
import io.portcullis.adapter.importing.ImportFile;
import io.portcullis.adapter.importing.ImportTarget;
import io.portcullis.config.Settings;
import io.portcullis.domain.operator.Operator;
import io.portcullis.domain.session.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis import}. */
@Command(
        name = "import",
        description = "Takes over people who have an authenticator and backup codes in another system (docs/import.md)."
                + " Says what it would do; does it with --apply. Exits with 1 when something is not imported.")
final class ImportCommand implements Callable<Integer> {
    private final BiFunction<Settings, Operator, OpenTarget> targets;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private ActorOption actor = new ActorOption();

    @Option(
            names = {"-f", "--format"},
            required = true,
            paramLabel = "csv|json",
            converter = FormatName.class,
            description = "How FILE is written.")
    private ImportFile.Format format = ImportFile.Format.CSV;

    @Option(names = "--apply", description = "Writes. Without it nothing is written.")
    private boolean apply;

    @Parameters(paramLabel = "FILE", description = "What to import, in UTF-8. It holds secrets: delete it afterwards.")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Enum names in lower case. */
    static final class FormatName implements CommandLine.ITypeConverter<ImportFile.Format> {
        @Override
        public ImportFile.Format convert(String name) {
            return switch (name) {
                case "csv" -> ImportFile.Format.CSV;
                case "json" -> ImportFile.Format.JSON;
                default -> throw new CommandLine.TypeConversionException("it is csv or json");
            };
        }
    }

    /** A target with its connections, which the command closes. */
    interface OpenTarget extends ImportTarget, AutoCloseable {
        @Override
        void close();
    }

    ImportCommand(BiFunction<Settings, Operator, OpenTarget> targets) {
        this.targets = targets;
    }

    @Override
    public Integer call() {
        var operator = actor.operator();
        var settings = config.settings();
        var content = read(realms(settings));
        try (var target = targets.apply(settings, operator)) {
            var report = new Import(target).run(content, !apply);
            report.lines().forEach(spec.commandLine().getOut()::println);
            return report.complete() ? 0 : 1;
        }
    }

    private ImportFile read(Set<String> realms) {
        try (var bytes = Files.newInputStream(file)) {
            return ImportFile.read(bytes, format, realms);
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be read: " + e.getMessage());
        }
    }

    private static Set<String> realms(Settings settings) {
        return settings.identity().stream().map(SourceSettings::realm).collect(Collectors.toUnmodifiableSet());
    }
}
