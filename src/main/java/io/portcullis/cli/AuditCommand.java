package io.portcullis.cli;

import io.portcullis.adapter.postgres.AuditKey;
import io.portcullis.adapter.postgres.AuditVerification;
import io.portcullis.adapter.postgres.AuditVerification.Anchor;
import io.portcullis.adapter.postgres.AuditVerification.Broken;
import io.portcullis.adapter.postgres.AuditVerification.Intact;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code portcullis audit}: what happened, and whether that is all. */
@Command(
        name = "audit",
        description = "Lists the audit log and verifies that it is as it was written.",
        subcommands = {AuditCommand.Verify.class, AuditListCommand.class})
final class AuditCommand {
    /** {@code portcullis audit verify}. */
    @Command(
            name = "verify",
            description = "Looks for every event that was altered, removed or inserted; exits with 1 when there is one."
                    + " May run while the gateway does.")
    static final class Verify implements Callable<Integer> {
        @Mixin
        private ConfigOption config = new ConfigOption();

        @Option(
                names = "--anchor",
                paramLabel = "ID:HASH",
                description =
                        "An event that the log must still have: the last line of an earlier verify, or id and hash"
                                + " of a line in the gateway's log. Tells whether the whole database was set back to before it.")
        private @Nullable String anchor;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            var known = Optional.ofNullable(anchor).map(Verify::parse);
            var settings = config.settings();
            AuditVerification.Result result;
            try (var database = Database.open(settings)) {
                var key = AuditKey.of(settings.secrets().orElseThrow().pepper());
                result = database.ask(postgres -> new AuditVerification(postgres, key).verify(known));
            }
            return switch (result) {
                case Intact intact -> {
                    spec.commandLine().getOut().println(describe(intact));
                    yield 0;
                }
                case Broken broken -> {
                    spec.commandLine().getErr().println("BROKEN at event " + broken.id() + ": " + describe(broken));
                    yield 1;
                }
            };
        }

        private static Anchor parse(String text) {
            return Anchor.of(text)
                    .orElseThrow(() -> new CommandFailure("--anchor is ID:HASH, with 64 hexadecimal digits"));
        }

        private static String describe(Intact intact) {
            return intact.last().id() == 0
                    ? "intact: no event yet"
                    : "intact: " + intact.count() + " events\nanchor to note elsewhere: " + intact.last();
        }

        private static String describe(Broken broken) {
            return switch (broken.fault()) {
                case ALTERED -> "it is not as it was written, or another pepper is configured";
                case MISSING -> "it was removed";
                case INSERTED -> "a row was inserted";
                case HEAD_ALTERED -> "the row of audit_head is not the end of the log";
                case DROPPED_MARK_FORGED -> "the row of audit_dropped that begins there was not written by the gateway";
                case ANCHOR_NOT_FOUND -> "the anchor is not in the log, which was set back or replaced";
                case ANCHOR_DROPPED -> "retention dropped the anchor's event; name a later one";
            };
        }
    }
}
