package io.portcullis.cli;

import io.portcullis.dialect.Dialect;
import io.portcullis.dialect.DialectFile;
import io.portcullis.dialect.Dialects;
import io.portcullis.dialect.Route;
import io.portcullis.yaml.ConfigProblem;
import io.portcullis.yaml.ConfigReport;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis dialect}: which routes of which frontends are served. */
@Command(
        name = "dialect",
        description = "Checks a dialect file, and shows which routes are served by which operation.",
        subcommands = {DialectCommand.Check.class, DialectCommand.Routes.class})
final class DialectCommand {
    /** {@code portcullis dialect check}. */
    @Command(
            name = "check",
            description = "Checks a dialect file; prints every problem with its place and exits with 1.")
    static final class Check implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "FILE", description = "The dialect file.")
        private Path file = Path.of("");

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            var problems = problems(file);
            if (!problems.isEmpty()) {
                throw new CommandFailure(ConfigReport.print(problems));
            }
            spec.commandLine().getOut().println(file + ": no problem found");
            return 0;
        }
    }

    private static List<ConfigProblem> problems(Path file) {
        return switch (DialectFile.load(file)) {
            case DialectFile.Invalid invalid -> invalid.problems();
            case DialectFile.Valid valid ->
                Dialects.with(List.of(valid.dialect())).clashes().stream()
                        .map(clash -> new ConfigProblem(
                                file,
                                clash.route().place().line(),
                                clash.route().place().column(),
                                "",
                                clash.message()))
                        .toList();
        };
    }

    /** {@code portcullis dialect routes}. */
    @Command(name = "routes", description = "Prints every route with its operations and the dialect that has it.")
    static final class Routes implements Callable<Integer> {
        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                description = "Those that this config file serves; default: the gateway's own and all of the jar.")
        private @Nullable Path config;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            var dialects = config == null
                    ? Dialects.SHIPPED.stream().map(DialectFile::builtIn).toList()
                    : ConfigOption.settings(config).dialects();
            table(Dialects.with(dialects)).forEach(spec.commandLine().getOut()::println);
            return 0;
        }
    }

    private record Row(String method, String path, String operations, String dialect) {
        static Row of(Dialect dialect, Route route) {
            var operations = route.cases().stream()
                    .map(one -> one.operation().name())
                    .distinct()
                    .collect(Collectors.joining(", "));
            return new Row(route.method(), route.path(), operations, dialect.name());
        }
    }

    private static List<String> table(Dialects dialects) {
        var rows = dialects.all().stream()
                .flatMap(dialect -> dialect.routes().stream().map(route -> Row.of(dialect, route)))
                .sorted(Comparator.comparing(Row::path).thenComparing(Row::method))
                .toList();
        int path = rows.stream().mapToInt(row -> row.path().length()).max().orElse(1);
        int operations =
                rows.stream().mapToInt(row -> row.operations().length()).max().orElse(1);
        return rows.stream()
                .map(row -> ("%-6s  %-" + path + "s  %-" + operations + "s  %s")
                        .formatted(row.method(), row.path(), row.operations(), row.dialect()))
                .toList();
    }
}
