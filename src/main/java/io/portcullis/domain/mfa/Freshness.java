package io.portcullis.domain.mfa;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Session;

/** A session that was ended while its request was under way must not change its account any more. */
public final class Freshness {
    private Freshness() {}

    /** To be asked inside the change; throws {@link Refused} with {@code AuthRequired} for a session that was. */
    public static void check(Session session, Accounts.Work work) {
        check(session, work.securityVersion());
    }

    static void check(Session session, long securityVersion) {
        if (session.securityVersion() != securityVersion) {
            throw new Refused(new Problem.AuthRequired());
        }
    }
}
