package io.portcullis.cli;

import io.portcullis.adapter.postgres.AuditLines;
import io.portcullis.adapter.postgres.PostgresAuditLog;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.AuditLog.Filter;
import io.portcullis.domain.audit.AuditLog.Recorded;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code portcullis audit list}. */
@Command(name = "list", description = "Prints the newest events, the newest first.")
final class AuditListCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--realm", paramLabel = "REALM", description = "Of accounts of this realm alone.")
    private @Nullable String realm;

    @Option(names = "--subject", paramLabel = "SUBJECT", description = "Of accounts with this id alone.")
    private @Nullable String subject;

    @Option(names = "--type", paramLabel = "TYPE", description = "Of this type alone: ${COMPLETION-CANDIDATES}.")
    private AuditEvent.@Nullable Type type;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Not before this time, such as 2026-11-21 or 2026-11-21T12:00:00Z.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", converter = Time.class, description = "Before this time.")
    private @Nullable Instant to;

    @Option(
            names = "--before",
            paramLabel = "ID",
            description = "Before the event of this id, to go on where an earlier list ended.")
    private @Nullable Long before;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "50",
            description = "How many at the most, from 1 to 500; default: 50.")
    private int limit = 50;

    @Option(names = "--json", description = "One JSON object a line, with the address and the user agent.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var filter = filter();
        var out = spec.commandLine().getOut();
        try (var database = Database.open(config.settings())) {
            for (var recorded : database.ask(postgres -> new PostgresAuditLog(postgres).find(filter))) {
                out.println(json ? AuditLines.json(recorded).encode() : line(recorded));
            }
        }
        return 0;
    }

    private Filter filter() {
        try {
            return new Filter(
                    Optional.ofNullable(realm),
                    Optional.ofNullable(subject),
                    Optional.ofNullable(type),
                    Optional.ofNullable(from),
                    Optional.ofNullable(to),
                    Optional.ofNullable(before),
                    limit);
        } catch (IllegalArgumentException outOfBounds) {
            throw new CommandFailure("--" + outOfBounds.getMessage());
        }
    }

    static String line(Recorded recorded) {
        var event = recorded.event();
        return "%8d  %-27s  %-7s  %-26s  %s/%s by %s from %s %s"
                .formatted(
                        recorded.id(),
                        event.at(),
                        event.outcome().wireName(),
                        event.type(),
                        recorded.account().realm(),
                        recorded.account().subject(),
                        event.actor(),
                        event.origin().client().address(),
                        event.detail())
                .replaceAll("\\p{C}", "?") // a terminal would do what a subject tells it
                .stripTrailing();
    }

    /** An instant, or a day in UTC. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.contains("T")
                        ? Instant.parse(text)
                        : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "must be a day such as 2026-11-21 or a time such as 2026-11-21T12:00:00Z");
            }
        }
    }
}
