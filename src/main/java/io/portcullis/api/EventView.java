package io.portcullis.api;

import io.portcullis.domain.audit.AuditLog.Recorded;
import io.vertx.core.json.JsonObject;

/** An audit event as operators see it, by the names of the audit log's lines. */
final class EventView {
    private EventView() {}

    static JsonObject json(Recorded recorded) {
        var event = recorded.event();
        return new JsonObject()
                .put("id", recorded.id())
                .put("at", event.at().toString())
                .put("type", event.type().name())
                .put("outcome", event.outcome().wireName())
                .put("realm", recorded.account().realm())
                .put("subject", recorded.account().subject())
                .put("actor", event.actor())
                .put("address", event.origin().client().address())
                .put("userAgent", event.origin().client().userAgent())
                .put("requestId", event.origin().requestId())
                .put("detail", event.detail());
    }
}
