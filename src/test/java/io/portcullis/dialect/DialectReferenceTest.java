package io.portcullis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of operations in the page on dialects. */
class DialectReferenceTest {
    private static final Path PAGE = Path.of("docs/dialects.md");
    private static final String BEGIN = "<!-- operations -->\n";
    private static final String END = "<!-- /operations -->\n";

    /** With {@code -Dupdate=true} the page is written instead. */
    @Test
    void theTableIsThatOfTheCatalogue() throws IOException {
        var page = Files.readString(PAGE);
        var before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        var after = page.substring(page.indexOf(END));
        var expected = before + table() + after;
        if (Boolean.getBoolean("update")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE))
                .as("made anew by: mvn -q test -Dtest=DialectReferenceTest -Dupdate=true")
                .isEqualTo(expected);
    }

    private static String table() {
        return "| operation | arguments | outcomes and their values |\n|---|---|---|\n"
                + Catalogue.OPERATIONS.all().stream()
                        .map(DialectReferenceTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(OperationSpec operation) {
        return "| **`" + operation.name() + "`** " + operation.about() + " | "
                + operation.parameters().values().stream()
                        .map(DialectReferenceTest::argument)
                        .collect(Collectors.joining(", "))
                + " | "
                + operation.outcomes().values().stream()
                        .map(DialectReferenceTest::outcome)
                        .collect(Collectors.joining("; "))
                + " |\n";
    }

    private static String argument(Parameter parameter) {
        var name = '`' + parameter.name() + '`';
        return parameter.required() ? name : '[' + name + ']';
    }

    private static String outcome(OperationSpec.Outcome outcome) {
        var values = outcome.kind() == OperationSpec.Kind.REDIRECT ? "a redirect" : values(outcome.values());
        var status =
                outcome.status() == 200 || outcome.kind() == OperationSpec.Kind.REDIRECT ? "" : " " + outcome.status();
        var needs = outcome.needs().keySet().stream()
                .map(name -> " with `" + name + "`")
                .collect(Collectors.joining());
        return "`" + outcome.name() + "`" + status + needs + (values.isEmpty() ? "" : ": " + values);
    }

    private static String values(Shape shape) {
        return shape.names().stream()
                .map(name -> '`'
                        + name
                        + '`'
                        + (shape.at(java.util.List.of(name)).orElseThrow().optional() ? "?" : ""))
                .collect(Collectors.joining(", "));
    }
}
