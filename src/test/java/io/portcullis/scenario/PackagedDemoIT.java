package io.portcullis.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.Program;
import io.portcullis.testing.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code portcullis-demo.jar demo}: what it prints works when it is pasted, and nothing of it is left behind. */
class PackagedDemoIT {
    private static final Pattern STEP = Pattern.compile("(?m)^\\d\\. .*\\n +(\\S.*)$");

    /** The block of the README that reads a code from the mailbox. */
    private static final Pattern WALK = Pattern.compile("(?ms)^```sh\\n((?:(?!^```).)*?/mailbox\\.json.*?)^```$");

    @TempDir
    private Path temporary;

    @BeforeEach
    void letTheDatabaseIn() throws IOException {
        // The embedded PostgreSQL refuses to run as root and then runs as somebody else.
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Whoever deletes the folder before takes away what its servers are stopped by, and they run for ever. */
    @AfterEach
    void awaitTheEndOfItsServers() throws Exception {
        Await.until("its servers are gone", () -> servers().isEmpty());
    }

    @Test
    void theFiveStepsWorkAndCtrlCLeavesNothing() throws Exception {
        try (var demo = demo()) {
            demo.awaitOutput("Ctrl-C stops everything");
            var steps = STEP.matcher(demo.output())
                    .results()
                    .map(step -> step.group(1))
                    .toList();
            assertThat(steps).hasSize(5);

            var pasted = pasted(steps);
            assertThat(pasted.get(0)).isBlank();
            assertThat(pasted.get(1)).contains("403 Forbidden").contains("\"code\":\"2FA_MANDATORY\"");
            assertThat(pasted.get(2)).contains("\"enabled\":true").contains("\"recoveryCodes\"");
            assertThat(pasted.get(3)).contains("200 OK").contains("\"email\":\"alice@example.com\"");
            assertThat(pasted.get(4)).contains("\"sent\":true").contains("\"enabled\":true");
            assertThat(fetched(demo.awaitOutput("mailbox +(http\\S+)").group(1)))
                    .contains("<td>bob@example.com</td>")
                    .containsPattern("<iframe sandbox=\"\" [^>]*\\b\\d{6}\\b");

            assertThat(servers())
                    .anyMatch(command -> command.endsWith("/postgres"))
                    .anyMatch(command -> command.contains("redis"));
            Signals.interrupt(Stream.of(demo.handle()));
            demo.awaitExit();
            Await.until("its servers are gone", () -> servers().isEmpty());
            Await.until("its files are gone", () -> left().isEmpty());
        }
    }

    /** What curl reads there. */
    private static String fetched(String url) throws Exception {
        try (var curl = Program.run(Map.of(), "curl", "-s", url)) {
            assertThat(curl.awaitExit()).isZero();
            return curl.output();
        }
    }

    @Test
    void theWalkThroughOfTheReadmeSetsUpByEmail() throws Exception {
        try (var demo = demo()) {
            var gateway = demo.awaitOutput("gateway +(http\\S+)").group(1);
            var mailbox = demo.awaitOutput("mailbox +(http\\S+)/mailbox ").group(1);
            var walk = WALK.matcher(Files.readString(Path.of("README.md")));
            assertThat(walk.find()).isTrue();
            var script =
                    walk.group(1).replace("http://localhost:8080", gateway).replace("http://localhost:8025", mailbox);
            try (var shell = Program.run(Map.of(), "bash", "-c", script)) {
                assertThat(shell.awaitExit()).isZero();
                assertThat(shell.output())
                        .containsSubsequence("\"sent\":true", "\"enabled\":true", "\"recoveryCodes\"", "\"visitors\"");
            }
        }
    }

    @Test
    void theProductionJarHasNoMailServer() throws Exception {
        assertThat(mailServerClasses("portcullis.demo.jar")).isNotEmpty();
        assertThat(mailServerClasses("portcullis.jar")).isEmpty();
    }

    private static List<String> mailServerClasses(String property) throws IOException {
        try (var jar = new JarFile(System.getProperty(property))) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name ->
                            name.matches("(org/subethamail|jakarta|org/eclipse/angus|com/github/davidmoten)/.*"))
                    .toList();
        }
    }

    private Program demo() throws IOException {
        return Program.jar(
                "portcullis.demo.jar",
                temporary,
                Map.of(),
                "demo",
                "--port",
                "0",
                "--management-port",
                "0",
                "--backend-port",
                "0",
                "--mailbox-port",
                "0");
    }

    /** What each step printed, all of them in one shell. */
    private static List<String> pasted(List<String> steps) throws Exception {
        var script = String.join("\necho '=== next'\n", steps);
        try (var shell = Program.run(Map.of(), "bash", "-c", script)) {
            assertThat(shell.awaitExit()).isZero();
            return List.of(shell.output().split("=== next\n", -1));
        }
    }

    /** The programs that run out of the temporary directory: the demo unpacks its servers there. */
    private List<String> servers() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().command().stream())
                .filter(command -> command.startsWith(temporary.toString()))
                .toList();
    }

    private List<Path> left() throws IOException {
        try (var files = Files.list(temporary)) {
            return files.toList();
        }
    }
}
