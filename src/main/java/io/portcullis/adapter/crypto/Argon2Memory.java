package io.portcullis.adapter.crypto;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;

/**
 * Where Argon2 (RFC 9106) computes. Its blocks are cleared and kept from one hash to the next: as garbage, the 19 MiB of each login would be copied
 * and collected in pauses that every request waits for.
 */
public final class Argon2Memory {
    /** In KiB, of a hash as it is made today: OWASP's and libsodium's choice for logins that many people make at once. */
    public static final int OF_A_HASH = 19_456;

    private static final int PART_OF_HEAP = 4;
    private static final int BLOCK = 1024; // bytes; RFC 9106, section 3.2
    private static final BlockPool KEPT = new FixedBlockPool(blocks());

    private Argon2Memory() {}

    /** For any thread. A hash for which too few blocks are kept takes the others from the heap. */
    public static BlockPool kept() {
        return KEPT;
    }

    /** For as many as are computed at a time, within a part of the heap. */
    private static int blocks() {
        long most = (long) OF_A_HASH * Runtime.getRuntime().availableProcessors();
        return (int) Math.min(most, Runtime.getRuntime().maxMemory() / PART_OF_HEAP / BLOCK);
    }
}
