package io.portcullis.listener;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A private key as the usual programs write it: PKCS#8 (RFC 5958), PKCS#1 for RSA (RFC 8017), SEC 1 for EC (RFC 5915). */
final class PrivateKeyPem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([^-]*)-----END \\1-----");

    private PrivateKeyPem() {}

    /**
     * The first private key of the text.
     *
     * @param algorithm of the certificate: {@code RSA}, {@code EC} or {@code EdDSA}
     * @throws GeneralSecurityException with a message for whoever gave the file, never with anything of it
     */
    static PrivateKey read(String pem, String algorithm) throws GeneralSecurityException {
        var block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException("must be a PEM file with a private key");
        }
        var form = block.group(1);
        if (form.startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
            throw new GeneralSecurityException("is encrypted, and nobody is there to ask for the password; decrypt it:"
                    + " openssl pkey -in OLD -out NEW");
        }
        try {
            var pkcs8 = pkcs8(form, Base64.getMimeDecoder().decode(block.group(2)));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (IOException | IllegalArgumentException | GeneralSecurityException broken) {
            throw new GeneralSecurityException(
                    "must be a private key of the certificate's kind, " + algorithm + ", as PKCS#8, PKCS#1 or SEC 1");
        }
    }

    private static byte[] pkcs8(String form, byte[] der) throws IOException {
        return switch (form) {
            case "RSA PRIVATE KEY" ->
                info(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        RSAPrivateKey.getInstance(der));
            case "EC PRIVATE KEY" -> {
                var key = ECPrivateKey.getInstance(der);
                yield info(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()), key);
            }
            default -> der;
        };
    }

    private static byte[] info(AlgorithmIdentifier algorithm, ASN1Object key) throws IOException {
        return new PrivateKeyInfo(algorithm, key).getEncoded();
    }
}
