package io.portcullis.adapter.postgres;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The hash of a row, or the nothing before the first one. Compares in constant time. */
record AuditHash(Buffer buffer) {
    static final AuditHash NONE = new AuditHash(Buffer.buffer());

    static AuditHash of(byte[] bytes) {
        return new AuditHash(Buffer.buffer(bytes));
    }

    boolean is(AuditHash other) {
        return MessageDigest.isEqual(buffer.getBytes(), other.buffer.getBytes());
    }

    String hex() {
        return HexFormat.of().formatHex(buffer.getBytes());
    }

    @Override
    public String toString() {
        return hex();
    }
}
