package io.portcullis.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis keys assertion}. */
@Command(
        name = "assertion",
        description =
                "Writes a new private key for assertion.keys, readable to you alone. A file that is there already is"
                        + " never replaced.")
final class KeysAssertionCommand implements Callable<Integer> {
    private static final String FILE = "portcullis-assertion.pem";
    private static final int PEM_LINE = 64;

    private enum Algorithm {
        EdDSA("Ed25519", 255),
        ES256("EC", 256);

        private final String generator;
        private final int bits;

        Algorithm(String generator, int bits) {
            this.generator = generator;
            this.bits = bits;
        }
    }

    @Option(names = "--algorithm", description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private Algorithm algorithm = Algorithm.EdDSA;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = FILE,
            description = "Where to; default: " + FILE + " in this directory.")
    private Path file = Path.of(FILE);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            KeysCommand.write(file, pem());
        } catch (FileAlreadyExistsException there) {
            throw new CommandFailure(file + " is there already; name another file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spec.commandLine().getOut().println("""
                        wrote %1$s; name it, and the backends that are to get assertions:
                        assertion: { keys: "${file:%1$s}" }
                        upstreams:
                          legacy: { assertion: NAME-OF-THE-BACKEND }""".formatted(file.toAbsolutePath().normalize()));
        return 0;
    }

    private String pem() {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm.generator);
            generator.initialize(algorithm.bits);
            var pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
            var base64 = Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(pkcs8);
            return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes " + algorithm + " keys", e);
        }
    }
}
