package io.portcullis.adapter.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** One private key, and its public half as a JWK. The JDK signs; Bouncy Castle finds the public half, which the JDK cannot. */
final class SigningKey {
    private static final int P256_BYTES = 32;
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String algorithm;
    private final String jdkAlgorithm;
    private final PrivateKey key;
    private final JsonObject jwk;

    private SigningKey(String algorithm, String jdkAlgorithm, PrivateKey key, JsonObject required) {
        this.algorithm = algorithm;
        this.jdkAlgorithm = jdkAlgorithm;
        this.key = key;
        this.jwk = required.copy().put("use", "sig").put("alg", algorithm).put("kid", thumbprint(required));
    }

    /** Throws {@code IllegalArgumentException} unless it is an Ed25519 or P-256 key in PKCS#8. */
    @SuppressWarnings("UnusedException") // it may repeat what was configured
    static SigningKey of(byte[] pkcs8) {
        try {
            var parameters = PrivateKeyFactory.createKey(PrivateKeyInfo.getInstance(pkcs8));
            return of(parameters, pkcs8);
        } catch (IOException | RuntimeException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("assertion.keys holds a key that is neither Ed25519 nor EC on P-256");
        }
    }

    private static SigningKey of(AsymmetricKeyParameter parameters, byte[] pkcs8) throws GeneralSecurityException {
        var spec = new PKCS8EncodedKeySpec(pkcs8);
        return switch (parameters) {
            case Ed25519PrivateKeyParameters ed ->
                new SigningKey(
                        "EdDSA",
                        "Ed25519",
                        KeyFactory.getInstance("Ed25519").generatePrivate(spec),
                        new JsonObject()
                                .put("crv", "Ed25519")
                                .put("kty", "OKP")
                                .put(
                                        "x",
                                        BASE64URL.encodeToString(
                                                ed.generatePublicKey().getEncoded())));
            case ECPrivateKeyParameters ec -> p256(ec, spec);
            default -> throw new IllegalArgumentException("of another kind");
        };
    }

    private static SigningKey p256(ECPrivateKeyParameters ec, PKCS8EncodedKeySpec spec)
            throws GeneralSecurityException {
        if (!ec.getParameters().getN().equals(P256_ORDER)) {
            throw new IllegalArgumentException("on another curve");
        }
        var point = ec.getParameters().getG().multiply(ec.getD()).normalize();
        return new SigningKey(
                "ES256",
                "SHA256withECDSAinP1363Format",
                KeyFactory.getInstance("EC").generatePrivate(spec),
                new JsonObject()
                        .put("crv", "P-256")
                        .put("kty", "EC")
                        .put("x", coordinate(point.getAffineXCoord().toBigInteger()))
                        .put("y", coordinate(point.getAffineYCoord().toBigInteger())));
    }

    /** RFC 7518, section 6.2.1.2: of full length. */
    private static String coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var full = new byte[P256_BYTES];
        int length = Math.min(bytes.length, P256_BYTES);
        System.arraycopy(bytes, bytes.length - length, full, P256_BYTES - length, length);
        return BASE64URL.encodeToString(full);
    }

    /** RFC 7638: the required members in the order of their names, which is the order they were put in. */
    private static String thumbprint(JsonObject required) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(required.encode().getBytes(UTF_8));
            return BASE64URL.encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    String algorithm() {
        return algorithm;
    }

    String id() {
        return jwk.getString("kid");
    }

    JsonObject jwk() {
        return jwk.copy();
    }

    byte[] sign(byte[] input) {
        try {
            var signature = Signature.getInstance(jdkAlgorithm);
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read cannot sign", e);
        }
    }
}
