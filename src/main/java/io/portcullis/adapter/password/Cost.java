package io.portcullis.adapter.password;

/**
 * What comparing one password may cost, so that a damaged or planted hash stops nobody else's login: 256 MiB, and about
 * two seconds of a core.
 */
final class Cost {
    static final int MOST_MEMORY_KIB = 256 * 1024;

    /** Memory that is written in all passes together. */
    private static final long MOST_WRITTEN_KIB = 1024 * 1024;

    private static final int MOST_ITERATIONS = 5_000_000;
    private static final int MOST_BCRYPT = 15;
    private static final int LEAST_BCRYPT = 4;

    private Cost() {}

    /** Memory of some KiB in some passes over it. */
    static boolean isBearable(long memoryKib, long passes) {
        return memoryKib > 0 && memoryKib <= MOST_MEMORY_KIB && passes > 0 && passes <= MOST_WRITTEN_KIB / memoryKib;
    }

    static boolean isBearableCount(long iterations) {
        return iterations > 0 && iterations <= MOST_ITERATIONS;
    }

    /** Of bcrypt, whose rounds are a power of two. */
    static boolean isBearableExponent(int cost) {
        return cost >= LEAST_BCRYPT && cost <= MOST_BCRYPT;
    }
}
