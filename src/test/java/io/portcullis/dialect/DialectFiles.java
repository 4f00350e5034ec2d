package io.portcullis.dialect;

import io.portcullis.yaml.ConfigReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Dialect files as texts, and what became of them. */
final class DialectFiles {
    private DialectFiles() {}

    /** {@code own.yaml} with these routes, each a line. */
    static String withRoutes(String... routes) {
        return "name: own\nbase: /own\nroutes:\n  - " + String.join("\n  - ", routes) + "\n";
    }

    static DialectFile load(Path folder, String yaml) {
        try {
            return DialectFile.load(Files.writeString(folder.resolve("own.yaml"), yaml));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    static Dialect valid(Path folder, String yaml) {
        return switch (load(folder, yaml)) {
            case DialectFile.Valid valid -> valid.dialect();
            case DialectFile.Invalid invalid -> throw new AssertionError(ConfigReport.print(invalid.problems()));
        };
    }

    /** How the first route of a file answers an outcome. */
    static Route.Answer answer(Path folder, String yaml, String outcome) {
        var one = valid(folder, yaml).routes().getFirst().cases().getFirst();
        return Optional.ofNullable(one.answers().get(outcome)).orElseThrow();
    }

    /** Each as {@code 4:5: /routes/0: needs an operation}, without the file's name. */
    static List<String> problems(Path folder, String yaml) {
        return switch (load(folder, yaml)) {
            case DialectFile.Valid valid -> List.of();
            case DialectFile.Invalid invalid ->
                ConfigReport.print(invalid.problems())
                        .lines()
                        .map(line -> line.substring(line.indexOf("own.yaml:") + "own.yaml:".length()))
                        .toList();
        };
    }
}
