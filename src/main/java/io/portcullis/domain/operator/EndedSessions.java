package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.util.List;
import java.util.function.BiConsumer;

/** A change of somebody's account after which every session of theirs is over, on every instance. */
final class EndedSessions {
    private final AccountDirectory directory;
    private final Accounts accounts;
    private final Sessions sessions;

    EndedSessions(AccountDirectory directory, Accounts accounts, Sessions sessions) {
        this.directory = directory;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /**
     * Ends all sessions, also those that nobody has listed, and every login in progress.
     *
     * @param change what happens as well, given how many sessions were listed
     * @return whether the instances were told; when not, they notice within ten seconds
     * @throws Refused {@code NoRoute} when there is no such account
     */
    boolean after(Account account, BiConsumer<Accounts.Work, Integer> change) {
        var listed = listed(account);
        if (listed.isEmpty() && directory.find(account).isEmpty()) {
            throw new Refused(new Problem.NoRoute());
        }
        accounts.<Boolean>change(account, work -> {
            change.accept(work, listed.size());
            // By name too, so that a store which forgets a session does not bring it back.
            listed.forEach(session ->
                    work.revoke(session.fingerprint(), session.credential().expiresAt()));
            work.forgetDevices();
            work.raiseSecurityVersion();
            return true;
        });
        return told(account);
    }

    /** Nothing depends on the list being whole, so a store of sessions that is down stops nobody. */
    private List<Session> listed(Account account) {
        try {
            return sessions.ofAccount(account);
        } catch (Refused noAnswer) {
            return List.of();
        }
    }

    private boolean told(Account account) {
        try {
            sessions.invalidate(account);
            return true;
        } catch (Refused noAnswer) {
            return false;
        }
    }
}
