package io.portcullis.testing;

import io.portcullis.listener.TlsIdentity;
import io.portcullis.listener.TlsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for {@code localhost}, 127.0.0.1 and {@code admin.example.com} that signs itself, and its key, as PEM files. */
public record TlsPair(Path cert, Path key, X509Certificate certificate, Key privateKey) {
    private static final char[] PASSWORD = "for the tests".toCharArray();

    /** The one of this JVM, with an EC key. */
    public static TlsPair shared() {
        return Shared.PAIR;
    }

    private static final class Shared {
        static final TlsPair PAIR = create("EC", "shared");
    }

    /** A new one; {@code kind} as the JDK names it. */
    public static TlsPair create(String kind, String name) {
        try {
            var folder = Files.createTempDirectory("portcullis-tls");
            var store = folder.resolve("store.p12");
            keytool(store, kind, name);
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
            var certificate = (X509Certificate) keys.getCertificate(name);
            var key = keys.getKey(name, PASSWORD);
            Files.delete(store);
            var pair = new TlsPair(folder.resolve("cert.pem"), folder.resolve("key.pem"), certificate, key);
            Files.writeString(pair.cert(), pem("CERTIFICATE", certificate.getEncoded()));
            Files.writeString(pair.key(), pem("PRIVATE KEY", key.getEncoded()));
            List.of(folder, pair.cert(), pair.key())
                    .forEach(file -> file.toFile().deleteOnExit());
            return pair;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the gateway has them. */
    public TlsSettings settings() {
        try {
            return new TlsSettings(cert, key, TlsIdentity.read(cert, key));
        } catch (TlsIdentity.Unusable e) {
            throw new IllegalStateException(e);
        }
    }

    /** For the placeholders of a config file of the tests. */
    public Map<String, String> environment() {
        return Map.of("TLS_CERT", cert.toString(), "TLS_KEY", key.toString());
    }

    /** Puts other files in the places of these. */
    public void becomes(TlsPair other) throws IOException {
        Files.copy(other.key, key, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.copy(other.cert, cert, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** A client that trusts these and nobody else. */
    public static SSLContext trusting(TlsPair... pairs) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var pair : pairs) {
                store.setCertificateEntry(pair.cert.toString(), pair.certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(String what, byte[] der) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private static void keytool(Path store, String kind, String name) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        kind,
                        "-validity",
                        "90",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1,dns:admin.example.com",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(output);
        }
    }
}
