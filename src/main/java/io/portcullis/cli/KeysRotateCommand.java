package io.portcullis.cli;

import io.portcullis.adapter.crypto.Keysets;
import io.portcullis.adapter.crypto.Keysets.KeyInfo;
import io.portcullis.adapter.crypto.Keysets.Use;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code portcullis keys rotate}. */
@Command(
        name = "rotate",
        description = "Gives the keyset a new primary key; the others stay, to open what they sealed."
                + " A prepared key becomes the primary one, the newest of them; without one a new key is made.")
final class KeysRotateCommand implements Callable<Integer> {
    @Mixin
    private KeysetFile keyset = new KeysetFile();

    @Option(
            names = "--prepare",
            description =
                    "Only adds a key that opens and does not seal yet. With several instances this is the first step.")
    private boolean prepare;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var keys = keyset.replace(prepare ? Keysets::prepare : Keysets::rotate);
        spec.commandLine()
                .getOut()
                .println((prepare ? """
                key %2$s is prepared in %1$s; next:
                1. give the file to every instance, and restart them one after the other
                2. when all of them run with it: portcullis keys rotate --keyset %1$s
                """ : """
                key %2$s is the primary one in %1$s; next:
                1. give the file to every instance, and restart them one after the other
                2. they seal anew in the background what the old keys sealed, and log when nothing is left
                3. ten minutes later at the earliest: portcullis keys retire --keyset %1$s --config FILE
                """)
                        .formatted(keyset.path(), changed(keys))
                        .strip());
        return 0;
    }

    private String changed(List<KeyInfo> keys) {
        return keys.stream()
                .filter(key -> key.use() == (prepare ? Use.PREPARED : Use.PRIMARY))
                .toList()
                .getLast()
                .id();
    }
}
