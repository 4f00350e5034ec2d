package io.portcullis.domain.login;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.ErrorCode;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.session.Session;
import java.time.InstantSource;

/** Writes down that a rule which only reports let somebody by whom it would refuse. */
public final class ReportWouldRefuse {
    private final Accounts accounts;
    private final InstantSource clock;

    public ReportWouldRefuse(Accounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    public void report(Session session, ErrorCode code, Origin origin) {
        accounts.<Boolean>change(session.account(), work -> {
            work.record(AuditEvent.own(AuditEvent.Type.WOULD_REFUSE, clock.instant(), origin, code.wire()));
            return true;
        });
    }
}
