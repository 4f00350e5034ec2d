package io.portcullis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An authority that nobody trusts unless told to, made anew by each JVM.
 *
 * @param pem a file with its certificate
 * @param store of its keys
 * @param server with a certificate of its own for {@code localhost} and 127.0.0.1, signed by it
 */
public record PrivateCa(Path pem, Path store, SSLContext server) {
    private static final String PASSWORD = "for the tests";

    /** The one of this JVM. */
    public static PrivateCa shared() {
        return Shared.CA;
    }

    private static final class Shared {
        static final PrivateCa CA = create();
    }

    private static PrivateCa create() {
        try {
            var folder = Files.createTempDirectory("portcullis-ca");
            var store = folder.resolve("store.p12");
            keytool(store, "ca", "-ext", "bc:c=ca:true");
            keytool(store, "server", "-signer", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            var pem = folder.resolve("ca.pem");
            Files.writeString(pem, pem(keys.getCertificate("ca").getEncoded()));
            pem.toFile().deleteOnExit();
            store.toFile().deleteOnExit();
            return new PrivateCa(pem, store, context(store, "server"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A server with another certificate, signed by it too.
     *
     * @param more options of {@code keytool -genkeypair}, such as {@code -startdate}
     */
    public SSLContext signed(String alias, String... more) {
        try {
            var options = new ArrayList<>(List.of("-signer", "ca"));
            options.addAll(List.of(more));
            keytool(store, alias, options.toArray(String[]::new));
            return context(store, alias);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(Path store, String alias) throws GeneralSecurityException, IOException {
        var password = PASSWORD.toCharArray();
        var keys = KeyStore.getInstance(store.toFile(), password);
        for (var other : Collections.list(keys.aliases())) {
            if (!other.equals(alias)) {
                keys.deleteEntry(other);
            }
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        var server = SSLContext.getInstance("TLS");
        server.init(managers.getKeyManagers(), null, null);
        return server;
    }

    private static String pem(byte[] certificate) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }

    private static void keytool(Path store, String alias, String... more) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(output);
        }
    }
}
