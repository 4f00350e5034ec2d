package io.portcullis.adapter.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.portcullis.domain.session.Fingerprint;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;

/** A token in its three parts (RFC 7515, section 7.1). Nothing of it is proved. */
record Jwt(JsonObject header, JsonObject claims, Signed signed) {
    /** The bytes that are signed and their signature. */
    @SuppressWarnings("ArrayRecordComponent") // lives as long as one verification
    record Signed(byte[] input, byte[] signature) {
        boolean by(JwtKey key) {
            return key.verifies(input, signature);
        }
    }

    /** Of what is signed, not of the signature: an ECDSA signature has a twin that anybody can compute and that is as good. */
    Fingerprint fingerprint() {
        return Fingerprint.of(new String(signed.input(), US_ASCII));
    }

    /** Which key it says that it is signed with. */
    Optional<String> kid() {
        return header.getValue("kid") instanceof String kid ? Optional.of(kid) : Optional.empty();
    }

    private static final int LONGEST = 8 * 1024;

    /** Empty unless it has exactly three parts, each in the one spelling that base64url without padding has. */
    static Optional<Jwt> parse(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        var input = (parts[0] + "." + parts[1]).getBytes(US_ASCII);
        return decode(parts[0])
                .flatMap(Jwt::json)
                .flatMap(header -> decode(parts[1])
                        .flatMap(Jwt::json)
                        .flatMap(claims -> decode(parts[2])
                                .map(signature -> new Jwt(header, claims, new Signed(input, signature)))));
    }

    /** Another spelling of the same bytes would be another credential, to be ended on its own. */
    private static Optional<byte[]> decode(String part) {
        try {
            var bytes = Base64.getUrlDecoder().decode(part);
            var canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            return !part.isEmpty() && canonical.equals(part) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> json(byte[] bytes) {
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Json.decodeValue(text) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        } catch (CharacterCodingException | DecodeException notJson) {
            return Optional.empty();
        }
    }
}
