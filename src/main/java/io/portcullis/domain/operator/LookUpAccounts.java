package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditLog;
import io.portcullis.domain.audit.AuditLog.Filter;
import io.portcullis.domain.audit.AuditLog.Recorded;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.legacy.LegacyBacklog;
import io.portcullis.domain.legacy.LegacyBacklog.Backlog;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.mfa.LockoutSettings;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.session.Session;
import io.portcullis.domain.session.Sessions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Accounts to look at: those that a text is in, or one with all there is to know of it. */
public final class LookUpAccounts {
    private static final int EVENTS = 10;

    private final AccountDirectory directory;
    private final Accounts accounts;
    private final Sessions sessions;
    private final AuditLog auditLog;
    private final LegacyBacklog legacyBacklog;
    private final LockoutSettings lockout;
    private final InstantSource clock;

    public LookUpAccounts(
            AccountDirectory directory,
            Accounts accounts,
            Sessions sessions,
            AuditLog auditLog,
            LegacyBacklog legacyBacklog,
            LockoutSettings lockout,
            InstantSource clock) {
        this.directory = directory;
        this.accounts = accounts;
        this.sessions = sessions;
        this.auditLog = auditLog;
        this.legacyBacklog = legacyBacklog;
        this.lockout = lockout;
        this.clock = clock;
    }

    /**
     * One account.
     *
     * @param sessions how many are live; empty when the store of sessions does not answer
     * @param events the last ten, newest first
     * @param sync how far the legacy record is behind; empty where the realm has none that is kept in step
     */
    public record Details(
            AccountSummary summary, Optional<Integer> sessions, List<Recorded> events, Optional<Backlog> sync) {}

    /**
     * Those whose e-mail or subject has {@code text} in it, in whatever case; all, when it is empty.
     *
     * @throws Refused {@code InvalidRequest} when {@code limit} is not from 1 to {@value AccountDirectory#LARGEST_LIMIT}
     */
    public List<AccountSummary> search(String text, Optional<String> realm, int limit) {
        if (limit < 1 || limit > AccountDirectory.LARGEST_LIMIT) {
            throw new Refused(Problem.InvalidRequest.field(
                    "limit", "must be a number from 1 to " + AccountDirectory.LARGEST_LIMIT));
        }
        return directory.search(text, realm, limit).stream().map(this::summary).toList();
    }

    /**
     * One account. Somebody who has a session and never began a set-up is known too.
     *
     * @throws Refused {@code NoRoute} when there is no such account
     */
    public Details show(Account account) {
        var known = sessions(account);
        var entry = directory
                .find(account)
                .or(() -> known.stream().flatMap(List::stream).findFirst().map(LookUpAccounts::withoutRecord))
                .orElseThrow(() -> new Refused(new Problem.NoRoute()));
        return new Details(
                summary(entry),
                known.map(all -> (int) all.stream().filter(this::live).count()),
                auditLog.find(Filter.of(account, Optional.empty(), EVENTS)),
                legacyBacklog.of(account));
    }

    private AccountSummary summary(AccountDirectory.Entry entry) {
        return AccountSummary.of(entry, clock.instant(), lockout);
    }

    private static AccountDirectory.Entry withoutRecord(Session session) {
        return new AccountDirectory.Entry(session.identity(), MfaState.DISABLED, Set.of(), 0, Lockout.NONE);
    }

    private Optional<List<Session>> sessions(Account account) {
        try {
            return Optional.of(sessions.ofAccount(account));
        } catch (Refused noAnswer) {
            return Optional.empty(); // all the rest can be told
        }
    }

    /** One that ended may still be stored. */
    private boolean live(Session session) {
        var standing = accounts.standing(session.account(), session.fingerprint());
        return !session.idledOut(clock.instant())
                && !standing.credentialRevoked()
                && session.securityVersion() == standing.securityVersion();
    }
}
