package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.config.ConfigFile;
import io.portcullis.demo.LegacyAccounts;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the README tells people to type and to write works as it stands there. */
class ReadmeTest {
    private final String readme = read("README.md");

    @Test
    void theTwoCommandsOnTopAreTheOnesThatTheBuildKnows() {
        var top = blocks("sh")
                .getFirst()
                .lines()
                .map(line -> line.split("#", 2)[0].strip())
                .toList();
        assertThat(top).containsExactly("mvn -q -Pdemo", "mvn -B -ntp verify");
        assertThat(read(".ci/run")).contains("\nmvn -B -ntp verify");
        assertThat(read("pom.xml")).contains("<defaultGoal>process-classes exec:exec</defaultGoal>");
    }

    @Test
    void everyPortcullisCommandIsOneThatTheCommandLineTakes() {
        var commands = blocks("sh").stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.startsWith("portcullis "))
                .toList();
        assertThat(commands).hasSizeGreaterThan(2).allSatisfy(line -> {
            var arguments = line.substring("portcullis ".length()).split(" ", -1);
            assertThat(Main.commandLine().parseArgs(arguments).subcommand()).isNotNull();
        });
    }

    /** The walk-through itself is run by {@code PackagedDemoIT}, on free ports. */
    @Test
    void itsAddressesOfTheDemoAreTheDemosDefaults() {
        var demo = new CommandLine(new DemoCommand()).getCommandSpec();
        assertThat(port(demo, "--port", "PORTCULLIS_PORT")).isEqualTo("8080");
        assertThat(port(demo, "--management-port", "PORTCULLIS_MANAGEMENT_PORT"))
                .isEqualTo("9090");
        assertThat(port(demo, "--backend-port", "DEMO_BACKEND_PORT")).isEqualTo("9000");
        assertThat(port(demo, "--mailbox-port", "DEMO_MAILBOX_PORT")).isEqualTo("8025");
        assertThat(readme).contains("ports 8080, 9090, 9000 and 8025", "http://localhost:8025/mailbox");
        var walk = blocks("sh").stream()
                .filter(block -> block.contains("/mailbox.json"))
                .toList();
        assertThat(walk).singleElement().satisfies(block -> {
            var ports = Pattern.compile("localhost:(\\d+)").matcher(block).results();
            assertThat(ports.map(port -> port.group(1)).distinct()).containsExactly("8080", "8025");
            var bob = LegacyAccounts.BOB;
            assertThat(block).contains(bob.email(), bob.password());
        });
    }

    /** As it is written, whatever the environment says. */
    private static String port(CommandSpec command, String option, String variable) {
        var field = (Field) command.findOption(option).userObject();
        var written = field.getAnnotation(CommandLine.Option.class).defaultValue();
        assertThat(written).startsWith("${env:" + variable + ":-").endsWith("}");
        return written.replaceAll("\\D", "");
    }

    @Test
    void itsConfigFileIsRightOnceTheSecretsAreMade(@TempDir Path folder) throws IOException {
        KeysCommand.create(folder.resolve("secrets"));
        var file = Files.writeString(
                folder.resolve("portcullis.yaml"), blocks("yaml").getFirst());
        var environment = Map.of("PG_PASSWORD", "a-password", "LEGACY_JWT_SECRET", "0123456789abcdef0123456789abcdef");
        assertThat(ConfigFile.load(file, environment)).isInstanceOf(ConfigFile.Valid.class);
    }

    @Test
    void everyPageThatItNamesIsThere() {
        var pages =
                Pattern.compile("\\]\\(([^)#]+)\\)").matcher(readme).results().map(page -> Path.of(page.group(1)));
        assertThat(pages).isNotEmpty().allMatch(Files::exists);
    }

    /** The fenced blocks of a language, without the indentation of the list they stand in. */
    private List<String> blocks(String language) {
        return Pattern.compile("(?ms)^( *)```" + language + "\\n(.*?)^ *```$")
                .matcher(readme)
                .results()
                .map(ReadmeTest::unindented)
                .toList();
    }

    private static String unindented(MatchResult block) {
        return block.group(2).replaceAll("(?m)^" + block.group(1), "");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
