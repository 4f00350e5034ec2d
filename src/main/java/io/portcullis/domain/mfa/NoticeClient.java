package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.device.KnownClient;
import io.portcullis.domain.limits.Policy;
import io.portcullis.domain.limits.Rate;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.limits.Take;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Tells when an account is entered by a client that it does not know, or after somebody guessed at its second factor. */
public final class NoticeClient {
    private static final int SUSPICIOUS_FAILURES = 3;

    /** Each is a mail, and whoever has the password could be a new client every time. Logins are in the audit log anyway. */
    private static final Policy POLICY = new Policy("newClient", new Rate(5, Duration.ofHours(1)));

    private final RateLimiter limiter;
    private final InstantSource clock;

    public NoticeClient(RateLimiter limiter, InstantSource clock) {
        this.limiter = limiter;
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
        var reasons = reasons(unknown, failuresBefore);
        if ((unknown.isEmpty() && reasons.isEmpty()) || !mayTell(work.account())) {
            return;
        }
        if (!unknown.isEmpty()) {
            work.record(AuditEvent.own(AuditEvent.Type.NEW_CLIENT, now, origin, String.join(" ", unknown)));
        }
        if (!reasons.isEmpty()) {
            work.record(AuditEvent.own(AuditEvent.Type.SUSPICIOUS_LOGIN, now, origin, String.join(" ", reasons)));
        }
    }

    private boolean mayTell(Account account) {
        return limiter.take(POLICY, account.realm(), account.subject()) instanceof Take.Granted;
    }

    private static List<String> reasons(List<String> unknown, int failuresBefore) {
        var reasons = new ArrayList<String>(2);
        if (unknown.size() == 2) {
            reasons.add("new-client");
        }
        if (failuresBefore >= SUSPICIOUS_FAILURES) {
            reasons.add("failures");
        }
        return reasons;
    }
}
