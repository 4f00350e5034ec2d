package io.portcullis.adapter.importing;

import io.portcullis.adapter.crypto.RecoveryCodeHasher;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.operator.ImportAccount;
import io.portcullis.domain.operator.Operator;
import java.util.Optional;

/** The gateway's own accounts, imported in the name of an operator. */
public final class AccountTarget implements ImportTarget {
    private final ImportAccount importAccount;
    private final RecoveryCodeHasher hasher;
    private final Operator operator;

    public AccountTarget(ImportAccount importAccount, RecoveryCodeHasher hasher, Operator operator) {
        this.importAccount = importAccount;
        this.hasher = hasher;
        this.operator = operator;
    }

    @Override
    public Result put(ImportedAccount imported, boolean dryRun) {
        var account = new Account(imported.realm(), imported.subject());
        var preview = importAccount.preview(account, imported.key());
        if (dryRun || preview != ImportAccount.Outcome.IMPORTED) {
            return result(preview);
        }
        // Hashed before the account's row is locked: it takes long.
        var hashes = imported.backupCodes().stream().map(hasher::adopt).toList();
        var email = Optional.of(imported.email()).filter(address -> !address.isEmpty());
        return result(importAccount.put(account, email, imported.key(), hashes, operator));
    }

    private static Result result(ImportAccount.Outcome outcome) {
        return switch (outcome) {
            case IMPORTED -> Result.IMPORTED;
            case ALREADY_THERE -> Result.ALREADY_THERE;
            case CONFLICT -> Result.CONFLICT;
        };
    }
}
