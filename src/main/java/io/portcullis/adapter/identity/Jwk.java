package io.portcullis.adapter.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A JSON Web Key (RFC 7517) that signatures of one algorithm can be verified with, and the {@code kid} it goes by. */
record Jwk(Optional<String> kid, JwtKey key) {
    /** What stands before the 32 bytes of an Ed25519 key in its SPKI (RFC 8410, section 4). */
    private static final byte[] ED25519_SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;

    /**
     * Those of a JWK set that are for the algorithm; all others are passed over, as RFC 7517, section 5 asks.
     *
     * @throws IllegalArgumentException when it is no JWK set
     */
    static List<Jwk> usable(String algorithm, byte[] set) {
        try {
            if (new JsonObject(Buffer.buffer(set)).getValue("keys") instanceof JsonArray keys) {
                return keys.stream()
                        .flatMap(key -> key instanceof JsonObject json
                                ? parse(algorithm, json.encode()).stream()
                                : Optional.<Jwk>empty().stream())
                        .toList();
            }
        } catch (DecodeException | ClassCastException notAnObject) {
            // told below
        }
        throw new IllegalArgumentException("it is no JWK set");
    }

    /** Empty unless it is a public key for verifying this algorithm. Of a private key only the public part is taken. */
    static Optional<Jwk> parse(String algorithm, String json) {
        try {
            var jwk = JWK.parse(json);
            return isFor(algorithm, jwk)
                    ? publicKey(jwk).map(key -> new Jwk(Optional.ofNullable(jwk.getKeyID()), JwtKey.of(algorithm, key)))
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    private static boolean isFor(String algorithm, JWK jwk) {
        var use = jwk.getKeyUse();
        var operations = jwk.getKeyOperations();
        var named = jwk.getAlgorithm();
        return (use == null || use.equals(KeyUse.SIGNATURE))
                && (operations == null || operations.contains(KeyOperation.VERIFY))
                && (named == null || isNameOf(algorithm, named.getName()));
    }

    /** RFC 9864 has given EdDSA with this curve a name of its own. */
    private static boolean isNameOf(String algorithm, String name) {
        return name.equals(algorithm) || (algorithm.equals("EdDSA") && name.equals("Ed25519"));
    }

    private static Optional<PublicKey> publicKey(JWK jwk) throws JOSEException {
        return switch (jwk) {
            case RSAKey rsa -> Optional.of(rsa.toRSAPublicKey());
            case ECKey ec -> Optional.of(ec.toECPublicKey());
            case OctetKeyPair pair -> Curve.Ed25519.equals(pair.getCurve()) ? ed25519(pair) : Optional.empty();
            default -> Optional.empty(); // a symmetric key that anybody can read is no secret
        };
    }

    private static Optional<PublicKey> ed25519(OctetKeyPair pair) {
        var raw = pair.getDecodedX();
        if (raw.length != ED25519_BYTES) {
            return Optional.empty();
        }
        var spki = new byte[ED25519_SPKI.length + ED25519_BYTES];
        System.arraycopy(ED25519_SPKI, 0, spki, 0, ED25519_SPKI.length);
        System.arraycopy(raw, 0, spki, ED25519_SPKI.length, ED25519_BYTES);
        return Pem.publicKey("Ed25519", spki);
    }
}
