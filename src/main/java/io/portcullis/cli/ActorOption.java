package io.portcullis.cli;

import io.portcullis.domain.operator.Operator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --actor NAME}. */
final class ActorOption {
    private static final int LONGEST = 64;

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            description =
                    "Who you are, for the audit log, where several people share the user of the operating system.")
    private @Nullable String name;

    /** Whoever runs this process. */
    Operator operator() {
        var given = Optional.ofNullable(name);
        if (given.filter(text -> !text.matches("\\P{C}{1," + LONGEST + "}")).isPresent()) {
            throw new CommandFailure("--actor is 1 to " + LONGEST + " characters, none of them a control character");
        }
        return Operator.onHost(System.getProperty("user.name", "?"), given);
    }
}
