package io.portcullis.api;

import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.login.OwnSessions;
import io.portcullis.domain.session.Session;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code sessions}, {@code revokeSession}, {@code revokeOtherSessions}. */
public final class AccountOperations implements Operations {
    private final OwnSessions ownSessions;
    private final LegacyLogout legacyLogout;

    public AccountOperations(OwnSessions ownSessions, LegacyLogout legacyLogout) {
        this.ownSessions = ownSessions;
        this.legacyLogout = legacyLogout;
    }

    @Override
    public List<Operation> all() {
        return List.of(
                new Operation("sessions", this::sessions),
                new Operation("revokeSession", this::revokeSession),
                new Operation("revokeOtherSessions", this::revokeOtherSessions));
    }

    private Reply sessions(Call call) {
        var caller = call.caller();
        var sessions = ownSessions.list(caller).stream()
                .map(session -> json(session, session.equals(caller.session())))
                .toList();
        return Reply.of("listed", new JsonObject().put("sessions", new JsonArray(sessions)));
    }

    private static JsonObject json(Session session, boolean current) {
        return new JsonObject()
                .put("id", session.fingerprint().publicId())
                .put("ip", session.client().address())
                .put("userAgent", session.client().userAgent())
                .put("createdAt", session.createdAt().toString())
                .put("lastSeenAt", session.lastSeenAt().toString())
                .put("expiresAt", session.expiresAt().toString())
                .put("level", session.level().wire())
                .put("amr", new JsonArray(session.amr()))
                .put("current", current);
    }

    private Reply revokeSession(Call call) {
        var judged = call.credential().get();
        var own = judged.caller().session();
        var id = call.required("id");
        ownSessions.revoke(judged.caller(), id, call.origin());
        if (id.equals(own.fingerprint().publicId())) {
            legacyLogout.passOn(own, judged.carried());
        }
        return Reply.of("revoked");
    }

    private Reply revokeOtherSessions(Call call) {
        int revoked = ownSessions.revokeOthers(call.caller(), call.origin());
        return Reply.of("revoked", new JsonObject().put("revoked", revoked));
    }
}
