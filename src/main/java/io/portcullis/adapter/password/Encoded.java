package io.portcullis.adapter.password;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Bytes in the alphabets of hash texts. */
final class Encoded {
    private static final String BCRYPT = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Encoded() {}

    /** Padded or not; also passlib's, which has {@code .} for {@code +}. */
    static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.replace('.', '+')));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    static Optional<byte[]> hex(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Of characters that were found to be in the alphabet of bcrypt. */
    static byte[] bcrypt(String text) {
        var standard = new StringBuilder(text.length());
        text.chars().forEach(sign -> standard.append(STANDARD.charAt(BCRYPT.indexOf(sign))));
        return Base64.getDecoder().decode(standard.toString());
    }
}
