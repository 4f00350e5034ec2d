package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.importing.ImportedAccount;
import io.portcullis.adapter.importing.InMemoryTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final InMemoryTarget target = new InMemoryTarget();

    @TempDir
    private Path folder = Path.of("");

    private boolean closed;

    @BeforeEach
    void writeConfig() throws IOException {
        Files.writeString(folder.resolve("portcullis.yaml"), """
                server: { publicUrl: https://admin.example.com }
                upstreams:
                  legacy: { url: "http://127.0.0.1:1" }
                identity:
                  - name: admin
                    type: jwt
                    algorithm: HS256
                    secret: 0123456789abcdef0123456789abcdef
                    claims: { subject: sub }
                rules:
                  - { path: /**, access: deny }
                """);
    }

    @Test
    void nothingIsWrittenWithoutApply() throws IOException {
        var csv = file("people.csv", "realm,subject,totp_secret\nadmin,42," + SECRET + "\n");
        assertThat(run("csv", csv)).startsWith("0 would import 1,").contains("dry run");
        assertThat(target.accounts()).isEmpty();
        assertThat(closed).isTrue();
        assertThat(run("csv", csv, "--apply")).startsWith("0 imported 1,");
        assertThat(target.accounts()).hasSize(1);
        assertThat(run("csv", csv, "--apply")).startsWith("0 imported 0, already there 1,");
    }

    @Test
    void whatCannotBeImportedIsToldAndExitsWithOne() throws IOException {
        var json = file("people.json", """
                {"realm": "admin", "subject": "42", "totp_secret": "%s"}
                {"realm": "users", "subject": "43", "totp_secret": "%s"}
                """.formatted(SECRET, SECRET));
        assertThat(run("json", json, "--apply"))
                .startsWith("1 line 2: realm is none that the config file names")
                .contains("imported 1,")
                .doesNotContain(SECRET);
    }

    @Test
    void aFileThatIsNotThereAndAnUnknownFormatAreToldApart() throws IOException {
        assertThat(run("csv", folder.resolve("none.csv"))).startsWith("1 ").contains("cannot be read");
        assertThat(run("xml", file("people.xml", "<x/>"))).startsWith("2 ").contains("csv or json");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private final class Target implements ImportCommand.OpenTarget {
        @Override
        public Result put(ImportedAccount account, boolean dryRun) {
            return target.put(account, dryRun);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** The exit code and what was printed. */
    private String run(String format, Path file, String... more) {
        var printed = new StringWriter();
        var arguments = new java.util.ArrayList<>(java.util.List.of(
                "import", "--config", folder.resolve("portcullis.yaml").toString(), "--format", format));
        arguments.addAll(java.util.List.of(more));
        arguments.add(file.toString());
        var commands = Main.commandLine(new ImportCommand((settings, operator) -> new Target()));
        int exit = commands.setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute(arguments.toArray(String[]::new));
        return exit + " " + printed.toString().strip();
    }
}
