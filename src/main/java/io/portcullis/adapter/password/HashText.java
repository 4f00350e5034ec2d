package io.portcullis.adapter.password;

import java.security.MessageDigest;
import java.util.function.UnaryOperator;

/** What the text of a password hash says: how to compute one, and what is to come out for the right password. Prints itself hidden. */
final class HashText {
    private final int memoryKib;
    private final boolean upToDate;
    private final UnaryOperator<byte[]> digest;
    private final byte[] expected;

    /**
     * @param memoryKib what computing it takes
     * @param digest from a password in UTF-8
     */
    HashText(int memoryKib, boolean upToDate, UnaryOperator<byte[]> digest, byte[] expected) {
        this.memoryKib = memoryKib;
        this.upToDate = upToDate;
        this.digest = digest;
        this.expected = expected.clone();
    }

    int memoryKib() {
        return memoryKib;
    }

    boolean upToDate() {
        return upToDate;
    }

    /** Computes and compares, in constant time. */
    boolean matches(byte[] password) {
        return MessageDigest.isEqual(expected, digest.apply(password));
    }

    /** The same with another outcome. */
    HashText expecting(byte[] other) {
        return new HashText(memoryKib, upToDate, digest, other);
    }

    int length() {
        return expected.length;
    }

    /** The same over what {@code first} makes of a password. */
    HashText after(UnaryOperator<byte[]> first) {
        return new HashText(memoryKib, upToDate, password -> digest.apply(first.apply(password)), expected);
    }

    @Override
    public String toString() {
        return "HashText[hidden]";
    }
}
