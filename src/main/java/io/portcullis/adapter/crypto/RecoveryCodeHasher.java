package io.portcullis.adapter.crypto;

import io.portcullis.domain.code.CodeHasher;
import java.security.SecureRandom;

/**
 * Hashes by argon2id ({@link Argon2CodeHasher}), and also knows the backup codes of another system that were imported
 * ({@link ForeignCodeHash}): a stored hash says by its first letters what it is. Prints itself hidden.
 */
public final class RecoveryCodeHasher implements CodeHasher {
    private final Argon2CodeHasher argon2;

    /**
     * @param pepper at least 16 bytes in UTF-8
     * @param threads where hashes are computed
     */
    public RecoveryCodeHasher(String pepper, HashThreads threads, SecureRandom random) {
        argon2 = new Argon2CodeHasher(pepper, threads, random);
    }

    @Override
    public String hash(String code) {
        return argon2.hash(code);
    }

    /**
     * Compares in constant time. An imported code is compared as it was typed and in at most two other spellings.
     *
     * @throws IllegalArgumentException when {@code hash} is none of ours: the store is damaged
     */
    @Override
    public boolean matches(String code, String hash) {
        return ForeignCodeHash.isAdopted(hash)
                ? ForeignCodeHash.matches(code, hash, argon2)
                : argon2.matches(code, hash);
    }

    /** What is stored of a code that another system hashed, to be given to {@link #matches}. */
    public String adopt(ForeignCodeHash foreign) {
        return foreign.adopt(argon2);
    }

    @Override
    public String toString() {
        return "RecoveryCodeHasher[hidden]";
    }
}
