package io.portcullis.domain.legacy;

import io.portcullis.domain.account.Account;
import java.time.Instant;
import java.util.Optional;

/** How far the legacy record of an account is behind. Blocks; {@code StoreUnavailable} when the store does not answer. */
public interface LegacyBacklog {
    /** Empty where the realm's records are not kept in step. */
    Optional<Backlog> of(Account account);

    /**
     * The changes that the legacy record has not heard of.
     *
     * @param since when the oldest of them happened; empty when there is none
     * @param attempts how often that one was tried
     * @param lastError of that one; empty before the first failure
     */
    record Backlog(long pending, Optional<Instant> since, int attempts, Optional<String> lastError) {}
}
