package io.portcullis.adapter.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** RFC 7468: a public key (SPKI) or a certificate, of which only the key counts. */
final class Pem {
    private static final Pattern PUBLIC_KEY =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----", Pattern.DOTALL);

    private Pem() {}

    /**
     * Reads a public key of a kind that a {@link KeyFactory} has.
     *
     * @throws IllegalArgumentException when it is none; the message repeats no part of the text
     */
    static PublicKey read(String kind, String pem) {
        var text = pem.strip();
        if (text.startsWith("-----BEGIN CERTIFICATE-----")) {
            return certified(text);
        }
        var block = PUBLIC_KEY.matcher(text);
        if (block.matches()) {
            var der = Base64.getMimeDecoder().decode(block.group(1));
            return publicKey(kind, der)
                    .orElseThrow(() -> new IllegalArgumentException("the PEM holds no " + kind + " public key"));
        }
        throw new IllegalArgumentException("the key of an RS or ES algorithm or of EdDSA is a PEM that begins with"
                + " -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE-----, or a JSON Web Key");
    }

    /** The key in this DER; empty when there is none of the kind. */
    static Optional<PublicKey> publicKey(String kind, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException another) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("UnusedException") // it may repeat what was configured
    private static PublicKey certified(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
                    .getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the PEM is no X.509 certificate");
        }
    }
}
