package io.portcullis.adapter.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as a legacy backend would make them, and as an attacker would. */
final class Tokens {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration TTL = Duration.ofDays(7);
    static final JsonObject HEADER = new JsonObject().put("alg", "HS256").put("typ", "JWT");

    private Tokens() {}

    static JsonObject claims() {
        return new JsonObject()
                .put("sub", "42")
                .put("email", "alice@example.com")
                .put("realm", new JsonObject().put("role", "superAdmin"))
                .put("iss", "legacy")
                .put("aud", "admin-api")
                .put("iat", NOW.getEpochSecond())
                .put("nbf", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 3600);
    }

    static JwtSource source(String algorithm, String key, InstantSource clock) {
        return source(
                algorithm,
                JwtKeys.fixed(algorithm, key),
                new JwtSettings.Claims(
                        "sub", Optional.of("email"), Optional.of("/realm/role"), Optional.empty(), Optional.empty()),
                Set.of(),
                clock);
    }

    static JwtSource source(
            String algorithm, JwtKeys keys, JwtSettings.Claims claims, Set<String> realms, InstantSource clock) {
        return new JwtSource(
                new JwtSettings(
                        "legacy",
                        "admin",
                        algorithm,
                        new JwtSettings.Fixed(""),
                        Optional.of("legacy"),
                        Optional.of("admin-api"),
                        Duration.ofSeconds(30),
                        List.of("bearer"),
                        claims,
                        realms),
                keys,
                TTL,
                clock);
    }

    static String hmac(String mac, String secret, JsonObject header, JsonObject claims) {
        return hmac(mac, secret, header.encode(), claims.encode());
    }

    static String hmac(String mac, String secret, String header, String claims) {
        try {
            var input = part(header) + "." + part(claims);
            var computer = Mac.getInstance(mac);
            computer.init(new SecretKeySpec(secret.getBytes(UTF_8), mac));
            return input + "." + part(computer.doFinal(input.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signed(String signature, String algorithm, PrivateKey key) throws GeneralSecurityException {
        var input = part(new JsonObject().put("alg", algorithm)) + "." + part(claims());
        var signer = Signature.getInstance(signature);
        signer.initSign(key);
        signer.update(input.getBytes(UTF_8));
        return input + "." + part(signer.sign());
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    static String pem(Key key) {
        return pem("PUBLIC KEY", key.getEncoded());
    }

    static String part(JsonObject json) {
        return part(json.encode());
    }

    static String part(String text) {
        return part(text.getBytes(UTF_8));
    }

    static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
