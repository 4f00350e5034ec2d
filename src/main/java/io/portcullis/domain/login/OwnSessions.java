package io.portcullis.domain.login;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Freshness;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The sessions of an account in its owner's hands: to look at, to end one, to end all others. */
public final class OwnSessions {
    private final Accounts accounts;
    private final Sessions sessions;
    private final Logout logout;
    private final InstantSource clock;

    public OwnSessions(Accounts accounts, Sessions sessions, Logout logout, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.logout = logout;
        this.clock = clock;
    }

    /** The live ones, the caller's among them, the one that was used last first. */
    public List<Session> list(Caller caller) {
        caller.requireSecondFactor();
        return Stream.concat(Stream.of(caller.session()), others(caller).stream())
                .sorted(Comparator.comparing(Session::lastSeenAt)
                        .thenComparing(Session::createdAt)
                        .reversed())
                .toList();
    }

    /**
     * Ends the session with this public id for good, whoever made its credential; the caller's own as a logout does.
     *
     * @throws Refused {@code NoRoute} when the account has no such session
     */
    public void revoke(Caller caller, String id, Origin origin) {
        caller.requireSecondFactor();
        var own = caller.session();
        if (named(id, own)) {
            logout.logout(own, origin);
            return;
        }
        var session = others(caller).stream()
                .filter(other -> named(id, other))
                .findAny()
                .orElseThrow(() -> new Refused(new Problem.NoRoute()));
        accounts.change(own.account(), work -> {
            Freshness.check(own, work);
            work.revoke(session.fingerprint(), session.credential().expiresAt());
            work.record(event(AuditEvent.Type.SESSION_REVOKED, origin, id));
            return session;
        });
        sessions.end(session);
    }

    /**
     * Ends all but the caller's, also those that nobody has listed, and every login in progress; returns how many were listed.
     * What is known of is refused by name, so that a store which forgets its session does not bring it back.
     */
    public int revokeOthers(Caller caller, Origin origin) {
        caller.requireSecondFactor();
        var own = caller.session();
        var others = others(caller);
        long version = accounts.change(own.account(), work -> {
            Freshness.check(own, work);
            others.forEach(
                    other -> work.revoke(other.fingerprint(), other.credential().expiresAt()));
            work.record(event(AuditEvent.Type.SESSIONS_REVOKED, origin, Integer.toString(others.size())));
            return work.raiseSecurityVersion();
        });
        sessions.put(own.renewed(version));
        sessions.invalidate(own.account());
        return others.size();
    }

    private List<Session> others(Caller caller) {
        var own = caller.session();
        return sessions.ofAccount(own.account()).stream()
                .filter(session -> !session.fingerprint().equals(own.fingerprint()) && live(session))
                .toList();
    }

    /** One that ended is stored again when a code was being verified in it, and opens nothing. */
    private boolean live(Session session) {
        if (session.idledOut(clock.instant())) {
            return false;
        }
        var standing = accounts.standing(session.account(), session.fingerprint());
        return !standing.credentialRevoked() && session.securityVersion() == standing.securityVersion();
    }

    private AuditEvent event(AuditEvent.Type type, Origin origin, String detail) {
        return new AuditEvent(type, clock.instant(), AuditEvent.SELF, origin, detail);
    }

    private static boolean named(String id, Session session) {
        return session.fingerprint().publicId().equals(id);
    }
}
