package io.portcullis.listener;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * A certificate with its chain, and the private key that belongs to it.
 *
 * @param chain PEM, the server's own certificate first
 * @param key PEM of PKCS#8
 * @param expires when the server's own certificate does
 */
public record TlsIdentity(String chain, String key, Instant expires) {
    /** What is wrong with one of the files, in words for whoever gave them. */
    public static final class Unusable extends Exception {
        private final boolean ofKey;

        private Unusable(boolean ofKey, String message) {
            super(message);
            this.ofKey = ofKey;
        }

        /** Whether it is the key's file, and not that of the certificate. */
        public boolean ofKey() {
            return ofKey;
        }
    }

    /** Reads both files and finds out whether they belong together. */
    public static TlsIdentity read(Path cert, Path key) throws Unusable {
        var chain = text(cert, false);
        var own = certificates(chain).getFirst();
        var privateKey = privateKey(text(key, true), own.getPublicKey().getAlgorithm());
        if (!belong(privateKey, own.getPublicKey())) {
            throw new Unusable(true, "is not the key of the first certificate in server.tls.cert");
        }
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(privateKey.getEncoded());
        return new TlsIdentity(
                chain,
                "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n",
                own.getNotAfter().toInstant());
    }

    private static String text(Path file, boolean ofKey) throws Unusable {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new Unusable(ofKey, "must be the path of a readable PEM file");
        }
    }

    private static List<X509Certificate> certificates(String pem) throws Unusable {
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            if (!found.isEmpty()) {
                return found.stream().map(X509Certificate.class::cast).toList();
            }
        } catch (CertificateException notPem) {
            // told below
        }
        throw new Unusable(false, "must be a PEM file with the server's certificate, and those up to its authority");
    }

    private static PrivateKey privateKey(String pem, String algorithm) throws Unusable {
        try {
            return PrivateKeyPem.read(pem, algorithm);
        } catch (GeneralSecurityException unusable) {
            throw new Unusable(true, String.valueOf(unusable.getMessage()));
        }
    }

    /** Whether what the one signs the other verifies. */
    private static boolean belong(PrivateKey key, PublicKey certified) {
        try {
            var algorithm = switch (certified.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> certified.getAlgorithm();
            };
            var challenge = "portcullis".getBytes(StandardCharsets.US_ASCII);
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(challenge);
            var signature = signing.sign();
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certified);
            verifying.update(challenge);
            return verifying.verify(signature);
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "TlsIdentity[hidden]";
    }
}
