package io.portcullis.domain;

import io.portcullis.domain.code.CodeHasher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** One-way but fast, and counts what it was made to compute. */
public final class QuickHasher implements CodeHasher {
    private int comparisons;
    private int hashes;
    private Runnable meanwhile = () -> {};

    @Override
    public String hash(String code) {
        hashes++;
        meanwhile.run();
        return digest(code);
    }

    private static String digest(String code) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean matches(String code, String hash) {
        comparisons++;
        return digest(code).equals(hash);
    }

    public int comparisons() {
        return comparisons;
    }

    /** How many were computed to be stored. */
    public int hashes() {
        return hashes;
    }

    /** Happens once, while the next hash is computed. */
    public void meanwhile(Runnable event) {
        meanwhile = () -> {
            meanwhile = () -> {};
            event.run();
        };
    }
}
