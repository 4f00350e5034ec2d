package io.portcullis.adapter.crypto;

import io.portcullis.domain.code.CodeHasher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) in the PHC string format: {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. The pepper is its
 * secret value K (section 3.1), so that a stolen database alone is no oracle. A hash keeps the cost it was made with, so
 * a later version may raise it. Prints itself hidden.
 */
public final class Argon2CodeHasher implements CodeHasher {
    static final int SHORTEST_PEPPER = 16;
    private static final int MEMORY_KIB = Argon2Memory.OF_A_HASH;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final byte[] pepper;
    private final SecureRandom random;
    private final HashThreads threads;

    /**
     * @param pepper at least 16 bytes in UTF-8
     * @param threads where hashes are computed: each takes one for tens of milliseconds, and 19 MiB
     */
    public Argon2CodeHasher(String pepper, HashThreads threads, SecureRandom random) {
        this.pepper = pepper.getBytes(StandardCharsets.UTF_8);
        if (this.pepper.length < SHORTEST_PEPPER) {
            throw new IllegalArgumentException("the pepper is at least 16 bytes");
        }
        this.threads = threads;
        this.random = random;
    }

    @Override
    public String hash(String code) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var hash = compute(code, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    /**
     * Compares in constant time.
     *
     * @throws IllegalArgumentException when {@code hash} is none of ours: the store is damaged
     */
    @Override
    public boolean matches(String code, String hash) {
        var parts = PHC.matcher(hash);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an argon2id hash in PHC format");
        }
        var expected = Base64.getDecoder().decode(parts.group(5));
        var computed = compute(
                code,
                Base64.getDecoder().decode(parts.group(4)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, computed);
    }

    private byte[] compute(String code, byte[] salt, int memory, int passes, int lanes, int length) {
        var parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .withSecret(pepper)
                .withBlockPool(Argon2Memory.kept())
                .build();
        return inTurn(() -> {
            var hash = new byte[length];
            var argon2 = new Argon2BytesGenerator();
            argon2.init(parameters);
            argon2.generateBytes(code.getBytes(StandardCharsets.UTF_8), hash);
            return hash;
        });
    }

    /** Computes when it is its turn. */
    <T> T inTurn(Supplier<T> computation) {
        return threads.compute(computation);
    }

    @Override
    public String toString() {
        return "Argon2CodeHasher[hidden]";
    }
}
