package io.portcullis.api;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.AuditLog.Recorded;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.OwnHistory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code history}: what happened to the caller's account. */
public final class HistoryOperations implements Operations {
    private static final int USUAL_LIMIT = 20;
    private static final int LARGEST_LIMIT = 100;

    private final OwnHistory ownHistory;

    public HistoryOperations(OwnHistory ownHistory) {
        this.ownHistory = ownHistory;
    }

    @Override
    public List<Operation> all() {
        return List.of(new Operation("history", this::history));
    }

    private Reply history(Call call) {
        int limit = call.number("limit").orElse(USUAL_LIMIT);
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw new Refused(Problem.InvalidRequest.field("limit", "must be from 1 to " + LARGEST_LIMIT));
        }
        var page = ownHistory.page(call.caller(), call.optional("before").map(Long::valueOf), limit);
        var events = page.events().stream().map(HistoryOperations::json).toList();
        var values = new JsonObject().put("events", new JsonArray(events));
        page.before().ifPresent(before -> values.put("before", before));
        return Reply.of("listed", values);
    }

    /** Of an operator no more than that it was one: neither who, nor where. */
    private static JsonObject json(Recorded recorded) {
        var event = recorded.event();
        var client = event.origin().client();
        boolean own = event.actor().equals(AuditEvent.SELF);
        var json = new JsonObject()
                .put("id", recorded.id())
                .put("type", event.type().name())
                .put("at", event.at().toString())
                .put("outcome", event.outcome().wireName())
                .put("address", own ? client.address() : "")
                .put("userAgent", own ? client.userAgent() : "")
                .put("detail", event.detail());
        if (!own) {
            json.put("actor", event.actor().equals(AuditEvent.SYSTEM) ? AuditEvent.SYSTEM : "operator");
        }
        return json;
    }
}
