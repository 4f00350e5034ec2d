package io.portcullis.adapter.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * The hash of a backup code that another system made: bcrypt ({@code $2a$}, {@code $2b$}, {@code $2y$}), or SHA-256 of the
 * code in UTF-8 without a salt, in hex or base64. bcrypt is kept as it is. A SHA-256 is as good as the code itself to
 * whoever steals it, so it is kept as argon2id over its hex digits, in the form {@code sha256+$argon2id$...}. Prints
 * itself hidden.
 */
public final class ForeignCodeHash {
    /** Up to this cost other ways to type a code are tried too. */
    private static final int CHEAP_COST = 10;

    private static final int SPELLINGS = 3;
    private static final String ADOPTED_SHA256 = "sha256+";

    /** A cost of 14 takes about a second, and below 4 there is none. */
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53}");

    private static final Pattern ANY_BCRYPT = Pattern.compile("\\$2[a-z]?\\$.*");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=?");
    private static final Pattern BASE64_URL = Pattern.compile("[A-Za-z0-9_-]{43}=?");
    private static final Pattern TYPED = Pattern.compile("\\P{Cntrl}{4,64}");

    private final String bcryptOrHex;

    private ForeignCodeHash(String bcryptOrHex) {
        this.bcryptOrHex = bcryptOrHex;
    }

    /**
     * Reads a hash.
     *
     * @throws IllegalArgumentException when it is in none of the forms; the message repeats none of it
     */
    public static ForeignCodeHash parse(String hash) {
        if (BCRYPT.matcher(hash).matches()) {
            return new ForeignCodeHash(hash);
        }
        if (ANY_BCRYPT.matcher(hash).matches()) {
            throw new IllegalArgumentException("a bcrypt hash is $2a$, $2b$ or $2y$ with a cost from 04 to 14");
        }
        if (HEX.matcher(hash).matches()) {
            return new ForeignCodeHash(hash.toLowerCase(Locale.ROOT));
        }
        if (BASE64.matcher(hash).matches()) {
            return ofSha256(Base64.getDecoder().decode(hash));
        }
        if (BASE64_URL.matcher(hash).matches()) {
            return ofSha256(Base64.getUrlDecoder().decode(hash));
        }
        throw new IllegalArgumentException("neither bcrypt nor SHA-256 in hex or base64");
    }

    private static ForeignCodeHash ofSha256(byte[] digest) {
        return new ForeignCodeHash(HexFormat.of().formatHex(digest));
    }

    /**
     * How long comparing with it takes at most, in rounds of bcrypt: 1024 of them, or one argon2id, are in the order of 50 ms.
     * A typed code does not say which one it is, so it may have to be compared with all codes of the account.
     */
    public int rounds() {
        int cost = isBcrypt(bcryptOrHex) ? cost(bcryptOrHex) : CHEAP_COST;
        return (cost > CHEAP_COST ? 1 : SPELLINGS) << cost;
    }

    /** The form in which it is stored; takes tens of milliseconds for SHA-256. */
    String adopt(Argon2CodeHasher argon2) {
        return isBcrypt(bcryptOrHex) ? bcryptOrHex : ADOPTED_SHA256 + argon2.hash(bcryptOrHex);
    }

    /** Whether a stored hash is one that was adopted. */
    static boolean isAdopted(String stored) {
        return stored.startsWith(ADOPTED_SHA256) || isBcrypt(stored);
    }

    /**
     * Whether a typed code is the one of an adopted hash, compared in constant time. Codes from elsewhere have any form of 4
     * to 64 printable characters, so a code is taken as typed, without white space around it; then without spaces and
     * hyphens; then that in lower case. Behind a bcrypt cost above 10, only as typed: each comparison takes too long.
     */
    static boolean matches(String typed, String stored, Argon2CodeHasher argon2) {
        var code = typed.strip();
        if (!TYPED.matcher(code).matches()) {
            return false;
        }
        if (stored.startsWith(ADOPTED_SHA256)) {
            var hash = stored.substring(ADOPTED_SHA256.length());
            return variants(code).anyMatch(variant -> argon2.matches(sha256(variant), hash));
        }
        var variants = cost(stored) > CHEAP_COST ? Stream.of(code) : variants(code);
        return variants.anyMatch(
                variant -> argon2.inTurn(() -> OpenBSDBCrypt.checkPassword(stored, variant.getBytes(UTF_8))));
    }

    private static Stream<String> variants(String code) {
        var bare = code.replaceAll("[\\s-]", "");
        return List.of(code, bare, bare.toLowerCase(Locale.ROOT)).stream().distinct();
    }

    private static boolean isBcrypt(String stored) {
        return BCRYPT.matcher(stored).matches();
    }

    private static int cost(String bcrypt) {
        return Integer.parseInt(bcrypt.substring(4, 6));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ForeignCodeHash[hidden]";
    }
}
