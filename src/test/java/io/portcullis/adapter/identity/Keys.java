package io.portcullis.adapter.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * A key pair of somebody who publishes it.
 *
 * @param jwk the public half as it is published
 */
record Keys(String algorithm, String signature, KeyPair pair, JsonObject jwk) {
    private static final int SPKI_PREFIX = 12;

    static Keys ed25519(String kid) {
        var pair = generate("Ed25519", 0);
        var spki = pair.getPublic().getEncoded();
        var x = Base64URL.encode(Arrays.copyOfRange(spki, SPKI_PREFIX, spki.length));
        return of(
                "EdDSA",
                "Ed25519",
                pair,
                new OctetKeyPair.Builder(Curve.Ed25519, x).keyID(kid).build());
    }

    static Keys rsa(String kid, int bits) {
        var pair = generate("RSA", bits);
        var jwk = new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(kid).build();
        return of("RS256", "SHA256withRSA", pair, jwk);
    }

    static Keys p256(String kid) {
        var pair = generate("EC", 256);
        var jwk = new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .keyID(kid)
                .build();
        return of("ES256", "SHA256withECDSAinP1363Format", pair, jwk);
    }

    private static Keys of(String algorithm, String signature, KeyPair pair, JWK jwk) {
        return new Keys(algorithm, signature, pair, new JsonObject(jwk.toJSONString()));
    }

    /** The same key, published with one member more. */
    Keys with(String member, Object value) {
        return new Keys(algorithm, signature, pair, jwk.copy().put(member, value));
    }

    static String set(Keys... keys) {
        var array = new JsonArray();
        for (var key : keys) {
            array.add(key.jwk());
        }
        return new JsonObject().put("keys", array).encode();
    }

    /** A right token with this key's {@code kid}, made now. */
    String token(InstantSource clock) {
        var now = clock.instant().getEpochSecond();
        var header = new JsonObject().put("alg", algorithm).put("kid", jwk.getString("kid"));
        return token(header, Tokens.claims().put("iat", now).put("nbf", now).put("exp", now + 3600));
    }

    String token(JsonObject header, JsonObject claims) {
        var input = Tokens.part(header) + "." + Tokens.part(claims);
        return input + "." + Tokens.part(sign(input));
    }

    byte[] sign(String input) {
        try {
            var signer = Signature.getInstance(signature);
            signer.initSign(pair.getPrivate());
            signer.update(input.getBytes(UTF_8));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair generate(String kind, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(kind);
            if (kind.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
