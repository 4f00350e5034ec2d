package io.portcullis.adapter.importing;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.util.HashMap;
import java.util.Map;

/** Remembers by the rules of the port; goes down after so many accounts. */
public final class InMemoryTarget implements ImportTarget {
    private final Map<Account, ImportedAccount> accounts = new HashMap<>();
    private int answersLeft = Integer.MAX_VALUE;

    public Map<Account, ImportedAccount> accounts() {
        return accounts;
    }

    void goDownAfter(int answers) {
        answersLeft = answers;
    }

    @Override
    public Result put(ImportedAccount account, boolean dryRun) {
        if (answersLeft-- <= 0) {
            throw new Refused(new Problem.StoreUnavailable());
        }
        var id = new Account(account.realm(), account.subject());
        var known = accounts.get(id);
        if (known == null) {
            if (!dryRun) {
                accounts.put(id, account);
            }
            return Result.IMPORTED;
        }
        return known.key().stored().equals(account.key().stored()) ? Result.ALREADY_THERE : Result.CONFLICT;
    }
}
