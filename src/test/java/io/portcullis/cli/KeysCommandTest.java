package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.crypto.Keysets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keyset file under the commands that change it. */
class KeysCommandTest {
    private static final Pattern MATERIAL = Pattern.compile("\"value\":\\s*\"([^\"]+)\"");

    @TempDir
    private Path folder = Path.of("");

    private Path keyset = Path.of("");

    @BeforeEach
    void makeKeys() {
        KeysCommand.create(folder);
        keyset = folder.resolve(KeysCommand.KEYSET);
    }

    private record Result(int exit, String out, String err) {}

    private static Result run(Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new Result(exit, out.toString(), err.toString());
    }

    @Test
    void rotateAddsAPrimaryKeyAndLeavesNothingElseBehind() throws IOException {
        var before = Keysets.list(Files.readString(keyset));
        var result = run("keys", "rotate", "--keyset", keyset);
        assertThat(result.exit()).isZero();
        var after = Keysets.list(Files.readString(keyset));
        assertThat(after).hasSize(2);
        assertThat(after.getFirst().id()).isEqualTo(before.getFirst().id());
        assertThat(after.getLast().use()).isEqualTo(Keysets.Use.PRIMARY);
        assertThat(result.out()).contains("key " + after.getLast().id() + " is the primary one", "keys retire");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset)))
                .isEqualTo("rw-------");
        assertOnlyTheTwoFiles();
    }

    @Test
    void prepareThenRotatePromotesThePreparedKey() throws IOException {
        var prepared = run("keys", "rotate", "--prepare", "--keyset", keyset);
        var id = Keysets.list(Files.readString(keyset)).getLast().id();
        assertThat(prepared.out()).contains("key " + id + " is prepared");
        assertThat(run("keys", "rotate", "--keyset", keyset).out()).contains("key " + id + " is the primary one");
        assertThat(Keysets.list(Files.readString(keyset))).hasSize(2);
    }

    @Test
    void listShowsWhatEachKeyIsForAndNoMaterial() throws IOException {
        run("keys", "rotate", "--keyset", keyset);
        run("keys", "rotate", "--prepare", "--keyset", keyset);
        var result = run("keys", "list", "--keyset", keyset);
        var keys = Keysets.list(Files.readString(keyset));
        assertThat(result.out().lines()).hasSize(3);
        assertThat(result.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        keys.get(0).id() + " enabled old",
                        keys.get(1).id() + " enabled primary",
                        keys.get(2).id() + " enabled prepared");
        var material = MATERIAL.matcher(Files.readString(keyset));
        int found = 0;
        while (material.find()) {
            found++;
            assertThat(result.out()).doesNotContain(material.group(1));
        }
        assertThat(found).isEqualTo(3);
    }

    @Test
    void permissionsStayAsTheyAre() throws IOException {
        Files.setPosixFilePermissions(keyset, PosixFilePermissions.fromString("r--r-----"));
        assertThat(run("keys", "rotate", "--keyset", keyset).exit()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset)))
                .isEqualTo("r--r-----");
    }

    @Test
    void aLinkStaysALinkToTheChangedFile() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("link.json"), keyset);
        assertThat(run("keys", "rotate", "--keyset", link).exit()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(Keysets.list(Files.readString(keyset))).hasSize(2);
    }

    @Test
    void aBrokenFileIsRefusedAndStaysAsItIs() throws IOException {
        Files.writeString(keyset, "{\"primaryKeyId\": hunter2");
        var result = run("keys", "rotate", "--keyset", keyset);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("was not changed").doesNotContain("hunter2");
        assertThat(keyset).hasContent("{\"primaryKeyId\": hunter2");
        assertOnlyTheTwoFiles();
        assertThat(run("keys", "list", "--keyset", keyset).exit()).isEqualTo(1);
    }

    @Test
    void aFileThatIsNotThereIsNotMade() {
        var result = run("keys", "rotate", "--keyset", folder.resolve("other.json"));
        assertThat(result.exit()).isEqualTo(1);
        assertThat(folder.resolve("other.json")).doesNotExist();
    }

    /** Else the second of two rotations at once would throw the key of the first one away. */
    @Test
    void whileAChangeIsUnderWayAnotherIsRefused() throws IOException {
        var before = Files.readString(keyset);
        var fresh = Files.createFile(folder.resolve(KeysCommand.KEYSET + ".new"));
        var result = run("keys", "rotate", "--keyset", keyset);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains(fresh.toString(), "delete it");
        assertThat(keyset).hasContent(before);
        assertThat(fresh).exists();
    }

    private void assertOnlyTheTwoFiles() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(KeysCommand.KEYSET, KeysCommand.PEPPER);
        }
    }
}
