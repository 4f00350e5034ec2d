package io.portcullis.adapter.password;

import io.portcullis.adapter.crypto.Argon2Memory;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2 (RFC 9106) in the PHC string format, {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}; also argon2i and argon2d. */
final class Argon2 {
    static final int MEMORY_KIB = Argon2Memory.OF_A_HASH;
    static final int PASSES = 2;
    static final int LANES = 1;
    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;
    private static final int MOST_LANES = 64;

    /** Without a version it is 1.0; Django writes its own name before it. */
    private static final Pattern PHC =
            Pattern.compile("(?:argon2)?\\$argon2(id|i|d)\\$(?:v=(16|19)\\$)?m=(\\d{1,7}),t=(\\d{1,7}),p=(\\d{1,3})"
                    + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{6,86})");

    private Argon2() {}

    static Optional<HashText> read(String text) {
        var parts = PHC.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int memory = Integer.parseInt(parts.group(3));
        int passes = Integer.parseInt(parts.group(4));
        int lanes = Integer.parseInt(parts.group(5));
        boolean written = Cost.isBearable(memory, passes) && lanes > 0 && lanes <= MOST_LANES && memory >= 8 * lanes;
        if (!written) {
            return Optional.empty();
        }
        var version = Optional.ofNullable(parts.group(2)).orElse("16");
        var salt = Encoded.base64(parts.group(6));
        var hash = Encoded.base64(parts.group(7));
        return salt.flatMap(salted -> hash.map(expected -> new HashText(
                memory,
                isTodays(parts.group(1), version, memory, passes, lanes, salted.length, expected.length),
                digest(type(parts.group(1)), Integer.parseInt(version), memory, passes, lanes, salted, expected.length),
                expected)));
    }

    private static int type(String letters) {
        return switch (letters) {
            case "id" -> Argon2Parameters.ARGON2_id;
            case "i" -> Argon2Parameters.ARGON2_i;
            default -> Argon2Parameters.ARGON2_d;
        };
    }

    private static boolean isTodays(
            String type, String version, int memory, int passes, int lanes, int saltBytes, int hashBytes) {
        return type.equals("id")
                && version.equals("19")
                && memory == MEMORY_KIB
                && passes == PASSES
                && lanes == LANES
                && saltBytes == SALT_BYTES
                && hashBytes == HASH_BYTES;
    }

    /** Today's. */
    static UnaryOperator<byte[]> digest(byte[] salt) {
        return digest(
                Argon2Parameters.ARGON2_id,
                Argon2Parameters.ARGON2_VERSION_13,
                MEMORY_KIB,
                PASSES,
                LANES,
                salt,
                HASH_BYTES);
    }

    static String write(byte[] salt, byte[] hash) {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    private static UnaryOperator<byte[]> digest(
            int type, int version, int memory, int passes, int lanes, byte[] salt, int length) {
        var parameters = new Argon2Parameters.Builder(type)
                .withVersion(version)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .withBlockPool(Argon2Memory.kept())
                .build();
        return password -> {
            var hash = new byte[length];
            var argon2 = new Argon2BytesGenerator();
            argon2.init(parameters);
            argon2.generateBytes(password, hash);
            return hash;
        };
    }
}
