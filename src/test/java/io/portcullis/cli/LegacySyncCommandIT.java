package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Await;
import io.portcullis.testing.LegacyTables;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is changed on the host reaches the legacy record through the gateways that run. */
class LegacySyncCommandIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aResetOnTheHostReachesTheLegacyRecord() throws Exception {
        try (var tables = LegacyTables.with(LegacyTables.ADMINS)) {
            var config = tables.write(folder);
            var alice = tables.admin().enrolled();
            assertThat(run(config, "account", "show", "admin", alice.subject()))
                    .containsPattern("legacy record +in step");
            tables.relay().cut();
            assertThat(run(config, "account", "reset", "admin", alice.subject()))
                    .contains("is reset");
            assertThat(run(config, "account", "show", "admin", alice.subject()))
                    .containsPattern("legacy record +waiting changes: 1, since 20");
            assertThat(run(config, "usage")).containsPattern("sync pending +1");
            assertThat(tables.column("admins", alice)).isTrue();
            tables.relay().mend();
            Await.until("a gateway delivers it", () -> !tables.column("admins", alice));
        }
    }

    private static String run(Path config, String... words) {
        var printed = new StringWriter();
        Main.commandLine()
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(printed, true))
                .execute(Stream.concat(Stream.of(words), Stream.of("--config", config.toString()))
                        .toArray(String[]::new));
        return printed.toString();
    }
}
