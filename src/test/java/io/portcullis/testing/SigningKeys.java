package io.portcullis.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Private keys, and what a backend does to verify a signature by the JDK alone. */
public final class SigningKeys {
    private SigningKeys() {}

    /** A new public key in PEM, whose private half nobody has; {@code kind} as the JDK names it. */
    public static String publicPem(String kind, int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** A new private key, as PKCS#8 in PEM; {@code kind} as the JDK names it. */
    public static String pem(String kind, int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(kind);
        if (!kind.startsWith("Ed")) {
            generator.initialize(bits);
        }
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** A part of a JWT. */
    public static JsonObject decoded(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), US_ASCII));
    }

    /** Whether a published key, Ed25519 or P-256, made the signature; by what the JWK says alone. */
    public static boolean verified(JsonObject jwk, String input, String signature) throws GeneralSecurityException {
        boolean ec = jwk.getString("kty").equals("EC");
        var verifier = Signature.getInstance(ec ? "SHA256withECDSAinP1363Format" : "Ed25519");
        verifier.initVerify(ec ? p256(jwk) : ed25519(jwk));
        verifier.update(input.getBytes(US_ASCII));
        return verifier.verify(Base64.getUrlDecoder().decode(signature));
    }

    private static PublicKey p256(JsonObject jwk) throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        var point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(JsonObject jwk, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.getString(member)));
    }

    /** RFC 8410, section 4: the prefix of every Ed25519 key. */
    private static PublicKey ed25519(JsonObject jwk) throws GeneralSecurityException {
        var prefix = "302a300506032b6570032100";
        var raw = Base64.getUrlDecoder().decode(jwk.getString("x"));
        var der = HexFormat.of().parseHex(prefix + HexFormat.of().formatHex(raw));
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    }
}
