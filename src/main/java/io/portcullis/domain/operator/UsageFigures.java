package io.portcullis.domain.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Counts accounts and events. Blocks; {@code StoreUnavailable} when the store does not answer. */
public interface UsageFigures {
    Usage count(Scope scope);

    /**
     * What is counted.
     *
     * @param from the earliest time of an event, not included
     * @param to now, the latest time
     * @param codeLife how long a mailed code can be used
     * @param mailedProof whether a set-up of any method is confirmed by a mailed code as well
     * @param lockedAt so many wrong codes in a row lock until an operator unlocks
     */
    record Scope(
            Optional<String> realm, Instant from, Instant to, Duration codeLife, boolean mailedProof, int lockedAt) {}
}
