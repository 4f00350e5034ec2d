package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Client;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code SETUP_IN_PROGRESS -> DISABLED} for set-ups whose time ran out and whose owner never came back. Such a set-up
 * counts as none already; this erases its temporary secret.
 */
public final class EraseAbandonedSetups {
    private static final int PAGE = 100;
    private static final Origin HERE = new Origin(new Client("", ""), "", Locale.ROOT);

    private final Accounts accounts;
    private final InstantSource clock;

    public EraseAbandonedSetups(Accounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Returns how many it erased. One that cannot be erased does not keep the others.
     *
     * @throws Refused {@code StoreUnavailable}; what was done until then stays done
     * @throws IllegalStateException at the end, for each of those that could not be erased
     */
    public int run() {
        int erased = 0;
        var failures = new ArrayList<RuntimeException>();
        var page = accounts.abandonedSetups(clock.instant(), Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            for (var account : page) {
                try {
                    erased += erase(account) ? 1 : 0;
                } catch (Refused noAnswer) {
                    throw noAnswer;
                } catch (RuntimeException failure) { // such as a secret that no key opens
                    failures.add(failure);
                }
            }
            page = accounts.abandonedSetups(clock.instant(), Optional.of(page.getLast()), PAGE);
        }
        if (!failures.isEmpty()) {
            var all = new IllegalStateException(failures.size() + " abandoned set-ups could not be erased");
            failures.forEach(all::addSuppressed);
            throw all;
        }
        return erased;
    }

    private boolean erase(Account account) {
        return accounts.change(account, work -> {
            var now = clock.instant();
            var left = work.current().at(now);
            if (left.equals(work.current())) { // begun anew since it was found
                return false;
            }
            work.become(left);
            work.record(new AuditEvent(AuditEvent.Type.SETUP_ABANDONED, now, AuditEvent.SYSTEM, HERE, ""));
            return true;
        });
    }
}
