package io.portcullis.adapter.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key and the one algorithm it is for (RFC 7518, section 3, and RFC 8037). Signatures are verified by the JDK and not
 * by vertx-auth-jwt, because that one accepts the same signature in more than one spelling (ECDSA as ASN.1 too, RSA with
 * its last zero bytes left out): each spelling is a credential of its own, and ending one leaves the others alive.
 */
sealed interface JwtKey {
    /** Whether this is the signature of exactly these bytes. May be called by many threads. */
    boolean verifies(byte[] signingInput, byte[] signature);

    /**
     * Reads a secret, or a public key as PEM or as a JSON Web Key.
     *
     * @throws IllegalArgumentException when the algorithm is not one of ours or the key is not one for it; the message
     *     repeats no part of the key
     */
    static JwtKey of(String algorithm, String key) {
        return switch (algorithm) {
            case "HS256" -> Hmac.of("HmacSHA256", key);
            case "HS384" -> Hmac.of("HmacSHA384", key);
            case "HS512" -> Hmac.of("HmacSHA512", key);
            default ->
                isJson(key)
                        ? Jwk.parse(algorithm, key)
                                .map(Jwk::key)
                                .orElseThrow(() ->
                                        new IllegalArgumentException("the JSON Web Key is no key of " + algorithm))
                        : of(algorithm, Pem.read(kind(algorithm), key));
        };
    }

    /**
     * For a public key that was read.
     *
     * @throws IllegalArgumentException when it is not one for the algorithm
     */
    static JwtKey of(String algorithm, PublicKey key) {
        return switch (algorithm) {
            case "RS256" -> PublicOne.rsa("SHA256withRSA", key);
            case "RS384" -> PublicOne.rsa("SHA384withRSA", key);
            case "RS512" -> PublicOne.rsa("SHA512withRSA", key);
            case "ES256" -> PublicOne.ec("SHA256withECDSAinP1363Format", "secp256r1", 64, key);
            case "ES384" -> PublicOne.ec("SHA384withECDSAinP1363Format", "secp384r1", 96, key);
            case "EdDSA" -> PublicOne.ed25519(key);
            default -> throw unknown(algorithm);
        };
    }

    private static String kind(String algorithm) {
        return switch (algorithm) {
            case "RS256", "RS384", "RS512" -> "RSA";
            case "ES256", "ES384" -> "EC";
            case "EdDSA" -> "Ed25519";
            default -> throw unknown(algorithm);
        };
    }

    private static IllegalArgumentException unknown(String algorithm) {
        return new IllegalArgumentException("the algorithm of tokens is one of HS256, HS384, HS512,"
                + " RS256, RS384, RS512, ES256, ES384, EdDSA, not " + algorithm);
    }

    private static boolean isJson(String key) {
        return key.strip().startsWith("{");
    }

    /** A shared secret, as its UTF-8 bytes. */
    final class Hmac implements JwtKey {
        private static final int SHORTEST = 32;
        private static final byte DER_SEQUENCE = 0x30; // how every public key begins (X.690, section 8.9)

        private final String mac;
        private final byte[] secret;

        private Hmac(String mac, byte[] secret) {
            this.mac = mac;
            this.secret = secret;
        }

        /** What anybody may know is no secret: with it, anybody signs (algorithm confusion). */
        private static Hmac of(String mac, String secret) {
            if (secret.contains("-----BEGIN") || isBarePublicKey(secret) || isJwk(secret)) {
                throw new IllegalArgumentException("a PEM or a public key is no secret for an HS algorithm:"
                        + " configure the RS or ES algorithm that it is for");
            }
            var bytes = secret.getBytes(UTF_8);
            if (bytes.length < SHORTEST) {
                throw new IllegalArgumentException("the secret of an HS algorithm has at least 32 bytes");
            }
            return new Hmac(mac, bytes);
        }

        private static boolean isBarePublicKey(String text) {
            try {
                var der = Base64.getMimeDecoder().decode(text.strip());
                return der.length > 0
                        && der[0] == DER_SEQUENCE
                        && Stream.of("RSA", "EC", "Ed25519")
                                .anyMatch(kind -> Pem.publicKey(kind, der).isPresent());
            } catch (IllegalArgumentException notBase64) {
                return false;
            }
        }

        private static boolean isJwk(String text) {
            return isJson(text) && text.contains("\"kty\"");
        }

        @Override
        public boolean verifies(byte[] signingInput, byte[] signature) {
            try {
                var computer = Mac.getInstance(mac);
                computer.init(new SecretKeySpec(secret, mac));
                return MessageDigest.isEqual(computer.doFinal(signingInput), signature);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + mac, e);
            }
        }

        @Override
        public String toString() {
            return "Hmac[hidden]";
        }
    }

    /** A public key; {@code length} is the only one that a signature has, in bytes. */
    record PublicOne(String algorithm, PublicKey key, int length) implements JwtKey {
        private static final int SHORTEST_RSA_BITS = 2048;

        private static PublicOne rsa(String algorithm, PublicKey given) {
            if (!(given instanceof RSAPublicKey key) || key.getModulus().bitLength() < SHORTEST_RSA_BITS) {
                throw new IllegalArgumentException("the key of an RS algorithm is an RSA key of at least 2048 bit");
            }
            return new PublicOne(algorithm, key, (key.getModulus().bitLength() + 7) / 8);
        }

        private static PublicOne ec(String algorithm, String curve, int length, PublicKey given) {
            if (!(given instanceof ECPublicKey key) || !isOn(curve, key)) {
                throw new IllegalArgumentException(
                        "the key of an ES algorithm is an EC key on its curve: P-256 for ES256, P-384 for ES384");
            }
            return new PublicOne(algorithm, key, length);
        }

        /** A signature has one spelling: the JDK refuses one whose second half is not below the order of the group (RFC 8032, 5.1.7). */
        private static PublicOne ed25519(PublicKey given) {
            if (!(given instanceof EdECPublicKey key)
                    || !key.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
                throw new IllegalArgumentException("the key of EdDSA is an Ed25519 key");
            }
            return new PublicOne("Ed25519", key, 64);
        }

        private static boolean isOn(String curve, ECPublicKey key) {
            try {
                var parameters = AlgorithmParameters.getInstance("EC");
                parameters.init(new ECGenParameterSpec(curve));
                var expected = parameters.getParameterSpec(ECParameterSpec.class);
                return expected.getCurve().equals(key.getParams().getCurve())
                        && expected.getGenerator().equals(key.getParams().getGenerator());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + curve, e);
            }
        }

        @Override
        public boolean verifies(byte[] signingInput, byte[] signature) {
            if (signature.length != length) {
                return false;
            }
            try {
                var verifier = Signature.getInstance(algorithm);
                verifier.initVerify(key);
                verifier.update(signingInput);
                return verifier.verify(signature);
            } catch (SignatureException | InvalidKeyException malformed) { // a key can be no point of its curve
                return false;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + algorithm, e);
            }
        }
    }
}
