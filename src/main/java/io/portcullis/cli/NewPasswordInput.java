package io.portcullis.cli;

import io.portcullis.domain.password.NewPassword;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * A new password, typed twice at the terminal and not shown, or with {@code --password-stdin} the first line of standard
 * input. Never an argument: every user of the host can read those.
 */
final class NewPasswordInput {
    private static final int LONGEST_LINE = 4096;

    @Option(
            names = "--password-stdin",
            description =
                    "Takes the password from the first line of standard input, in UTF-8, instead of asking for it.")
    private boolean fromStandardInput;

    /** Reads one for the account with this e-mail. */
    NewPassword read(String email) {
        var typed = fromStandardInput ? line() : asked();
        try {
            return NewPassword.of(typed, email);
        } catch (IllegalArgumentException refused) {
            throw new CommandFailure(refused.getMessage() + "; choose another one");
        }
    }

    private static String asked() {
        var console = Optional.ofNullable(System.console())
                .orElseThrow(() -> new CommandFailure(
                        "there is no terminal to ask for the password at; give it with --password-stdin"));
        var first = console.readPassword("New password: ");
        var second = console.readPassword("The same again: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw new CommandFailure("these were not the same, so nothing was changed");
        }
        return new String(first);
    }

    private static String line() {
        var bytes = new ByteArrayOutputStream();
        try {
            for (int next = System.in.read(); next >= 0 && next != '\n'; next = System.in.read()) {
                bytes.write(next);
                if (bytes.size() > LONGEST_LINE) {
                    throw new CommandFailure("the first line of standard input is too long for a password");
                }
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString()
                    .replaceFirst("\r$", "");
        } catch (CharacterCodingException notText) {
            throw new CommandFailure("the password on standard input is not in UTF-8");
        } catch (IOException unreadable) {
            throw new CommandFailure("standard input cannot be read");
        }
    }
}
