package io.portcullis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each thing that can be wrong with a dialect file, and what people are told: {@code src/test/resources/dialect/problems.txt}. */
class DialectProblemsTest {
    @TempDir
    Path folder;

    /** {@code yaml} is the whole file; {@code name} how the table has it. */
    record Wrong(String name, String yaml, List<String> problems) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Wrong> table() throws IOException {
        var table = new ArrayList<Wrong>();
        try (var file =
                Objects.requireNonNull(DialectProblemsTest.class.getResourceAsStream("/dialect/problems.txt"))) {
            for (var line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("    ")) {
                    table.getLast().problems().add(line.strip());
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    table.add(new Wrong(line, yaml(line), new ArrayList<>()));
                }
            }
        }
        return table;
    }

    /** A line is a route of {@code own.yaml}, or two with {@code \n} between them; after {@code @} it is the whole file. */
    private static String yaml(String line) {
        return line.startsWith("@")
                ? line.substring(1).replace("\\n", "\n") + "\n"
                : DialectFiles.withRoutes(line.split("\\\\n", -1));
    }

    @ParameterizedTest
    @MethodSource("table")
    void isToldWithItsPlace(Wrong wrong) {
        assertThat(DialectFiles.problems(folder, wrong.yaml())).isEqualTo(wrong.problems());
    }

    @Test
    void theTableIsRead() throws IOException {
        assertThat(table())
                .hasSizeGreaterThan(70)
                .allSatisfy(wrong -> assertThat(wrong.problems()).isNotEmpty());
    }

    @Test
    void anOperationThatResemblesNoneIsToldThemAll() {
        assertThat(DialectFiles.problems(
                        folder, DialectFiles.withRoutes("{ method: POST, path: /a, operation: insult }")))
                .containsExactly("4:42: /routes/0/operation: there is no operation insult; there is "
                        + String.join(", ", Catalogue.OPERATIONS.names()));
    }

    @Test
    void nothingAFileHoldsMakesTheReaderThrow() {
        for (var wrong : List.of(
                "",
                "\0",
                "[",
                "- a",
                "name: own\nbase: /own\nroutes: {}\n",
                "name: own\nbase: /own\nroutes: [a, [], {}]\n",
                DialectFiles.withRoutes("{ method: POST, path: /a, operation: {}, arguments: [], answers: 5 }"),
                DialectFiles.withRoutes("{ method: POST, path: /a, cases: [a, {}, { when: {}, operation: logout }] }"),
                DialectFiles.withRoutes(
                        "{ method: GET, path: /a, operation: me, answers: { me: { body: { a: !x b } } } }"),
                DialectFiles.withRoutes(
                        "&a { method: GET, path: /a, operation: me, answers: { me: { body: *a } } }"))) {
            assertThat(DialectFiles.problems(folder, wrong)).as(wrong).isNotEmpty();
        }
    }
}
