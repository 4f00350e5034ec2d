package io.portcullis.api;

import io.portcullis.domain.legacy.LegacyBacklog.Backlog;
import io.portcullis.domain.operator.AccountSummary;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** An account as operators see it. */
final class AccountView {
    private AccountView() {}

    static JsonObject json(AccountSummary summary) {
        var identity = summary.identity();
        return new JsonObject()
                .put("realm", identity.account().realm())
                .put("subject", identity.account().subject())
                .put("email", identity.email().orElse(null))
                .put("role", identity.role().orElse(null))
                .put("state", summary.state().name())
                .put("methods", MethodsView.json(summary.methods()))
                .put("recoveryCodesRemaining", summary.recoveryCodesRemaining())
                .put("locked", summary.locked())
                .put("lockedUntil", summary.lockedUntil().map(Instant::toString).orElse(null))
                .put("failuresInARow", summary.failuresInARow());
    }

    static JsonObject json(Backlog sync) {
        return new JsonObject()
                .put("pending", sync.pending())
                .put("since", sync.since().map(Instant::toString).orElse(null))
                .put("attempts", sync.attempts())
                .put("lastError", sync.lastError().orElse(null));
    }
}
