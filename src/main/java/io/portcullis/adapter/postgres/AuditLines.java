package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.AuditChain.Link;
import io.portcullis.domain.audit.AuditLog.Recorded;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as JSON objects, one a line; those that were committed go to the logger {@code io.portcullis.audit} too. */
public final class AuditLines {
    private static final Logger LOG = LoggerFactory.getLogger("io.portcullis.audit");

    private AuditLines() {}

    /** The event is one line of {@code encode()}; times are ISO 8601 in UTC. */
    public static JsonObject json(Recorded recorded) {
        return json(AuditRow.of(recorded));
    }

    private static JsonObject json(AuditRow row) {
        return new JsonObject()
                .put("id", row.id())
                .put("at", row.at().toString())
                .put("type", row.type())
                .put("outcome", row.outcome())
                .put("realm", row.realm())
                .put("subject", row.subject())
                .put("actor", row.actor())
                .put("address", row.address())
                .put("userAgent", row.userAgent())
                .put("requestId", row.requestId())
                .put("detail", row.detail());
    }

    /** To be called after the commit: what throws here fails nothing. */
    static void log(List<Link> links) {
        for (var link : links) {
            try {
                LOG.info(json(link.row()).put("hash", link.hash().hex()).encode());
            } catch (RuntimeException failure) { // whatever the handlers of a log may throw; the table has the event
                reportQuietly(link, failure);
            }
        }
    }

    private static void reportQuietly(Link link, RuntimeException failure) {
        try {
            LoggerFactory.getLogger(AuditLines.class)
                    .warn(
                            "audit event {} is in the table but not in this log",
                            link.row().id(),
                            failure);
        } catch (RuntimeException hopeless) {
            // nowhere to tell it; the event is in the table
        }
    }
}
