package io.portcullis.domain.session;

import io.portcullis.domain.account.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of all instances. Every method blocks, may be called on any virtual thread, and throws
 * {@link io.portcullis.domain.error.Refused} with {@code StoreUnavailable} when the store does not answer in time.
 */
public interface Sessions {
    /** One that has not expired nor ended; it may have {@linkplain Session#idledOut idled out}. */
    Optional<Session> find(Fingerprint fingerprint);

    /**
     * The sessions of an account that {@link #find} would find, at most {@value #LISTED}, in no order. A session may be
     * missing when the store lost part of its memory, or is being opened now: whoever ends all of them raises the account's
     * security version.
     */
    List<Session> ofAccount(Account account);

    /** How many sessions of an account are listed. */
    int LISTED = 200;

    /**
     * Stores a session that was not known before, or had idled out; where another request was faster, its session stays and
     * is returned.
     */
    Session open(Session session);

    /**
     * Stores the session as it is now, until it expires. Where another instance {@linkplain #refusedHere remembers a refusal}
     * of it, returns when that is forgotten.
     */
    void put(Session session);

    /**
     * To be called before a session is read whose refusal this instance remembers from now on for a second, to spare the
     * store a flood.
     */
    void refusedHere(Session session);

    /** Notes that the session was used. Changes nothing else of it, and one that ended stays ended. */
    void touch(Session session, Instant usedAt);

    /** Forgets the session and tells every instance. */
    void end(Session session);

    /** Tells every instance that what it remembers of this account is stale. */
    void invalidate(Account account);
}
