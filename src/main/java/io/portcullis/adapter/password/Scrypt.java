package io.portcullis.adapter.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * scrypt (RFC 7914) as it is written by passlib and others in the PHC form {@code $scrypt$ln=16,r=8,p=1$SALT$HASH}, by
 * Werkzeug ({@code scrypt:32768:8:1$SALT$HEX}), by Django ({@code scrypt$16384$SALT$8$1$HASH}), by the library of its author
 * and Spring ({@code $s0$e0801$SALT$HASH}, {@code $e0801$SALT$HASH}), and by better-auth ({@code HEX:HEX}, of fixed cost).
 */
final class Scrypt {
    private static final String BASE64 = "([A-Za-z0-9+/.]{4,120}={0,2})";
    private static final Pattern PHC =
            Pattern.compile("\\$scrypt\\$ln=(\\d{1,2}),r=(\\d{1,4}),p=(\\d{1,4})\\$" + BASE64 + "\\$" + BASE64);
    private static final Pattern PACKED = Pattern.compile("\\$(?:s0\\$)?([0-9a-f]{5,6})\\$" + BASE64 + "\\$" + BASE64);
    private static final Pattern WERKZEUG =
            Pattern.compile("scrypt:(\\d{1,8}):(\\d{1,4}):(\\d{1,4})\\$([^$]{1,128})\\$([0-9a-f]{32,256})");
    private static final Pattern DJANGO =
            Pattern.compile("scrypt\\$(\\d{1,8})\\$([^$]{1,128})\\$(\\d{1,4})\\$(\\d{1,4})\\$" + BASE64);
    private static final Pattern BETTER_AUTH = Pattern.compile("([0-9a-f]{32}):([0-9a-f]{128})");
    private static final int SHORTEST_HASH = 16;

    private Scrypt() {}

    static Optional<HashText> read(String text) {
        return phc(text)
                .or(() -> packed(text))
                .or(() -> werkzeug(text))
                .or(() -> django(text))
                .or(() -> betterAuth(text));
    }

    private static Optional<MatchResult> parts(Pattern form, String text) {
        var matcher = form.matcher(text);
        return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }

    private static Optional<HashText> phc(String text) {
        return parts(PHC, text).flatMap(part -> {
            int exponent = number(part, 1);
            return exponent > 30
                    ? Optional.empty()
                    : hash(
                            1 << exponent,
                            number(part, 2),
                            number(part, 3),
                            Encoded.base64(part.group(4)),
                            part.group(5));
        });
    }

    /** Exponent, r and p in hex, two digits each but the first. */
    private static Optional<HashText> packed(String text) {
        return parts(PACKED, text).flatMap(part -> {
            int packed = Integer.parseInt(part.group(1), 16);
            int exponent = packed >> 16;
            return exponent > 30
                    ? Optional.empty()
                    : hash(
                            1 << exponent,
                            (packed >> 8) & 0xff,
                            packed & 0xff,
                            Encoded.base64(part.group(2)),
                            part.group(3));
        });
    }

    private static Optional<HashText> werkzeug(String text) {
        return parts(WERKZEUG, text)
                .flatMap(part -> Encoded.hex(part.group(5))
                        .flatMap(expected -> hash(
                                number(part, 1),
                                number(part, 2),
                                number(part, 3),
                                part.group(4).getBytes(UTF_8),
                                expected)));
    }

    private static Optional<HashText> django(String text) {
        return parts(DJANGO, text)
                .flatMap(part -> hash(
                        number(part, 1),
                        number(part, 3),
                        number(part, 4),
                        Optional.of(part.group(2).getBytes(UTF_8)),
                        part.group(5)));
    }

    /** The salt is its hex digits, and a password is in Unicode's form NFKC. */
    private static Optional<HashText> betterAuth(String text) {
        return parts(BETTER_AUTH, text)
                .flatMap(part -> Encoded.hex(part.group(2))
                        .flatMap(expected -> hash(16_384, 16, 1, part.group(1).getBytes(UTF_8), expected))
                        .map(hash -> hash.after(
                                password -> Normalizer.normalize(new String(password, UTF_8), Normalizer.Form.NFKC)
                                        .getBytes(UTF_8))));
    }

    private static Optional<HashText> hash(int n, int r, int p, Optional<byte[]> salt, String expected) {
        return salt.flatMap(salted -> Encoded.base64(expected).flatMap(out -> hash(n, r, p, salted, out)));
    }

    private static Optional<HashText> hash(int n, int r, int p, byte[] salt, byte[] expected) {
        long memoryKib = Math.max(1, 128L * r * n / 1024);
        boolean wellFormed = n > 1 && Integer.bitCount(n) == 1 && r > 0 && p > 0 && expected.length >= SHORTEST_HASH;
        if (!wellFormed || !Cost.isBearable(memoryKib, p)) {
            return Optional.empty();
        }
        return Optional.of(new HashText(
                (int) memoryKib,
                false,
                password -> SCrypt.generate(password, salt, n, r, p, expected.length),
                expected));
    }

    private static int number(MatchResult part, int group) {
        return Integer.parseInt(part.group(group));
    }
}
