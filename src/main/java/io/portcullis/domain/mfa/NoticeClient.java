package io.portcullis.domain.mfa;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import java.time.InstantSource;
import java.util.ArrayList;

/** Tells when an account is entered by a client that it does not know, or after somebody guessed at its second factor. */
public final class NoticeClient {
    private static final int SUSPICIOUS_FAILURES = 3;

    private final InstantSource clock;

    public NoticeClient(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Inside the change that lets the client in. The first client of an account is remembered silently: there is nothing
     * yet to compare it with.
     *
     * @param failuresBefore wrong second factors in a row, right before this one
     */
    public void notice(Accounts.Work work, int failuresBefore, Origin origin) {
        var now = clock.instant();
        var familiar = work.seen(KnownClient.of(origin.client()), now);
        var unknown = new ArrayList<String>(2);
        if (!familiar.first() && !familiar.network()) {
            unknown.add("network");
        }
        if (!familiar.first() && !familiar.userAgent()) {
            unknown.add("device");
        }
        if (!unknown.isEmpty()) {
            work.record(AuditEvent.own(AuditEvent.Type.NEW_CLIENT, now, origin, String.join(" ", unknown)));
        }
        var reasons = new ArrayList<String>(2);
        if (unknown.size() == 2) {
            reasons.add("new-client");
        }
        if (failuresBefore >= SUSPICIOUS_FAILURES) {
            reasons.add("failures");
        }
        if (!reasons.isEmpty()) {
            work.record(AuditEvent.own(AuditEvent.Type.SUSPICIOUS_LOGIN, now, origin, String.join(" ", reasons)));
        }
    }
}
