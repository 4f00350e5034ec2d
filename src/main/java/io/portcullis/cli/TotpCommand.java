package io.portcullis.cli;

import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis totp}: an authenticator app for people without a phone at hand. */
@Command(
        name = "totp",
        description = "Prints the current code of an authenticator secret (SHA-1, 6 digits, 30 s; RFC 6238).")
final class TotpCommand implements Callable<Integer> {
    /** 80 bit, the least that apps and sites hand out. */
    private static final int SHORTEST = 16;

    @Parameters(paramLabel = "SECRET", description = "The secret in base32, as the set-up shows it.")
    private String secret = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            if (secret.length() < SHORTEST) {
                throw new CommandFailure("SECRET is too short to be one; take it from the set-up, in base32");
            }
            var key = TotpKey.of(secret, TotpSettings.DEFAULTS);
            spec.commandLine().getOut().println(key.code(Instant.now()));
            return 0;
        } catch (IllegalArgumentException notBase32) {
            throw new CommandFailure("SECRET is " + notBase32.getMessage());
        }
    }
}
