package io.portcullis.adapter.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.math.BigInteger;
import java.util.Optional;

/** Where a token has something: a claim's name, or a JSON pointer (RFC 6901). */
record Claim(JsonPointer pointer) {
    private static final int LONGEST = 255;

    /** Reads a place; what begins with a slash is a pointer. Throws IllegalArgumentException when it is none. */
    static Claim at(String place) {
        return new Claim(
                place.startsWith("/")
                        ? JsonPointer.from(place)
                        : JsonPointer.create().append(place));
    }

    /** The id there: a text, or an integral number in decimal, as legacy ids often are. */
    Optional<String> id(JsonObject claims) {
        var value = pointer.queryJson(claims);
        return value instanceof Integer || value instanceof Long || value instanceof BigInteger
                ? Optional.of(value.toString()).filter(Claim::plain)
                : text(claims);
    }

    /** The text there. */
    Optional<String> text(JsonObject claims) {
        return pointer.queryJson(claims) instanceof String text
                ? Optional.of(text).filter(Claim::plain)
                : Optional.empty();
    }

    /** Whether there is nothing, or null. */
    boolean absent(JsonObject claims) {
        return pointer.queryJson(claims) == null;
    }

    /** Not what could not be passed on faithfully: empty, too long, control characters, half a character. */
    private static boolean plain(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().noneMatch(Character::isISOControl)
                && UTF_8.newEncoder().canEncode(text);
    }
}
