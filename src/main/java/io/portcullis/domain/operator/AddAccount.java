package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.local.LocalAccount;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.password.NewPassword;
import io.portcullis.domain.password.PasswordHashes;
import java.time.InstantSource;
import java.util.Locale;

/** An account of the gateway's own begins. */
public final class AddAccount {
    private final Accounts accounts;
    private final PasswordHashes hashes;
    private final InstantSource clock;

    public AddAccount(Accounts accounts, PasswordHashes hashes, InstantSource clock) {
        this.accounts = accounts;
        this.hashes = hashes;
        this.clock = clock;
    }

    /**
     * Adds an account.
     *
     * @return whether it was added: not so, when there is one already, or its e-mail is somebody else's in the realm
     * @throws IllegalArgumentException when e-mail, role or subject are out of their bounds; the message says which
     */
    public boolean add(Account account, String email, String role, NewPassword password, Operator operator) {
        var added = new LocalAccount(account, email, role, hashes.hash(password.text()));
        return accounts.<Boolean>change(account, work -> {
            if (!work.local().add(added, clock.instant())) {
                return false;
            }
            work.know(added.identity(), Locale.ENGLISH);
            work.record(operator.event(AuditEvent.Type.ACCOUNT_ADDED, clock.instant(), role));
            return true;
        });
    }
}
