package io.portcullis.adapter.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringJoiner;

/** Text in a header (RFC 2047). The mail library breaks characters beyond the basic plane and quotes no names. */
final class EncodedWords {
    /** In bytes: a word is then at most 72 characters long, of the 75 that RFC 2047 allows. */
    private static final int LONGEST = 45;

    private EncodedWords() {}

    /** A subject. */
    static String text(String text) {
        return isAscii(text) ? text : encoded(text);
    }

    /** A display name before an address. */
    static String phrase(String text) {
        return isAscii(text) ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : encoded(text);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    private static String encoded(String text) {
        var words = new StringJoiner("\r\n ");
        var word = new StringBuilder();
        for (int codePoint : text.codePoints().toArray()) {
            var character = Character.toString(codePoint);
            if (bytes(word + character).length > LONGEST) {
                words.add(word(word.toString()));
                word.setLength(0);
            }
            word.append(character);
        }
        return words.add(word(word.toString())).toString();
    }

    private static String word(String text) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes(text)) + "?=";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
