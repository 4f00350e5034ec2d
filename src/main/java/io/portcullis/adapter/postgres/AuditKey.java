package io.portcullis.adapter.postgres;

import io.portcullis.adapter.crypto.AssociatedData;
import io.portcullis.adapter.crypto.HmacKey;

/**
 * Chains the audit log. The key is made from the pepper, which is not in the database: whoever can write there can
 * neither make a row nor change one so that it belongs to the chain. Prints itself hidden.
 */
public final class AuditKey {
    private final HmacKey key;

    private AuditKey(HmacKey key) {
        this.key = key;
    }

    /** The key of an installation with this pepper, of at least 16 bytes in UTF-8. */
    public static AuditKey of(String pepper) {
        return new AuditKey(HmacKey.derive(pepper, "portcullis audit chain v1"));
    }

    AuditHash hash(AuditHash previous, AuditRow row) {
        return hash(
                "audit_event",
                previous.hex(),
                Long.toString(row.id()),
                row.at().toString(),
                row.realm(),
                row.subject(),
                row.type(),
                row.outcome(),
                row.actor(),
                row.address(),
                row.userAgent(),
                row.requestId(),
                row.detail());
    }

    /** What makes a dropped range believable. */
    AuditHash seal(long firstId, long lastId, AuditHash lastHash) {
        return hash("audit_dropped", Long.toString(firstId), Long.toString(lastId), lastHash.hex());
    }

    private AuditHash hash(String... parts) {
        return AuditHash.of(key.mac(AssociatedData.of(parts)));
    }

    @Override
    public String toString() {
        return "AuditKey[hidden]";
    }
}
