package io.portcullis.adapter.sync;

import io.portcullis.domain.legacy.LegacyRecord;
import io.vertx.core.Vertx;

/** The way to the legacy records of one realm, with its connections. */
public sealed interface OpenRecord extends LegacyRecord, AutoCloseable permits SqlLegacyRecord, WebhookLegacyRecord {
    /** Connects when first used. */
    static OpenRecord open(Vertx vertx, SyncSettings settings) {
        return switch (settings) {
            case SyncSettings.Sql sql -> new SqlLegacyRecord(vertx, sql);
            case SyncSettings.Webhook webhook -> new WebhookLegacyRecord(vertx, webhook);
        };
    }

    /** Closes its connections; one that is in use when that is done. */
    @Override
    void close();
}
