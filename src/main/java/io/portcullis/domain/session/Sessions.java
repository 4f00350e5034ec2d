package io.portcullis.domain.session;

import io.portcullis.domain.account.Account;
import java.util.Optional;

/**
 * The sessions of all instances. Every method blocks, may be called on any virtual thread, and throws
 * {@link io.portcullis.domain.error.Refused} with {@code StoreUnavailable} when the store does not answer in time.
 */
public interface Sessions {
    Optional<Session> find(Fingerprint fingerprint);

    /** Stores a session that was not known before; where another request was faster, its session stays and is returned. */
    Session open(Session session);

    /** Stores the session as it is now, until it expires. */
    void put(Session session);

    /** Forgets the session and tells every instance. */
    void end(Session session);

    /** Tells every instance that what it remembers of this account is stale. */
    void invalidate(Account account);
}
