package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialectCommandTest {
    private static final String OWN = """
            name: own
            base: /own
            routes:
              - method: POST
                path: /enable
                cases:
                  - { when: /code, operation: confirmSetup, arguments: { code: /code } }
                  - { operation: startSetup }
              - { method: GET, path: /enable, operation: status }
            """;

    @TempDir
    private Path folder = Path.of("");

    private record Result(int exit, String out, String err) {}

    private static Result run(Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Result(exit, out.toString(), err.toString());
    }

    private Path own(String yaml) throws IOException {
        Files.createDirectories(folder.resolve("dialects"));
        return Files.writeString(folder.resolve("dialects/own.yaml"), yaml);
    }

    @Test
    void aFileWithoutProblems() throws IOException {
        var file = own(OWN);
        assertThat(run("dialect", "check", file))
                .isEqualTo(new Result(0, file + ": no problem found" + System.lineSeparator(), ""));
    }

    @Test
    void everyProblemOfAFileIsPrintedWithItsPlace() throws IOException {
        var file = own(OWN.replace("startSetup", "startSetp").replace("operation: status", "operation: login"));
        var result = run("dialect", "check", file);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .containsExactly(
                        file + ":8:22: /routes/0/cases/1/operation: there is no operation startSetp; did you mean"
                                + " startSetup?",
                        file + ":9:5: /routes/1/arguments: login needs the argument email; say where a request has it",
                        file
                                + ":9:5: /routes/1/arguments: login needs the argument password; say where a request has it",
                        file + ":9:46: /routes/1/operation: login changes something, and any page can lead a browser to"
                                + " a GET; use POST, PUT, PATCH or DELETE");
    }

    @Test
    void aRouteThatTheGatewayHasItself() throws IOException {
        var file = own(OWN.replace("/own", "/auth").replace("GET, path: /enable", "GET, path: /me"));
        var result = run("dialect", "check", file);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith(file + ":9:5: GET /auth/me of " + file
                        + " (line 9) is for the same requests as GET /auth/me of portcullis (line ");
    }

    @Test
    void aFileThatIsNotThere() {
        var file = folder.resolve("none.yaml");
        assertThat(run("dialect", "check", file).exit()).isEqualTo(1);
        assertThat(run("dialect", "check", file).err()).contains(file + ":1:1: there is no such file; check the path");
        assertThat(run("dialect", "check").exit()).isEqualTo(2);
    }

    @Test
    void routesOfTheJarInOneTable() {
        var result = run("dialect", "routes");
        assertThat(result.exit()).isZero();
        assertThat(result.out().lines().map(line -> line.replaceAll(" {2,}", " | ")))
                .contains(
                        "GET | /.well-known/portcullis/jwks.json | assertionKeys | well-known",
                        "POST | /auth/login | login | portcullis",
                        "POST | /api/admin/auth/2fa/enable | confirmSetup, startSetup | admin-email",
                        "POST | /api/v1/better-auth/mfa/verify | proveCode | better-auth",
                        "POST | /api/v1/auth/login | login | three-state",
                        "POST | /api/2fa/verify-login | verify | two-factor")
                .isSortedAccordingTo(java.util.Comparator.comparing((String line) -> line.split(" \\| ", 4)[1])
                        .thenComparing(line -> line.split(" \\| ", 4)[0]));
        assertThat(result.out().lines().map(line -> line.indexOf(" /"))).containsOnly(7);
    }

    @Test
    void routesThatAConfigFileServes() throws IOException {
        own(OWN);
        var config = Files.writeString(folder.resolve("portcullis.yaml"), """
                server: { publicUrl: https://admin.example.com }
                upstreams: { legacy: { url: http://127.0.0.1:9000 } }
                rules: [{ path: /**, access: public }]
                dialects: [own]
                """);
        var result = run("dialect", "routes", "--config", config);
        assertThat(result.exit()).isZero();
        assertThat(result.out().lines().map(line -> line.replaceAll(" {2,}", " | ")))
                .contains(
                        "GET | /own/enable | status | own",
                        "POST | /own/enable | confirmSetup, startSetup | own",
                        "POST | /auth/login | login | portcullis")
                .noneMatch(line -> line.endsWith("| two-factor"));
        own(OWN.replace("startSetup", "startSetp"));
        assertThat(run("dialect", "routes", "--config", config))
                .isEqualTo(new Result(
                        1,
                        "",
                        folder.toAbsolutePath().resolve("dialects/own.yaml")
                                + ":8:22: /routes/0/cases/1/operation: there is no operation startSetp; did you mean"
                                + " startSetup?" + System.lineSeparator()));
        assertThat(run("check", "--config", config).err()).contains("dialects/own.yaml:8:22: ");
    }
}
