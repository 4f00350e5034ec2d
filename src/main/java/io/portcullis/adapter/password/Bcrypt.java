package io.portcullis.adapter.password;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * bcrypt as OpenBSD writes it: {@code $2a$}, {@code $2b$}, {@code $2y$}, which are one for passwords in UTF-8. It sees 72
 * bytes of a password and no more, here as in the systems that the hashes come from. Django's
 * {@code bcrypt_sha256$} is bcrypt of the SHA-256 of the password in hex.
 */
final class Bcrypt {
    private static final int SEES = 72;
    private static final int HASH_LETTERS = 31;
    private static final String VERSION = "2b";
    private static final int MEMORY_KIB = 5;
    private static final String OVER_SHA256 = "bcrypt_sha256$";
    private static final Pattern FORM =
            Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");

    private Bcrypt() {}

    static Optional<HashText> read(String text) {
        if (text.startsWith(OVER_SHA256)) {
            return plain(text.substring(OVER_SHA256.length())).map(hash -> hash.after(Bcrypt::sha256));
        }
        return plain(text.startsWith("bcrypt$") ? text.substring("bcrypt$".length()) : text);
    }

    private static Optional<HashText> plain(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches() || !Cost.isBearableExponent(Integer.parseInt(parts.group(1)))) {
            return Optional.empty();
        }
        int cost = Integer.parseInt(parts.group(1));
        var salt = Encoded.bcrypt(parts.group(2));
        return Optional.of(new HashText(
                MEMORY_KIB,
                false,
                password -> digest(password, salt, cost),
                parts.group(3).getBytes(US_ASCII)));
    }

    /** As it is written, behind the salt; of 24 bytes the last is not. */
    private static byte[] digest(byte[] password, byte[] salt, int cost) {
        var written =
                OpenBSDBCrypt.generate(VERSION, Arrays.copyOf(password, Math.min(password.length, SEES)), salt, cost);
        return written.substring(written.length() - HASH_LETTERS).getBytes(US_ASCII);
    }

    private static byte[] sha256(byte[] password) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(password);
            return HexFormat.of().formatHex(digest).getBytes(US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
