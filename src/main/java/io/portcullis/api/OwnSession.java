package io.portcullis.api;

import io.portcullis.domain.login.RenewSession;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.domain.session.Session;
import io.portcullis.http.SessionCookie;
import java.time.Duration;
import java.time.InstantSource;

/** Session tokens of the gateway's own, and the cookie that holds one for browsers. */
public final class OwnSession {
    private final SessionCookie cookie;
    private final RenewSession renewSession;
    private final InstantSource clock;

    public OwnSession(SessionCookie cookie, RenewSession renewSession, InstantSource clock) {
        this.cookie = cookie;
        this.renewSession = renewSession;
        this.clock = clock;
    }

    /** Sets the cookie after a login, where the token is one of ours. */
    Reply begun(Reply reply, String token, Session session) {
        return OwnToken.is(token) ? reply.withCookie(holding(token, session)) : reply;
    }

    /** After the session was raised: a token that lives in our cookie is replaced; as a bearer it stays. */
    Reply raised(Reply reply, Call.Judged judged) {
        boolean inCookie =
                judged.carried().cookie().filter(cookie.name()::equals).isPresent();
        if (!inCookie) {
            return reply;
        }
        var session = judged.caller().session();
        return reply.withCookie(holding(renewSession.renew(session).value(), session));
    }

    /** Takes the cookie away. */
    Reply ended(Reply reply) {
        return reply.withCookie(cookie.cleared());
    }

    private String holding(String token, Session session) {
        return cookie.holding(token, Duration.between(clock.instant(), session.expiresAt()));
    }
}
