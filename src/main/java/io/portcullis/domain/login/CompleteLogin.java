package io.portcullis.domain.login;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.NoticeClient;
import io.portcullis.domain.session.Session;
import java.time.InstantSource;

/** What every login leaves behind that let somebody in, with a second factor or without. */
public final class CompleteLogin {
    private final NoticeClient noticeClient;
    private final InstantSource clock;

    public CompleteLogin(NoticeClient noticeClient, InstantSource clock) {
        this.noticeClient = noticeClient;
        this.clock = clock;
    }

    /**
     * Inside a change of the account.
     *
     * @param session as it begins
     * @param failuresBefore wrong second factors in a row, right before the one that completed it
     */
    void complete(Accounts.Work work, Session session, int failuresBefore, Origin origin) {
        work.know(session.identity(), origin.language());
        work.record(AuditEvent.own(
                AuditEvent.Type.LOGIN_SUCCEEDED, clock.instant(), origin, String.join(" ", session.amr())));
        noticeClient.notice(work, failuresBefore, origin);
    }
}
