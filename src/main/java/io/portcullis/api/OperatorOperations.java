package io.portcullis.api;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.AuditLog;
import io.portcullis.domain.audit.AuditLog.Filter;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.operator.LogoutAccount;
import io.portcullis.domain.operator.LookUpAccounts;
import io.portcullis.domain.operator.MeasureUsage;
import io.portcullis.domain.operator.OperatorAccess;
import io.portcullis.domain.operator.ResetAccount;
import io.portcullis.domain.operator.UnlockAccount;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code searchAccounts}, {@code showAccount}, {@code resetAccount}, {@code unlockAccount}, {@code logoutAccount},
 * {@code usage}, {@code auditLog}: what operators do. A change answers with the account as it is then.
 */
public final class OperatorOperations implements Operations {
    private static final int USUAL_LIMIT = 50;

    private final OperatorAccess access;
    private final LookUpAccounts lookUp;
    private final ResetAccount reset;
    private final UnlockAccount unlock;
    private final LogoutAccount logout;
    private final MeasureUsage usage;
    private final AuditLog auditLog;

    public OperatorOperations(
            OperatorAccess access,
            LookUpAccounts lookUp,
            ResetAccount reset,
            UnlockAccount unlock,
            LogoutAccount logout,
            MeasureUsage usage,
            AuditLog auditLog) {
        this.access = access;
        this.lookUp = lookUp;
        this.reset = reset;
        this.unlock = unlock;
        this.logout = logout;
        this.usage = usage;
        this.auditLog = auditLog;
    }

    @Override
    public List<Operation> all() {
        return List.of(
                new Operation("searchAccounts", this::search),
                new Operation("showAccount", this::show),
                new Operation("resetAccount", this::reset),
                new Operation("unlockAccount", this::unlock),
                new Operation("logoutAccount", this::logout),
                new Operation("usage", this::usage),
                new Operation("auditLog", this::audit));
    }

    private Reply search(Call call) {
        access.toRead(call.caller(), call.origin());
        var found = lookUp.search(
                call.optional("query").map(String::strip).orElse(""),
                call.optional("realm"),
                call.number("limit").orElse(USUAL_LIMIT));
        return Reply.of(
                "listed", new JsonObject().put("accounts", array(found.stream().map(AccountView::json))));
    }

    private Reply show(Call call) {
        access.toRead(call.caller(), call.origin());
        return shown(call);
    }

    private Reply reset(Call call) {
        everywhere(reset.reset(account(call), access.toChange(call.caller(), call.origin())));
        return shown(call);
    }

    private Reply unlock(Call call) {
        unlock.unlock(account(call), access.toChange(call.caller(), call.origin()));
        return shown(call);
    }

    /** An operator who ended their own sessions is shown nothing any more. */
    private Reply logout(Call call) {
        var account = account(call);
        var operator = access.toChange(call.caller(), call.origin());
        everywhere(logout.logout(account, operator));
        return operator.self().filter(account::equals).isPresent() ? Reply.of("loggedOut") : shown(call);
    }

    /** It is done in any case, and may be repeated until every instance was told. */
    private static void everywhere(boolean told) {
        if (!told) {
            throw new Refused(new Problem.StoreUnavailable());
        }
    }

    private Reply shown(Call call) {
        var details = lookUp.show(account(call));
        var shown = AccountView.json(details.summary())
                .put("sessions", details.sessions().orElse(null))
                .put("events", array(details.events().stream().map(EventView::json)));
        details.sync().ifPresent(sync -> shown.put("sync", AccountView.json(sync)));
        return Reply.of("shown", shown);
    }

    private Reply usage(Call call) {
        access.toRead(call.caller(), call.origin());
        return Reply.of("measured", UsageView.json(usage.measure(call.optional("realm"))));
    }

    private Reply audit(Call call) {
        access.toRead(call.caller(), call.origin());
        int limit = call.number("limit").orElse(USUAL_LIMIT);
        if (limit < 1 || limit > Filter.LARGEST_LIMIT) {
            throw wrong("limit", "must be a number from 1 to " + Filter.LARGEST_LIMIT);
        }
        var filter = new Filter(
                call.optional("realm"),
                call.optional("subject"),
                call.optional("type").map(OperatorOperations::type),
                call.instant("from"),
                call.instant("to"),
                call.number("before").map(Integer::longValue),
                limit);
        return Reply.of(
                "listed",
                new JsonObject()
                        .put("events", array(auditLog.find(filter).stream().map(EventView::json))));
    }

    private static AuditEvent.Type type(String name) {
        return Stream.of(AuditEvent.Type.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("type", "must be a type of event, such as MFA_ENABLED"));
    }

    private static Refused wrong(String field, String rule) {
        return new Refused(Problem.InvalidRequest.field(field, rule));
    }

    private static Account account(Call call) {
        return new Account(call.required("realm"), call.required("subject"));
    }

    private static JsonArray array(Stream<JsonObject> items) {
        return new JsonArray(items.toList());
    }
}
