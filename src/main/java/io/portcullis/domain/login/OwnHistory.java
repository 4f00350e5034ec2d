package io.portcullis.domain.login;

import io.portcullis.domain.audit.AuditLog;
import io.portcullis.domain.audit.AuditLog.Filter;
import io.portcullis.domain.audit.AuditLog.Recorded;
import java.util.List;
import java.util.Optional;

/** The events of an account in its owner's hands. */
public final class OwnHistory {
    private final AuditLog auditLog;

    public OwnHistory(AuditLog auditLog) {
        this.auditLog = auditLog;
    }

    /**
     * Some of it, newest first.
     *
     * @param before what to ask for the older ones with; empty when there are none
     */
    public record Page(List<Recorded> events, Optional<Long> before) {}

    /**
     * What the account may be shown of itself.
     *
     * @param before only events older than the one with this id
     * @param limit how many at the most, from 1 to 100
     */
    public Page page(Caller caller, Optional<Long> before, int limit) {
        caller.requireSecondFactor();
        var found = auditLog.find(Filter.of(caller.session().account(), before, limit + 1));
        if (found.size() <= limit) {
            return new Page(found, Optional.empty());
        }
        var events = List.copyOf(found.subList(0, limit));
        return new Page(events, Optional.of(events.getLast().id()));
    }
}
