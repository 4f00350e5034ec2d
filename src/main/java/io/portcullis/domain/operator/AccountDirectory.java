package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.mfa.Lockout;
import io.portcullis.domain.mfa.MfaState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All accounts that ever began a set-up or were imported. Opens no secret, so that an account whose secret does not open is
 * listed like any other. Blocks; {@code StoreUnavailable} when the store does not answer.
 */
public interface AccountDirectory {
    /** How many are listed at the most. */
    int LARGEST_LIMIT = 100;

    /**
     * Those whose e-mail or subject has {@code text} in it, in whatever case; what is exactly it goes first. No character of
     * the text means anything but itself; an empty text is in everything.
     *
     * @param limit from 1 to {@value #LARGEST_LIMIT}
     */
    List<Entry> search(String text, Optional<String> realm, int limit);

    Optional<Entry> find(Account account);

    /** An account as it is stored; a set-up whose time ran out is none. */
    record Entry(Identity identity, MfaState state, Set<Method> methods, int recoveryCodesRemaining, Lockout lockout) {}
}
