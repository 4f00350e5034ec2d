package io.portcullis.domain.login;

import java.time.Duration;
import java.util.Optional;

/**
 * Logins that wait for their second factor, by their {@code mfaTempToken}; kept encrypted, forgotten after their time.
 * Every method blocks, may be called on any virtual thread, and throws {@link io.portcullis.domain.error.Refused} with
 * {@code StoreUnavailable} when the store does not answer in time.
 */
public interface PendingLogins {
    void store(String token, PendingLogin login, Duration ttl);

    /**
     * Takes one of the token's attempts, atomically over all instances; empty when the token is unknown, expired, used
     * or has no attempt left.
     */
    Optional<Attempt> attempt(String token, int attempts);

    /** The login, without taking an attempt; empty as for {@link #attempt}. */
    Optional<PendingLogin> find(String token);

    /** The login and the rest of its time, without taking one of the token's attempts; empty as for {@link #attempt}. */
    Optional<Waiting> waiting(String token, int attempts);

    /** Gives an attempt back that was no wrong code. */
    void giveBack(String token);

    /** Ends the token. True for exactly one caller. */
    boolean finish(String token);

    /** A login, and how long its token is good still. */
    record Waiting(PendingLogin login, Duration left) {}

    /** A login, and how many attempts its token has {@code left} after this one. */
    record Attempt(PendingLogin login, int left) {}
}
