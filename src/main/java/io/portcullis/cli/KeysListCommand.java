package io.portcullis.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code portcullis keys list}. */
@Command(
        name = "list",
        description =
                "Lists the keys of a keyset, the oldest first, each with its id and what it is for; never the keys"
                        + " themselves.")
final class KeysListCommand implements Callable<Integer> {
    @Mixin
    private KeysetFile keyset = new KeysetFile();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        for (var key : keyset.keys()) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%-10s  %-8s  %s%n",
                            key.id(),
                            key.enabled() ? "enabled" : "disabled",
                            key.use().name().toLowerCase(Locale.ROOT));
        }
        return 0;
    }
}
