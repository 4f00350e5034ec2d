package io.portcullis.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portcullis.demo.LegacyBackend;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as legacy backends make them that the demo backend is not. */
final class MintedTokens {
    private static final int SPKI_PREFIX = 12;

    private MintedTokens() {}

    static JsonObject claims(InstantSource clock, Duration ttl) {
        var now = clock.instant();
        return new JsonObject()
                .put("iss", "legacy")
                .put("aud", "admin-api")
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(ttl).getEpochSecond());
    }

    /** Signed with the secret of the demo backend. */
    static String hmac(JsonObject claims) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(LegacyBackend.DEMO_JWT_SECRET.getBytes(UTF_8), "HmacSHA256"));
            var input = part(new JsonObject().put("alg", "HS256")) + "." + part(claims);
            return input + "." + part(mac.doFinal(input.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An Ed25519 key that its owner publishes. */
    record Published(String kid, KeyPair pair) {
        static Published create(String kid) {
            try {
                return new Published(
                        kid, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        static String set(Published... keys) {
            var array = new JsonArray();
            for (var key : keys) {
                var spki = key.pair().getPublic().getEncoded();
                array.add(JsonObject.of(
                        "kty",
                        "OKP",
                        "crv",
                        "Ed25519",
                        "use",
                        "sig",
                        "kid",
                        key.kid(),
                        "x",
                        part(Arrays.copyOfRange(spki, SPKI_PREFIX, spki.length))));
            }
            return JsonObject.of("keys", array).encode();
        }

        String token(JsonObject claims) {
            try {
                var input = part(JsonObject.of("alg", "EdDSA", "kid", kid)) + "." + part(claims);
                var signer = Signature.getInstance("Ed25519");
                signer.initSign(pair.getPrivate());
                signer.update(input.getBytes(UTF_8));
                return input + "." + part(signer.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String part(JsonObject json) {
        return part(json.encode().getBytes(UTF_8));
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
