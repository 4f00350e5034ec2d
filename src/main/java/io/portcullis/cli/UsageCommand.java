package io.portcullis.cli;

import io.portcullis.adapter.postgres.PostgresUsageFigures;
import io.portcullis.api.UsageView;
import io.portcullis.domain.operator.MeasureUsage;
import io.portcullis.domain.operator.Usage;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code portcullis usage}. */
@Command(name = "usage", description = "Counts accounts, and what happened in the last 24 hours.")
final class UsageCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--realm", paramLabel = "REALM", description = "Of this realm alone.")
    private @Nullable String realm;

    @Option(names = "--json", description = "One JSON object, as GET /auth/operator/usage answers.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var settings = config.settings();
        Usage usage;
        try (var database = Database.open(settings)) {
            usage = database.ask(postgres -> new MeasureUsage(
                            new PostgresUsageFigures(postgres), settings.mfa(), InstantSource.system())
                    .measure(Optional.ofNullable(realm)));
        }
        var out = spec.commandLine().getOut();
        var figures = UsageView.json(usage);
        if (json) {
            out.println(figures.encode());
        } else {
            print(figures, out);
        }
        return 0;
    }

    private static void print(JsonObject figures, PrintWriter out) {
        print(figures.getJsonObject("accounts"), "accounts ", out);
        print(figures.getJsonObject("enabledByMethod"), "enabled by ", out);
        line("accounts locked now", figures.getLong("lockedNow"), out);
        line("sync pending", figures.getLong("syncPending"), out);
        Optional.ofNullable(figures.getLong("syncOldestSeconds"))
                .ifPresent(seconds -> line("sync oldest, seconds", seconds, out));
        out.println("in the last 24 hours:");
        line("codes sent", figures.getLong("codesSent"), out);
        line("codes expired unused", figures.getLong("codesExpiredUnused"), out);
        line("wrong codes", figures.getLong("failures"), out);
        line("accounts locked", figures.getLong("lockouts"), out);
    }

    private static void print(JsonObject counts, String before, PrintWriter out) {
        counts.forEach(count -> line(before + count.getKey(), (Long) count.getValue(), out));
    }

    private static void line(String name, long count, PrintWriter out) {
        out.println("%-28s%d".formatted(name, count));
    }
}
