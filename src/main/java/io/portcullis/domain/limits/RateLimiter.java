package io.portcullis.domain.limits;

/**
 * Counts what was taken of each policy and key, over all instances. The parts of a key say who is counted, such as realm
 * and subject, or e-mail and {@link ClientNetwork}; they are stored as a digest.
 *
 * <p>The window slides: what was taken counts until the window has passed since then, to the millisecond, so there is no
 * moment at which twice the rate gets through. An instance whose clock is behind counts what the others took, too.
 *
 * <p>Every method blocks, may be called on any virtual thread, and throws {@link io.portcullis.domain.error.Refused} with
 * {@code StoreUnavailable} when the store does not answer in time: what cannot be counted is not allowed.
 */
public interface RateLimiter {
    /** Takes one of what the policy allows of this key, atomically. A refusal takes nothing, so trying again prolongs nothing. */
    Take take(Policy policy, String... key);

    /** What is left, without taking. */
    Quota peek(Policy policy, String... key);

    /** Gives back what turned out not to count. Again, or after its time, it changes nothing. */
    void giveBack(Ticket ticket);

    /** Forgets all that was taken of this key. */
    void clear(Policy policy, String... key);
}
