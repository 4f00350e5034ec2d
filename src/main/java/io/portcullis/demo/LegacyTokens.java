package io.portcullis.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The backend's tokens: JWTs (RFC 7519) signed with HS256. */
public final class LegacyTokens {
    public static final String ISSUER = "legacy";
    public static final String AUDIENCE = "admin-api";
    public static final Duration TTL = Duration.ofHours(1);

    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final SecretKeySpec key;
    private final InstantSource clock;

    /** @param secret at least 32 bytes of UTF-8, what HS256 asks for (RFC 7518, 3.2) */
    public LegacyTokens(String secret, InstantSource clock) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 32) {
            throw new IllegalArgumentException("LEGACY_JWT_SECRET is shorter than 32 bytes");
        }
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
        this.clock = clock;
    }

    /** A new token. Two tokens are never equal, not even those of one account made in the same second. */
    public String issue(LegacyAccount account, Duration ttl) {
        var now = clock.instant();
        var claims = JsonObject.of(
                "sub", Integer.toString(account.id()),
                "email", account.email(),
                "role", account.role(),
                "iss", ISSUER,
                "aud", AUDIENCE,
                "iat", now.getEpochSecond(),
                "exp", now.plus(ttl).getEpochSecond(),
                "jti", UUID.randomUUID().toString());
        String signed = HEADER + "." + encode(claims.encode().getBytes(StandardCharsets.UTF_8));
        return signed + "." + encode(sign(signed));
    }

    /** The claims of a token that this backend signed and that has not expired. */
    Optional<JsonObject> verify(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 0 || !token.startsWith(HEADER + ".") || dot <= HEADER.length()) {
            return Optional.empty();
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            if (!MessageDigest.isEqual(sign(token.substring(0, dot)), signature)) {
                return Optional.empty();
            }
            var claims = new JsonObject(
                    Buffer.buffer(Base64.getUrlDecoder().decode(token.substring(HEADER.length() + 1, dot))));
            return Optional.of(claims).filter(this::current);
        } catch (IllegalArgumentException | DecodeException | ClassCastException broken) {
            return Optional.empty();
        }
    }

    private boolean current(JsonObject claims) {
        return ISSUER.equals(claims.getString("iss"))
                && AUDIENCE.equals(claims.getString("aud"))
                && Objects.requireNonNullElse(claims.getLong("exp"), 0L)
                        > clock.instant().getEpochSecond();
    }

    private byte[] sign(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
