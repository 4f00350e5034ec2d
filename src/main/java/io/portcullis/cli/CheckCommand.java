package io.portcullis.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code portcullis check}: is the config file right? */
@Command(name = "check", description = "Checks a config file; prints every problem with its place and exits with 1.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        config.servable();
        spec.commandLine().getOut().println(config.file() + ": no problem found");
        return 0;
    }
}
