package io.portcullis.adapter.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The private keys that sign assertions to backends. The first one signs; the public halves of all are published, so that
 * a key can be made known before it signs and stay known after. Safe for use by many threads. Prints itself hidden.
 */
public final class AssertionKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final List<SigningKey> keys;
    private final String header;

    private AssertionKeys(List<SigningKey> keys) {
        this.keys = keys;
        var first = keys.getFirst();
        header = encoded(
                new JsonObject().put("typ", "JWT").put("alg", first.algorithm()).put("kid", first.id()));
    }

    /**
     * Reads one or several keys.
     *
     * @param pem PKCS#8 in PEM (RFC 7468), Ed25519 or EC on P-256, one behind the other
     * @throws IllegalArgumentException when there is none, or one of another kind; the message repeats none of it
     */
    public static AssertionKeys of(String pem) {
        var keys = PEM.matcher(pem)
                .results()
                .map(block -> SigningKey.of(Base64.getMimeDecoder().decode(block.group(1))))
                .toList();
        if (keys.isEmpty() || !PEM.matcher(pem).replaceAll("").isBlank()) {
            throw new IllegalArgumentException(
                    "assertion.keys are private keys in PEM, each from -----BEGIN PRIVATE KEY----- to its end;"
                            + " portcullis keys assertion makes one");
        }
        return new AssertionKeys(keys);
    }

    /** A JWT (RFC 7519) in compact form, signed by the first key. */
    public String sign(JsonObject claims) {
        var input = header + "." + encoded(claims);
        return input + "." + BASE64URL.encodeToString(keys.getFirst().sign(input.getBytes(UTF_8)));
    }

    /** The public keys as a JWK set (RFC 7517, section 5). */
    public JsonObject jwks() {
        var all = new JsonArray();
        keys.forEach(key -> all.add(key.jwk()));
        return new JsonObject().put("keys", all);
    }

    private static String encoded(JsonObject json) {
        return BASE64URL.encodeToString(json.encode().getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "AssertionKeys[hidden]";
    }
}
