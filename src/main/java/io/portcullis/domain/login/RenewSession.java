package io.portcullis.domain.login;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.security.SecureRandom;

/**
 * Gives a session of our own another token, so that one which somebody planted or saw before the second factor is worth
 * nothing after it (session fixation; OWASP ASVS 5.0, 7.2.4).
 */
public final class RenewSession {
    private final Accounts accounts;
    private final Sessions sessions;
    private final SecureRandom random;

    public RenewSession(Accounts accounts, Sessions sessions, SecureRandom random) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.random = random;
    }

    /** The token that has the session from here on; the earlier one is dead. */
    public OwnToken renew(Session before) {
        var token = OwnToken.random(random);
        accounts.change(before.account(), work -> {
            if (work.revoked(before.fingerprint())) { // a verification that was slower than a logout put it back
                throw new Refused(new Problem.AuthRequired());
            }
            var current = sessions.find(before.fingerprint())
                    .orElseThrow(() -> new Refused(new Problem.AuthRequired())); // it was ended meanwhile
            var moved = current.movedTo(token.credential(current.credential().expiresAt()));
            work.ifLost(() -> sessions.end(moved));
            sessions.put(moved);
            work.revoke(before.fingerprint(), before.credential().expiresAt());
            return moved;
        });
        sessions.end(before);
        return token;
    }
}
