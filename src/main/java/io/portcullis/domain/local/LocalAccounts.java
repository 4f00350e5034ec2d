package io.portcullis.domain.local;

import io.portcullis.domain.account.Account;
import java.util.List;
import java.util.Optional;

/**
 * Reads the gateway's own accounts; an operator's change of one is part of a change of its account, see
 * {@link LocalRecord}. Every method blocks, may be called on any virtual thread, and throws
 * {@link io.portcullis.domain.error.Refused} with {@code StoreUnavailable} when the store does not answer in time.
 */
public interface LocalAccounts {
    Optional<LocalAccount> find(Account account);

    /** By the e-mail in whatever case. */
    Optional<LocalAccount> byEmail(String realm, String email);

    /** Those of a realm, by their e-mails. */
    List<LocalAccount> all(String realm);

    /** The same password in another hash. Nothing happens where the hash is not {@code before} any more. */
    void rehash(Account account, String before, String after);
}
