package io.portcullis.domain.directory;

import io.portcullis.domain.account.Identity;
import io.portcullis.domain.local.LocalAccount;
import io.portcullis.domain.local.LocalAccounts;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LoginSource;
import io.portcullis.domain.login.People;
import io.portcullis.domain.password.NewPassword;
import io.portcullis.domain.password.PasswordHashes;
import io.portcullis.domain.password.StoredHash;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Logins of the gateway's own accounts. One password is compared for each try, whether there is such an account or not: an
 * unknown one is compared with a decoy of the same form and cost.
 */
public final class AccountsLogin implements FirstFactor, LoginSource, People {
    /** Operators' changes tell every instance; this is for the one that was not reached. */
    private static final Duration BELIEVED = Duration.ofSeconds(10);

    private final AccountsSettings settings;
    private final LocalAccounts accounts;
    private final PasswordHashes hashes;
    private final OwnLogin login;
    private final StoredHash decoy;
    private final InstantSource clock;

    public AccountsLogin(
            AccountsSettings settings,
            LocalAccounts accounts,
            PasswordHashes hashes,
            OwnLogin login,
            InstantSource clock) {
        this.settings = settings;
        this.accounts = accounts;
        this.hashes = hashes;
        this.login = login;
        this.decoy = hashes.decoy();
        this.clock = clock;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String realm() {
        return settings.realm();
    }

    @Override
    public Optional<Admitted> check(String email, String password, Client client) {
        var typed = NewPassword.normalized(password);
        var account = accounts.byEmail(settings.realm(), email);
        var hash = account.flatMap(found -> hashes.read(found.passwordHash()));
        boolean right = hash.orElse(decoy).matches(typed);
        if (!right || hash.isEmpty()) {
            return Optional.empty();
        }
        var known = account.orElseThrow();
        if (!hash.get().upToDate()) {
            accounts.rehash(known.account(), known.passwordHash(), hashes.hash(typed));
        }
        return Optional.of(login.byPassword(known.identity(), name()));
    }

    @Override
    public Optional<Current> current(Session session) {
        var until = clock.instant().plus(BELIEVED);
        return accounts.find(session.account()).map(account -> new Current(account.identity(), until));
    }

    @Override
    public Optional<Identity> byEmail(String email) {
        return accounts.byEmail(settings.realm(), email).map(LocalAccount::identity);
    }
}
